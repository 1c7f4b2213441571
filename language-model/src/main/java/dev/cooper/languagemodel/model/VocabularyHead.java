package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Torch;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * From hidden states to log-probabilities of tokens. Logits are never held for more than so many values: more targets
 * are scored in parts, each of which is computed once more on the way back.
 */
final class VocabularyHead {
    private final UnaryOperator<NDArray> output; // [n, hidden] to [n, vocabulary], float32
    private final int targetsAtOnce;

    /**
     * A head.
     *
     * @param logitsAtOnce most logits that are held at once; those of one target always are
     */
    VocabularyHead(UnaryOperator<NDArray> output, int vocabulary, int logitsAtOnce) {
        this.output = output;
        this.targetsAtOnce = Math.max(1, logitsAtOnce / vocabulary);
    }

    /** What reads a part: hidden states [n, hidden] and its first target. */
    @FunctionalInterface
    private interface Part {
        void of(NDArray hidden, int from, int to);
    }

    /** Scores without a way back. hidden: [targets, hidden] */
    TokenScores score(NDArray hidden, long[] targets, double temperature) {
        float[] logProbs = new float[targets.length];
        float[] entropies = new float[targets.length];
        try (GradientMode _ = GradientMode.off()) {
            inParts(hidden, targets.length, (part, from, to) -> {
                Torch.Scored scored = scored(part, Arrays.copyOfRange(targets, from, to), temperature);
                System.arraycopy(scored.logProbs().toFloatArray(), 0, logProbs, from, to - from);
                System.arraycopy(scored.entropies().toFloatArray(), 0, entropies, from, to - from);
            });
        }
        return new TokenScores(logProbs, entropies);
    }

    /** Scores with a way back; gradients are being recorded. */
    Recorded<TokenScores> record(RecordedStates states, long[] targets, double temperature) {
        NDArray leaf = states.leaf();
        if (targets.length <= targetsAtOnce) {
            Torch.Scored scored = scored(leaf, targets, temperature);
            TokenScores values = new TokenScores(
                    scored.logProbs().toFloatArray(), scored.entropies().toFloatArray());
            return new Recorded<>(values, targets.length, derivatives -> {
                backward(scored.logProbs(), derivatives);
                states.backward(leaf);
            });
        }
        return new Recorded<>(score(leaf, targets, temperature), targets.length, derivatives -> {
            inParts(leaf, targets.length, (part, from, to) -> {
                Torch.Scored scored = scored(part, Arrays.copyOfRange(targets, from, to), temperature);
                backward(scored.logProbs(), Arrays.copyOfRange(derivatives, from, to));
            });
            states.backward(leaf);
        });
    }

    private Torch.Scored scored(NDArray hidden, long[] targets, double temperature) {
        NDManager scope = hidden.getManager();
        return Torch.tokenLogProbs(output.apply(hidden), scope.create(targets), temperature);
    }

    private static void backward(NDArray logProbs, float[] derivatives) {
        Torch.backward(logProbs, logProbs.getManager().create(derivatives));
    }

    private void inParts(NDArray hidden, int targets, Part action) {
        for (int from = 0; from < targets; from += targetsAtOnce) {
            int to = Math.min(targets, from + targetsAtOnce);
            try (NDManager scope = hidden.getManager().newSubManager()) {
                NDArray part = Torch.rows(scope, hidden, from, to);
                action.of(part, from, to);
            }
        }
    }
}
