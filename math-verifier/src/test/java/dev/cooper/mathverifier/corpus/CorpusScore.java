package dev.cooper.mathverifier.corpus;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the verifier judged labelled pairs. A pair labelled right needs {@link Verdict.Correct}; one labelled wrong needs
 * any other verdict.
 */
record CorpusScore(List<Miss> falseAccepts, List<Miss> falseRejects, int pairs) {

    /** A pair that was judged wrongly. */
    record Miss(LabelledPair pair, Verdict verdict) {
        @Override
        public String toString() {
            return "%s %s: gold %s, pred %s (%s): %s"
                    .formatted(
                            pair.id(),
                            pair.label() ? "FALSE REJECT" : "FALSE ACCEPT",
                            pair.gold(),
                            pair.pred(),
                            pair.why(),
                            verdict.explanation());
        }
    }

    static CorpusScore of(AnswerChecker checker, List<LabelledPair> pairs) {
        List<Miss> accepts = new ArrayList<>();
        List<Miss> rejects = new ArrayList<>();
        for (LabelledPair pair : pairs) {
            Verdict verdict = checker.check(pair.gold(), pair.pred());
            boolean correct = verdict instanceof Verdict.Correct;
            if (correct && !pair.label()) {
                accepts.add(new Miss(pair, verdict));
            } else if (pair.label() && !correct) {
                rejects.add(new Miss(pair, verdict));
            }
        }
        return new CorpusScore(List.copyOf(accepts), List.copyOf(rejects), pairs.size());
    }

    /** The share of pairs judged as they are labelled, from 0 to 1. */
    double right() {
        return 1 - (falseAccepts.size() + falseRejects.size()) / (double) pairs;
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%d pairs, %.2f%% right, %d false accepts, %d false rejects",
                pairs,
                100 * right(),
                falseAccepts.size(),
                falseRejects.size());
    }
}
