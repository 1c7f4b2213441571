package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Torch;
import java.util.ArrayList;
import java.util.List;
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

    /** Scores without a way back. hidden: [targets, hidden], targets: [targets]; the scores belong to the owner. */
    Torch.Scored score(NDManager owner, NDArray hidden, NDArray targets, double temperature) {
        List<NDArray> logProbs = new ArrayList<>();
        List<NDArray> entropies = new ArrayList<>();
        try (GradientMode _ = GradientMode.off();
                NDManager scope = hidden.getManager().newSubManager()) {
            inParts(hidden, (part, from, to) -> {
                Torch.Scored scored = scored(part, Torch.rows(part.getManager(), targets, from, to), temperature);
                scored.logProbs().attach(scope);
                scored.entropies().attach(scope);
                logProbs.add(scored.logProbs());
                entropies.add(scored.entropies());
            });
            return new Torch.Scored(Torch.join(owner, logProbs), Torch.join(owner, entropies));
        }
    }

    /** Scores with a way back; gradients are being recorded. */
    Recorded<Torch.Scored> record(RecordedStates states, NDArray targets, double temperature) {
        NDArray leaf = states.leaf();
        if (targets.size() <= targetsAtOnce) {
            Torch.Scored scored = scored(leaf, targets, temperature);
            return new Recorded<>(scored, targets.size(), derivatives -> {
                Torch.backward(scored.logProbs(), derivatives);
                states.backward(leaf);
            });
        }
        return new Recorded<>(score(leaf.getManager(), leaf, targets, temperature), targets.size(), derivatives -> {
            inParts(leaf, (part, from, to) -> {
                NDManager scope = part.getManager();
                Torch.Scored scored = scored(part, Torch.rows(scope, targets, from, to), temperature);
                Torch.backward(scored.logProbs(), Torch.rows(scope, derivatives, from, to));
            });
            states.backward(leaf);
        });
    }

    private Torch.Scored scored(NDArray hidden, NDArray targets, double temperature) {
        return Torch.tokenLogProbs(output.apply(hidden), targets, temperature);
    }

    private void inParts(NDArray hidden, Part action) {
        int targets = Math.toIntExact(hidden.getShape().get(0));
        for (int from = 0; from < targets; from += targetsAtOnce) {
            int to = Math.min(targets, from + targetsAtOnce);
            try (NDManager scope = hidden.getManager().newSubManager()) {
                NDArray part = Torch.rows(scope, hidden, from, to);
                action.of(part, from, to);
            }
        }
    }
}
