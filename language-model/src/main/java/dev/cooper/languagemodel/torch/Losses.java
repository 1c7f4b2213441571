package dev.cooper.languagemodel.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.TorchBridge;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Losses of a part of a step with their derivatives, computed in float64 where the values are, so that nothing is read
 * back between the forward and the backward pass.
 */
public final class Losses {
    private Losses() {}

    /**
     * A part of a step.
     *
     * @param gradient derivative of the step's loss by each value, in the values' type
     * @param sums what adds up over the parts: [n] float64, each loss says what
     */
    public record Part(NDArray gradient, NDArray sums) {}

    /**
     * What is known of the tokens of a part before it is computed, on the device.
     *
     * @param values [6, tokens] float64: log π_old, log π_sampler, log π_ref, the completion's advantage, the weight in
     *     the loss, the completion's length
     * @param sequence [tokens] int64: the completion that each belongs to
     * @param sequences number of completions
     */
    public record KnownTokens(NDArray values, NDArray sequence, int sequences) {
        /** Sends them to the owner. */
        public static KnownTokens send(NDManager owner, double[] values, long[] sequence, int sequences) {
            return new KnownTokens(
                    Transfers.send(owner, values, new Shape(6, sequence.length)),
                    Transfers.send(owner, sequence),
                    sequences);
        }
    }

    /**
     * Settings of the policy loss.
     *
     * @param currentIsOld whether π_old is the π that was computed, and not among the known values
     * @param hasReference whether log π_ref is known
     * @param oneRatio whether the tokens of a completion share the mean of their log ratios
     * @param low least ratio
     * @param high greatest ratio
     * @param dual most loss of a token with negative advantage, in units of that; infinite for no bound
     * @param importanceCap greatest weight of a token sampled by an older policy; 0 for no weights
     * @param klCoefficient weight of the divergence
     * @param klEstimator 1, 2 or 3
     */
    public record PolicyRule(
            boolean currentIsOld,
            boolean hasReference,
            boolean oneRatio,
            double low,
            double high,
            double dual,
            double importanceCap,
            double klCoefficient,
            int klEstimator) {}

    /**
     * The clipped policy gradient.
     *
     * @param scored [tokens] each
     * @return sums: loss, tokens clipped from below, from above, by the dual bound, divergence, log π_old − log π, |log
     *     π_sampler − log π_old|, the greatest of these (no sum), entropy
     */
    public static Part policy(Torch.Scored scored, KnownTokens known, PolicyRule rule) {
        return part(
                scored.logProbs(),
                "policy",
                scored.logProbs(),
                scored.entropies(),
                known.values,
                known.sequence,
                known.sequences,
                rule.currentIsOld,
                rule.hasReference,
                rule.oneRatio,
                rule.low,
                rule.high,
                rule.dual,
                rule.importanceCap,
                rule.klCoefficient,
                rule.klEstimator);
    }

    /**
     * Of pairs, −log σ(margin) / terms (Bradley and Terry).
     *
     * @param logits [2 · pairs], the preferred one of each pair first
     * @return sums: loss, pairs with a positive margin, margin
     */
    public static Part pairs(NDArray logits, double terms) {
        return part(logits, "pairs", logits, terms);
    }

    /**
     * Of labelled examples, binary cross-entropy −(y·log σ(logit) + (1−y)·log(1−σ(logit))) / terms.
     *
     * @param logits [examples]
     * @param labels [examples] float64, the probability y
     * @return sums: loss, examples on the label's side of one half
     */
    public static Part labels(NDArray logits, NDArray labels, double terms) {
        return part(logits, "labels", logits, labels, terms);
    }

    private static Part part(NDArray values, String method, Object... arguments) {
        NDArray[] result = TorchBridge.callForTensors(Operations.MODULE, values.getManager(), method, arguments);
        return new Part(result[0], result[1]);
    }

    /** Loaded with the first loss. */
    private static final class Operations {
        static final PtSymbolBlock MODULE = load();

        private static PtSymbolBlock load() {
            try {
                return TorchBridge.load(
                        TorchEngine.hostManager(),
                        TorchScriptArchive.of(LossOperations.CLASS_NAME, LossOperations.SOURCE));
            } catch (IOException e) {
                throw new UncheckedIOException("The losses could not be loaded into libtorch", e);
            }
        }
    }
}
