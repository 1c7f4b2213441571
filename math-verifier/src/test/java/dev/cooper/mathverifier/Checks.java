package dev.cooper.mathverifier;

import static org.assertj.core.api.Assertions.assertThat;

/** Assertions on verdicts that show the explanation when they fail. */
final class Checks {
    private Checks() {}

    static Verdict boxed(AnswerChecker checker, String reference, String answer) {
        return checker.check(reference, "So it is \\boxed{" + answer + "}.");
    }

    static void assertCorrect(Verdict verdict, Rule rule) {
        assertThat(verdict)
                .as(verdict.explanation())
                .isInstanceOfSatisfying(
                        Verdict.Correct.class,
                        correct -> assertThat(correct.rule()).isEqualTo(rule));
    }

    static void assertIncorrect(Verdict verdict, IncorrectReason reason) {
        assertThat(verdict)
                .as(verdict.explanation())
                .isInstanceOfSatisfying(
                        Verdict.Incorrect.class,
                        incorrect -> assertThat(incorrect.reason()).isEqualTo(reason));
    }

    static void assertUndecided(Verdict verdict, UndecidedReason reason) {
        assertThat(verdict)
                .as(verdict.explanation())
                .isInstanceOfSatisfying(
                        Verdict.Undecided.class,
                        undecided -> assertThat(undecided.reason()).isEqualTo(reason));
    }

    static void assertUnscorable(Verdict verdict, UnscorableReason reason) {
        assertThat(verdict)
                .as(verdict.explanation())
                .isInstanceOfSatisfying(
                        Verdict.Unscorable.class,
                        unscorable -> assertThat(unscorable.reason()).isEqualTo(reason));
    }
}
