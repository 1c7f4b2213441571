package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What all models here have in common: embedding, decoder layers and final norm, on weights that it reads and does not
 * own. It keeps nothing else but the rotary table. Hidden states, and what is computed with the weights, have one
 * precision, whatever the weights have; norms, attention's softmax and what leaves the output layer are float32.
 */
final class Backbone implements AutoCloseable {
    private final ModelConfig config;
    private final Precision precision;
    private final NDManager tables;
    private final RotaryTable rotary;
    private final List<DecoderLayer> layers;
    private final NDArray embedding; // [vocabulary, hidden]
    private final RootMeanSquareNorm finalNorm;

    Backbone(ModelConfig config, Weights weights, Precision precision) {
        this.config = config;
        this.precision = precision;
        tables = TorchEngine.newManager();
        rotary = new RotaryTable(tables, config);
        layers = IntStream.range(0, config.layers())
                .mapToObj(i -> new DecoderLayer(config, weights, i))
                .toList();
        embedding = weights.array(ParameterShapes.EMBEDDING);
        finalNorm = new RootMeanSquareNorm(weights.array(ParameterShapes.FINAL_NORM), config.rmsNormEps());
    }

    /** Runs a batch's tokens through all layers. */
    NDArray forward(NDManager scope, TokenBatch batch, Attention attention) { // [tokens, hidden]
        RotaryTable.Angles angles = angles(scope, batch);
        NDArray x = embed(Transfers.send(scope, batch.ids()));
        for (DecoderLayer layer : layers) {
            x = layer.forward(x, angles, attention);
        }
        return x;
    }

    private NDArray embed(NDArray tokens) { // [n] to [n, hidden]
        return Torch.cast(Torch.embedding(tokens, embedding), precision);
    }

    /**
     * Hidden states of a batch's places, and the way back to the weights. Gradients must be recorded by the caller.
     *
     * @param checkpointing keeps only the input of each layer and computes the layer once more on the way back: memory
     *     for one layer instead of all, for a third more time (Chen et al., 2016); the gradients are the same
     */
    RecordedStates record(NDManager scope, TokenBatch batch, long[] places, boolean checkpointing) {
        NDArray wanted = Transfers.send(scope, places);
        if (!checkpointing) {
            NDArray hidden = Torch.select(forward(scope, batch, Attention.within(batch)), 0, wanted);
            return new RecordedStates(hidden, gradient -> Torch.backward(hidden, gradient));
        }
        NDArray ids = Transfers.send(scope, batch.ids());
        RotaryTable.Angles angles = angles(scope, batch);
        Attention attention = Attention.within(batch);
        List<NDArray> inputs = new ArrayList<>();
        NDArray last = forwardKeepingInputs(ids, angles, attention, inputs);
        last.setRequiresGradient(true);
        NDArray hidden = Torch.select(last, 0, wanted);
        return new RecordedStates(hidden, gradient -> {
            Torch.backward(hidden, gradient);
            NDArray back = gradientOf(last, scope);
            for (int i = layers.size() - 1; i >= 0; i--) {
                back = backThrough(layers.get(i), inputs.get(i), angles, attention, back);
            }
            Torch.backward(embed(ids), back);
        });
    }

    private NDArray forwardKeepingInputs(
            NDArray ids, RotaryTable.Angles angles, Attention attention, List<NDArray> inputs) {
        try (GradientMode _ = GradientMode.off()) {
            NDArray x = embed(ids);
            for (DecoderLayer layer : layers) {
                inputs.add(x);
                x = layer.forward(Torch.detached(x), angles, attention);
            }
            return x;
        }
    }

    /** Frees the layer's input and what came from behind it; returns what goes on to the layer before. */
    private static NDArray backThrough(
            DecoderLayer layer, NDArray input, RotaryTable.Angles angles, Attention attention, NDArray gradient) {
        NDManager owner = input.getManager();
        try (NDManager scope = owner.newSubManager()) {
            input.attach(scope);
            gradient.attach(scope);
            input.setRequiresGradient(true);
            Torch.backward(layer.compute(input, angles, attention), gradient);
            return gradientOf(input, owner);
        }
    }

    private static NDArray gradientOf(NDArray array, NDManager owner) {
        NDArray gradient = array.getGradient();
        gradient.attach(owner);
        return gradient;
    }

    /** Angles of a batch's tokens, which must not be beyond the model's positions. */
    RotaryTable.Angles angles(NDManager scope, TokenBatch batch) {
        requireFit(batch);
        return rotary.at(Transfers.send(scope, batch.positions()));
    }

    /** Angles of positions [n], owned by their manager. */
    RotaryTable.Angles angles(NDArray positions) {
        return rotary.at(positions);
    }

    private void requireFit(TokenBatch batch) {
        if (batch.longest() > config.maxPositions()) {
            throw new IllegalArgumentException("A sequence of %d tokens is longer than the model's %d positions"
                    .formatted(batch.longest(), config.maxPositions()));
        }
    }

    /** Hidden states [n, hidden], normalised and through an output layer [out, hidden], in float32. */
    NDArray output(NDArray hidden, Linear layer) { // [n, out]
        return Torch.cast(layer.apply(finalNorm.apply(hidden)), Precision.FLOAT32);
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
