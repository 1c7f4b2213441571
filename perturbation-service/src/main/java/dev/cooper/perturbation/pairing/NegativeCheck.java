package dev.cooper.perturbation.pairing;

import dev.cooper.perturbation.assistant.Rewrite;
import dev.cooper.perturbation.checking.AnswerCheck;
import dev.cooper.perturbation.pairing.NegativeCheck.Judgement.Rejected;
import dev.cooper.perturbation.pairing.NegativeCheck.Judgement.Wrong;
import dev.cooper.proto.v1.LengthRatio;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a text may be a negative: it must be INCORRECT against the reference, have an answer that was read and
 * compared, and be as like the positive as the run wants it. A text without a readable answer, or of quite another
 * length, teaches the reward model form, not truth.
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
        record Wrong(Verdict verdict, Likeness likeness) implements Judgement {}

        /** It may not. */
        record Rejected(NoPairReason reason, String detail) implements Judgement {}
    }

    /** Whether the verdict is that of a wrong answer which was compared. */
    static boolean isWrongAnswer(Verdict verdict) {
        return verdict.getKind() == VerdictKind.INCORRECT
                && COMPARED.contains(verdict.getReason())
                && !verdict.getExtractedAnswer().isBlank();
    }

    /**
     * Whether a text that was written for the pair may be its negative. What the verifier says of it comes before what
     * it looks like, so that a reason of likeness tells of a text that is wrong as it should be.
     */
    Judgement judge(Positive positive, Rewrite draft) throws InterruptedException {
        if (draft.text().isBlank()) {
            return new Rejected(NoPairReason.EMPTY_REWRITE, "the rewrite has no text");
        }
        Likeness likeness = Likeness.of(positive.text(), draft.text());
        if (likeness.same()) {
            return new Rejected(NoPairReason.SAME_AS_POSITIVE, "the rewrite is the positive again");
        }
        if (draft.truncated()) {
            return new Rejected(
                    NoPairReason.NO_READABLE_ANSWER, "the rewrite was cut at its limit: raise pairing.extra_tokens");
        }
        Verdict verdict = verifier.check(positive.problem().getReferenceAnswer(), draft.text());
        if (!isWrongAnswer(verdict)) {
            return notWrong(verdict);
        }
        if (likeness.digitCopy() && !positive.mayBeCopied()) {
            return new Rejected(
                    NoPairReason.DIGIT_COPY,
                    "it is the positive but for one number, which pairing.digit_copies does not allow in this group");
        }
        Optional<Rejected> unlike = unlike(positive.plan(), likeness);
        return unlike.isPresent() ? unlike.get() : new Wrong(verdict, likeness);
    }

    /** What keeps a text, by whomever, from being a negative because it is too unlike the positive. */
    static Optional<Rejected> unlike(PairingPlan plan, Likeness likeness) {
        if (!plan.allowsLength(likeness.lengthRatio())) {
            LengthRatio bounds = plan.settings().getLengthRatio();
            return Optional.of(new Rejected(
                    NoPairReason.OTHER_LENGTH,
                    String.format(
                            Locale.ROOT,
                            "it has %.2f of the positive's words; pairing.length_ratio allows %s to %s",
                            likeness.lengthRatio(),
                            bounds.getLeast(),
                            bounds.getMost())));
        }
        return plan.settings().getSameForm() && !likeness.sameForm()
                ? Optional.of(new Rejected(
                        NoPairReason.OTHER_FORM,
                        "it states its answer in another form than the positive (a box, ####, neither)"))
                : Optional.empty();
    }

    private static Rejected notWrong(Verdict verdict) {
        NoPairReason reason = switch (verdict.getKind()) {
            case CORRECT -> NoPairReason.STILL_CORRECT;
            case INCORRECT ->
                verdict.getReason().equals(OTHER_KIND) ? NoPairReason.NOT_DECIDED : NoPairReason.NO_READABLE_ANSWER;
            case UNDECIDED, UNSCORABLE, VERDICT_KIND_UNSPECIFIED, UNRECOGNIZED -> NoPairReason.NOT_DECIDED;
        };
        return new Rejected(reason, verdict.getExplanation());
    }
}
