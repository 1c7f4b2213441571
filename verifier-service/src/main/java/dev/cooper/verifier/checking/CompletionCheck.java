package dev.cooper.verifier.checking;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.CompiledReference;
import dev.cooper.mathverifier.Ending;
import dev.cooper.proto.v1.Verdict;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks completions of one problem: the reference is read once. */
public final class CompletionCheck {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionCheck.class);

    private final AnswerChecker checker;

    public CompletionCheck(AnswerChecker checker) {
        this.checker = checker;
    }

    /**
     * A completion and how it ended.
     *
     * @param truncated whether it was cut off at its length limit
     */
    public record Text(String text, boolean truncated) {}

    /** One verdict a completion, in their order. A fault of the verifier itself is UNSCORABLE, never a zero reward. */
    public List<Verdict> verdicts(String referenceAnswer, List<Text> completions) {
        CompiledReference reference = checker.forReference(referenceAnswer);
        return completions.stream()
                .map(completion -> verdict(reference, completion))
                .toList();
    }

    private static Verdict verdict(CompiledReference reference, Text completion) {
        try {
            return VerdictMessages.of(
                    reference.check(completion.text(), completion.truncated() ? Ending.TRUNCATED : Ending.FINISHED));
        } catch (RuntimeException e) {
            LOG.error("the verifier failed on '{}' with reference '{}'", completion.text(), reference.answer(), e);
            return VerdictMessages.of(dev.cooper.mathverifier.Verdict.Unscorable.fault(e));
        }
    }
}
