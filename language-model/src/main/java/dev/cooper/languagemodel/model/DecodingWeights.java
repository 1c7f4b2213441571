package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.FusedLayer;
import dev.cooper.languagemodel.torch.FusedLayer.Numerics;
import dev.cooper.languagemodel.torch.FusedLayer.Projection;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.PackedMatrix;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A language model's weights as decoding reads them, in a precision, as they were when this was made. Freed when the
 * last who retained it has closed it.
 */
final class DecodingWeights implements AutoCloseable {
    /** Below, weights stay in the processor's cache; above, a second copy is too much memory. In values. */
    private static final long FEWEST_PACKED = 4_000_000;

    private static final long MOST_COPIED = 250_000_000;

    /** What becomes of the matrices. */
    enum Form {
        /** They are read where they are. */
        AS_STORED,
        /** Those with the same input are joined, in a copy: fewer products. */
        JOINED,
        /** Joined, and rearranged for products with few rows. */
        PACKED
    }

    private final Weights source;
    private final Precision precision;
    private final long[] versions;
    private final boolean joins;
    private final NDManager copies = TorchEngine.newManager();
    private final NDArray embedding; // [vocabulary, hidden], as it is stored
    private final NDArray finalNorm; // [hidden]
    private final NDArray none; // [0]
    private final Numerics numerics;
    private final List<FusedLayer> layers;
    private final Projection output; // [vocabulary, hidden]
    private int holders = 1;

    DecodingWeights(ModelConfig config, Weights source, Precision precision) {
        this(config, source, precision, best(source, precision));
    }

    DecodingWeights(ModelConfig config, Weights source, Precision precision, Form form) {
        this.source = source;
        this.precision = precision;
        versions = source.versions();
        joins = form != Form.AS_STORED;
        numerics = new Numerics(form == Form.PACKED, config.rmsNormEps());
        try (GradientMode _ = GradientMode.off()) {
            embedding = source.array(ParameterShapes.EMBEDDING);
            finalNorm = norm(ParameterShapes.FINAL_NORM);
            none = Torch.rows(copies, finalNorm, 0, 0);
            layers = IntStream.range(0, config.layers()).mapToObj(this::layer).toList();
            output = new Projection(List.of(
                    matrix(source.array(config.tiedEmbeddings() ? ParameterShapes.EMBEDDING : ParameterShapes.OUTPUT)),
                    none));
        }
    }

    /** Another precision takes a copy in any case. */
    private static Form best(Weights source, Precision precision) {
        if (source.count() > MOST_COPIED && source.precision() == precision) {
            return Form.AS_STORED;
        }
        return source.count() >= FEWEST_PACKED && PackedMatrix.available(precision) ? Form.PACKED : Form.JOINED;
    }

    private FusedLayer layer(int index) {
        String prefix = ParameterShapes.layer(index, "");
        List<NDArray> norms = new ArrayList<>();
        norms.add(norm(prefix + "input_layernorm.weight"));
        norms.add(norm(prefix + "post_attention_layernorm.weight"));
        for (String name : List.of("self_attn.q_norm.weight", "self_attn.k_norm.weight")) {
            if (source.find(prefix + name).isPresent()) {
                norms.add(norm(prefix + name));
            }
        }
        String attention = prefix + "self_attn.";
        return new FusedLayer(
                norms,
                projection(attention + "q_proj", attention + "k_proj", attention + "v_proj"),
                projection(attention + "o_proj"),
                projection(prefix + "mlp.gate_proj", prefix + "mlp.up_proj"),
                projection(prefix + "mlp.down_proj"),
                numerics);
    }

    private NDArray norm(String name) {
        return Torch.cast(copies, source.array(name), precision);
    }

    private Projection projection(String... names) {
        List<NDArray> parts = new ArrayList<>();
        if (joins) {
            parts.add(matrix(Arrays.stream(names)
                    .map(name -> source.array(name + ".weight"))
                    .toArray(NDArray[]::new)));
            parts.add(bias(names));
        } else {
            for (String name : names) {
                parts.add(matrix(source.array(name + ".weight")));
                parts.add(bias(name));
            }
        }
        return new Projection(parts);
    }

    private NDArray matrix(NDArray... stored) {
        try (NDManager scope = copies.newSubManager()) {
            NDArray whole = stored.length == 1 ? stored[0] : Torch.join(scope, List.of(stored));
            NDArray cast = Torch.cast(scope, whole, precision);
            NDArray form = numerics.packed() ? PackedMatrix.of(scope, cast) : cast;
            form.attach(copies);
            return form;
        }
    }

    private NDArray bias(String... names) {
        List<NDArray> stored = Arrays.stream(names)
                .map(name -> source.find(name + ".bias"))
                .flatMap(Optional::stream)
                .toList();
        if (stored.isEmpty()) {
            return none;
        }
        try (NDManager scope = copies.newSubManager()) {
            return Torch.cast(copies, Torch.join(scope, stored), precision);
        }
    }

    /** Whether these are the source's weights as they are now, in this precision. */
    boolean isCurrent(Precision wanted) {
        return precision == wanted && Arrays.equals(versions, source.versions());
    }

    /** Hidden states of tokens [n], [n, hidden]. */
    NDArray embed(NDArray tokens) {
        return Torch.cast(Torch.embedding(tokens, embedding), precision);
    }

    List<FusedLayer> layers() {
        return layers;
    }

    Precision precision() {
        return precision;
    }

    /** Logits [n, vocabulary] after hidden states [n, hidden]. */
    NDArray logits(NDArray hidden) {
        return FusedLayer.logits(hidden, finalNorm, output, numerics);
    }

    /** The same once more, to be closed once more. */
    synchronized DecodingWeights retained() {
        holders++;
        return this;
    }

    @Override
    public synchronized void close() {
        if (--holders == 0) {
            copies.close();
        }
    }
}
