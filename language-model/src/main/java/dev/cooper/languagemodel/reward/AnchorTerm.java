package dev.cooper.languagemodel.reward;

import java.util.List;

/**
 * Labelled examples that an update from pairs learns besides, so that the logits keep their scale: pairs say which of
 * two is better, and nothing of what a logit of 0 means.
 *
 * @param examples none: no term
 * @param weight of their mean binary cross-entropy beside the mean loss of the pairs; above 0
 */
public record AnchorTerm(List<LabelledTokens> examples, double weight) {
    /** No term. */
    public static final AnchorTerm NONE = new AnchorTerm(List.of(), 1);

    public AnchorTerm {
        examples = List.copyOf(examples);
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("The anchor's weight must be above 0, not " + weight);
        }
    }
}
