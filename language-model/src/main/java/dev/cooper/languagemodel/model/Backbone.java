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
        layers = layers(config, weights, Linear.plain(weights));
        embedding = weights.array(ParameterShapes.EMBEDDING);
        finalNorm = new RootMeanSquareNorm(weights.array(ParameterShapes.FINAL_NORM), config.rmsNormEps());
    }

    private Backbone(Backbone other, Weights weights, Linear.Source linears) {
        config = other.config;
        precision = other.precision;
        tables = other.tables;
        rotary = other.rotary;
        layers = layers(config, weights, linears);
        embedding = other.embedding;
        finalNorm = other.finalNorm;
    }

    private static List<DecoderLayer> layers(ModelConfig config, Weights weights, Linear.Source linears) {
        return IntStream.range(0, config.layers())
                .mapToObj(i -> new DecoderLayer(config, weights, linears, i))
                .toList();
    }

    /** The same with other linear layers; it shares the rest, and is closed with this one. */
    Backbone with(Weights weights, Linear.Source linears) {
        return new Backbone(this, weights, linears);
    }

    /** Runs a batch's tokens through all layers. */
    NDArray forward(NDManager scope, TokenBatch batch, Attention attention) { // [tokens, hidden]
        requireFit(batch);
        return forward(Transfers.send(scope, batch.ids()), angles(scope, batch), attention);
    }

    /** Takes a layer's keys and values, [tokens, kvHeads, headSize]. */
    @FunctionalInterface
    interface KeyValueSink {
        void accept(int layer, NDArray keys, NDArray values);
    }

    /** Computes the keys and values of a batch's tokens in all layers, and nothing that comes after the last ones. */
    void read(NDManager scope, TokenBatch batch, KeyValueSink sink) {
        requireFit(batch);
        Attention within = Attention.within(batch);
        RotaryTable.Angles angles = angles(scope, batch);
        NDArray x = embed(Transfers.send(scope, batch.ids()));
        for (DecoderLayer layer : layers.subList(0, layers.size() - 1)) {
            x = layer.forward(x, angles, (index, q, k, v) -> {
                sink.accept(index, k, v);
                return within.attend(index, q, k, v);
            });
        }
        layers.getLast().read(x, angles, sink);
    }

    /** Runs tokens [n] at these angles through all layers. */
    private NDArray forward(NDArray tokens, RotaryTable.Angles angles, Attention attention) { // [n, hidden]
        NDArray x = embed(tokens);
        for (DecoderLayer layer : layers) {
            x = layer.forward(x, angles, attention);
        }
        return x;
    }

    private NDArray embed(NDArray tokens) { // [n] to [n, hidden]
        return Torch.cast(Torch.embedding(tokens, embedding), precision);
    }

    /** Reads one more token [rows] at its position [rows] in each row of a cache, of which {@code length} are read. */
    NDArray decode(
            NDArray tokens, NDArray positions, NDArray slots, KeyValueCache cache, int length) { // [rows, hidden]
        NDArray mask = Torch.positionMask(positions, length);
        return forward(tokens, rotary.at(positions), Attention.over(cache, slots, mask, length));
    }

    /**
     * Hidden states of a batch's places, and the way back to the weights. Gradients must be recorded by the caller.
     *
     * @param checkpointing keeps only the input of each layer and computes the layer once more on the way back: memory
     *     for one layer instead of all, for a third more time (Chen et al., 2016); the gradients are the same
     */
    RecordedStates record(NDManager scope, TokenBatch batch, long[] places, boolean checkpointing) {
        requireFit(batch);
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

    private RotaryTable.Angles angles(NDManager scope, TokenBatch batch) {
        return rotary.at(Transfers.send(scope, batch.positions()));
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
