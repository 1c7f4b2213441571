package dev.cooper.cli.evaluation;

import java.util.List;

/**
 * A problem's samples.
 *
 * @param problem its id in its set
 * @param samples as many as the protocol asks for
 */
record JudgedProblem(String problem, List<JudgedSample> samples) {
    JudgedProblem {
        samples = List.copyOf(samples);
    }

    /** Whether the reference could be used. */
    boolean isScorable() {
        return samples.stream().noneMatch(sample -> sample.verdict().equals(JudgedSample.UNSCORABLE));
    }

    long correct() {
        return samples.stream().filter(JudgedSample::isCorrect).count();
    }

    /** Share of the samples that are correct. */
    double accuracy() {
        return (double) correct() / samples.size();
    }

    /**
     * A completion with its verdict.
     *
     * @param verdict CORRECT, INCORRECT, UNDECIDED or UNSCORABLE
     * @param reason of a verdict that is not CORRECT; otherwise the rule
     * @param extracted the answer that was read; empty if none was
     * @param tokens of the completion
     * @param finished whether the model ended it
     */
    record JudgedSample(String text, String verdict, String reason, String extracted, int tokens, boolean finished) {
        static final String CORRECT = "CORRECT";
        static final String UNSCORABLE = "UNSCORABLE";

        boolean isCorrect() {
            return verdict.equals(CORRECT);
        }
    }
}
