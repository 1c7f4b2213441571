package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What all models here have in common: embedding, decoder layers and final norm, on weights that it reads and does not
 * own. It keeps nothing else but the rotary table.
 */
final class Backbone implements AutoCloseable {
    private final ModelConfig config;
    private final NDManager tables;
    private final RotaryTable rotary;
    private final List<DecoderLayer> layers;
    private final NDArray embedding; // [vocabulary, hidden]
    private final NDArray finalNorm; // [hidden]

    Backbone(ModelConfig config, Weights weights) {
        this.config = config;
        tables = TorchEngine.newManager();
        rotary = new RotaryTable(tables, config);
        layers = IntStream.range(0, config.layers())
                .mapToObj(i -> new DecoderLayer(config, weights, i))
                .toList();
        embedding = weights.array(ParameterShapes.EMBEDDING);
        finalNorm = weights.array(ParameterShapes.FINAL_NORM);
    }

    /** What else is done with the keys and values of a layer. */
    @FunctionalInterface
    interface LayerSink {
        void accept(int layer, NDArray keys, NDArray values);
    }

    NDArray forward(NDManager scope, TokenBatch batch, LayerSink sink) { // [rows, width, hidden]
        if (batch.width() > config.maxPositions()) {
            throw new IllegalArgumentException("A sequence of %d tokens is longer than the model's %d positions"
                    .formatted(batch.width(), config.maxPositions()));
        }
        RotaryTable.Angles angles = rotary.at(scope.arange(0, batch.width(), 1, DataType.INT64));
        NDArray ids = scope.create(batch.ids(), new Shape(batch.rows(), batch.width()));
        NDArray x = Torch.embedding(ids, embedding);
        for (int i = 0; i < layers.size(); i++) {
            int layer = i;
            x = layers.get(i).forward(x, angles, (keys, values) -> sink.accept(layer, keys, values));
        }
        return x;
    }

    /** Hidden states at flat places, row · width + time, of a batch. */
    NDArray forwardAt(NDManager scope, TokenBatch batch, long[] places) { // [places, hidden]
        NDArray hidden = forward(scope, batch, (layer, keys, values) -> {});
        NDArray flat = hidden.reshape((long) batch.rows() * batch.width(), config.hiddenSize());
        return Torch.select(flat, 0, scope.create(places));
    }

    /** What one more token at these positions [rows] needs, written to a cache's slots [rows]. */
    DecodeStep step(NDArray positions, NDArray slots, int length) {
        return new DecodeStep(rotary.at(positions), slots, Torch.positionMask(positions, length), length);
    }

    NDArray decode(NDArray tokens, DecodeStep step, KeyValueCache cache) { // [rows] to [rows, hidden]
        NDArray x = Torch.embedding(tokens, embedding);
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).decode(x, step, cache.layer(i));
        }
        return x;
    }

    /** Hidden states [n, hidden], normalised and through an output layer [out, hidden]. */
    NDArray output(NDArray hidden, NDArray layer) { // [n, out]
        return Torch.linear(Torch.rmsNorm(hidden, finalNorm, config.rmsNormEps()), layer, null);
    }

    /** The output layer that is the embedding. */
    NDArray embedding() {
        return embedding;
    }

    @Override
    public void close() {
        tables.close();
    }
}
