package dev.cooper.verifier.checking;

import dev.cooper.mathverifier.ExtractedAnswer;
import dev.cooper.mathverifier.Verdict;
import dev.cooper.proto.v1.VerdictKind;

/** Verdicts as they travel. */
final class VerdictMessages {

    private VerdictMessages() {}

    static dev.cooper.proto.v1.Verdict of(Verdict verdict) {
        return dev.cooper.proto.v1.Verdict.newBuilder()
                .setKind(kind(verdict))
                .setReason(reason(verdict))
                .setExtractedAnswer(verdict.answer().map(ExtractedAnswer::text).orElse(""))
                .setExplanation(verdict.explanation())
                .build();
    }

    private static VerdictKind kind(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Correct _ -> VerdictKind.CORRECT;
            case Verdict.Incorrect _ -> VerdictKind.INCORRECT;
            case Verdict.Undecided _ -> VerdictKind.UNDECIDED;
            case Verdict.Unscorable _ -> VerdictKind.UNSCORABLE;
        };
    }

    /** Nothing for CORRECT: its rule stands in the explanation. */
    private static String reason(Verdict verdict) {
        return verdict instanceof Verdict.Correct ? "" : verdict.code();
    }
}
