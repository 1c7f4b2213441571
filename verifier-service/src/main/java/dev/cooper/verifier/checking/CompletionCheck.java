package dev.cooper.verifier.checking;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.Attempt;
import dev.cooper.mathverifier.CompiledReference;
import dev.cooper.mathverifier.Ending;
import dev.cooper.mathverifier.References;
import dev.cooper.proto.v1.Verdict;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks completions: a reference is read once for all that stand beside it. */
public final class CompletionCheck {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionCheck.class);

    private final AnswerChecker checker;
    private final CheckObserver observer;

    public CompletionCheck(AnswerChecker checker) {
        this(checker, CheckObserver.none());
    }

    public CompletionCheck(AnswerChecker checker, CheckObserver observer) {
        this.checker = checker;
        this.observer = observer;
    }

    /**
     * A completion and how it ended.
     *
     * @param truncated whether it was cut off at its length limit
     */
    public record Text(String text, boolean truncated) {

        Ending ending() {
            return truncated ? Ending.TRUNCATED : Ending.FINISHED;
        }
    }

    /** One verdict a completion, in their order. A fault of the verifier itself is UNSCORABLE, never a zero reward. */
    public List<Verdict> verdicts(String referenceAnswer, List<Text> completions) {
        CompiledReference reference = checker.forReference(referenceAnswer);
        return completions.stream()
                .map(completion -> verdict(reference, completion.text(), completion.ending()))
                .toList();
    }

    /** One verdict an attempt, in their order, by all cores. */
    public List<Verdict> verdicts(List<Attempt> attempts) {
        var references = new References(checker);
        return attempts.parallelStream()
                .map(attempt -> verdict(references.of(attempt.reference()), attempt.completion(), attempt.ending()))
                .toList();
    }

    private Verdict verdict(CompiledReference reference, String completion, Ending ending) {
        return VerdictMessages.of(observer.observe(() -> {
            try {
                return reference.check(completion, ending);
            } catch (RuntimeException e) {
                LOG.error("the verifier failed on '{}' with reference '{}'", completion, reference.answer(), e);
                return dev.cooper.mathverifier.Verdict.Unscorable.fault(e);
            }
        }));
    }
}
