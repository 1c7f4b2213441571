package dev.cooper.verifier.checking;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.CompiledReference;
import dev.cooper.mathverifier.Ending;
import dev.cooper.mathverifier.Verdict;
import dev.cooper.platform.line.GroupWork;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each completion of a group its verdict. The reference is compiled once for the group; the same group always
 * gets the same verdicts.
 */
public final class GroupVerifier implements GroupWork<RolloutGroup, VerifiedGroup> {

    private static final Logger log = LoggerFactory.getLogger(GroupVerifier.class);

    private final AnswerChecker checker;

    public GroupVerifier(AnswerChecker checker) {
        this.checker = checker;
    }

    @Override
    public VerifiedGroup process(RolloutGroup group) {
        CompiledReference reference =
                checker.forReference(group.getRequest().getProblem().getReferenceAnswer());
        Verdicts.Builder verdicts = Verdicts.newBuilder();
        for (Completion completion : group.getRollouts().getCompletionsList()) {
            verdicts.addVerdicts(
                    VerdictMessages.of(check(reference, completion.getText(), ending(completion.getFinishReason()))));
        }
        return VerifiedGroup.newBuilder()
                .setRollouts(group)
                .setVerdicts(verdicts)
                .build();
    }

    @Override
    public VerifiedGroup failed(RolloutGroup group, Failure failure) {
        return VerifiedGroup.newBuilder().setRollouts(group).setFailure(failure).build();
    }

    /** Verdicts on finished completions, outside any group. */
    public List<dev.cooper.proto.v1.Verdict> check(String referenceAnswer, List<String> completions) {
        CompiledReference reference = checker.forReference(referenceAnswer);
        return completions.stream()
                .map(completion -> VerdictMessages.of(check(reference, completion, Ending.FINISHED)))
                .toList();
    }

    /** A fault of the verifier must not pay and must not punish: its group is left out. */
    private static Verdict check(CompiledReference reference, String completion, Ending ending) {
        try {
            return reference.check(completion, ending);
        } catch (RuntimeException fault) {
            log.error("the verifier failed on a completion of {} characters", completion.length(), fault);
            return Verdict.Unscorable.fault(fault);
        }
    }

    private static Ending ending(FinishReason reason) {
        return switch (reason) {
            case LENGTH -> Ending.TRUNCATED;
            case STOP, FINISH_REASON_UNSPECIFIED, UNRECOGNIZED -> Ending.FINISHED;
        };
    }
}
