package dev.cooper.reward.annotation;

import org.jspecify.annotations.Nullable;

/**
 * A completion with both labels, as a line of JSON: what VerifyBench has, and where each part is from.
 *
 * @param answer the reference
 * @param goldCorrect the label on which rule and judge agree; null where they do not, or one of them has none
 */
record Annotation(
        String question,
        String answer,
        String completion,
        @Nullable Boolean goldCorrect,
        String answerType,
        String answerSubtype,
        Origin sampled,
        RuleLabel rule,
        JudgeLabel judge) {

    static Annotation of(Problem problem, Sampled sampled, RuleLabel rule, JudgeLabel judge) {
        return new Annotation(
                problem.question(),
                problem.answer(),
                sampled.completion(),
                agreed(rule.verdict(), judge.verdict()),
                problem.type(),
                problem.subtype(),
                sampled.sampled(),
                rule,
                judge);
    }

    private static @Nullable Boolean agreed(String verdict, Opinion opinion) {
        if (verdict.equals(RuleLabel.CORRECT) && opinion == Opinion.YES) {
            return true;
        }
        return (verdict.equals(RuleLabel.INCORRECT) && opinion == Opinion.NO) ? false : null;
    }

    /**
     * How a completion came about.
     *
     * @param problem its id
     * @param source name of the model in the specification
     * @param sample which of the problem's, from 0
     * @param checksum of the model's weights; empty for an endpoint
     * @param seed its noise is made of
     * @param promptSha256 of the prompt's template
     */
    record Origin(
            String problem,
            String source,
            int sample,
            String model,
            String checksum,
            long seed,
            double temperature,
            double topP,
            Reply.Ending ending,
            String promptSha256) {

        CompletionKey key() {
            return new CompletionKey(problem, source, sample);
        }
    }

    /** A completion that waits for its labels, as a line of JSON. */
    record Sampled(Origin sampled, String completion) {}

    /**
     * What the rule verifier says.
     *
     * @param verdict CORRECT, INCORRECT, UNDECIDED or UNSCORABLE
     * @param reason of a verdict that is not CORRECT; otherwise the rule
     * @param answer that was read from the completion; empty if none was
     */
    record RuleLabel(String verdict, String reason, String answer) {
        static final String CORRECT = "CORRECT";
        static final String INCORRECT = "INCORRECT";
    }

    /**
     * What the judge says.
     *
     * @param checksum of its weights; empty for an endpoint
     * @param reply as it came
     * @param ending why the reply ended
     * @param promptSha256 of its prompt's template
     */
    record JudgeLabel(
            String model, String checksum, Opinion verdict, String reply, Reply.Ending ending, String promptSha256) {}
}
