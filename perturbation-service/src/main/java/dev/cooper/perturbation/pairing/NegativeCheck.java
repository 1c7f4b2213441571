package dev.cooper.perturbation.pairing;

import dev.cooper.perturbation.assistant.Rewrite;
import dev.cooper.perturbation.checking.AnswerCheck;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import java.util.Set;

/**
 * Whether a text may be a negative: it must be INCORRECT against the reference, and have an answer that was read and
 * compared. A text without a readable answer teaches the reward model form, not truth.
 */
final class NegativeCheck {

    /**
     * The verifier's reason codes for an answer that was compared with the reference and found to be another. An answer
     * of another kind is none: a number with words around it is of another kind than the number.
     */
    private static final Set<String> COMPARED = Set.of("DIFFERENT_VALUE", "DIFFERENT_WORDS");

    private static final String OTHER_KIND = "DIFFERENT_KIND";

    private final AnswerCheck verifier;

    NegativeCheck(AnswerCheck verifier) {
        this.verifier = verifier;
    }

    /** What became of a text. */
    sealed interface Judgement {

        /** It may be a negative. */
        record Wrong(Verdict verdict) implements Judgement {}

        /** It may not. */
        record Rejected(NoPairReason reason, String detail) implements Judgement {}
    }

    /** Whether the verdict is that of a wrong answer which was compared. */
    static boolean isWrongAnswer(Verdict verdict) {
        return verdict.getKind() == VerdictKind.INCORRECT
                && COMPARED.contains(verdict.getReason())
                && !verdict.getExtractedAnswer().isBlank();
    }

    Judgement judge(String reference, String positive, Rewrite draft) throws InterruptedException {
        if (draft.text().isBlank()) {
            return new Judgement.Rejected(NoPairReason.EMPTY_REWRITE, "the rewrite has no text");
        }
        if (normal(draft.text()).equals(normal(positive))) {
            return new Judgement.Rejected(NoPairReason.SAME_AS_POSITIVE, "the rewrite is the positive again");
        }
        if (draft.truncated()) {
            return new Judgement.Rejected(
                    NoPairReason.NO_READABLE_ANSWER, "the rewrite was cut at its limit: raise pairing.extra_tokens");
        }
        return judge(verifier.check(reference, draft.text()));
    }

    private static Judgement judge(Verdict verdict) {
        if (isWrongAnswer(verdict)) {
            return new Judgement.Wrong(verdict);
        }
        NoPairReason reason = switch (verdict.getKind()) {
            case CORRECT -> NoPairReason.STILL_CORRECT;
            case INCORRECT ->
                verdict.getReason().equals(OTHER_KIND) ? NoPairReason.NOT_DECIDED : NoPairReason.NO_READABLE_ANSWER;
            case UNDECIDED, UNSCORABLE, VERDICT_KIND_UNSPECIFIED, UNRECOGNIZED -> NoPairReason.NOT_DECIDED;
        };
        return new Judgement.Rejected(reason, verdict.getExplanation());
    }

    private static String normal(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
