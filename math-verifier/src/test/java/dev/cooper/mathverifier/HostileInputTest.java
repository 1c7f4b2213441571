package dev.cooper.mathverifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
    private static final int LENGTH = 1_000_000;
    /** Generous for a loaded machine; a quadratic scan of such a text takes minutes. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final AnswerChecker checker = new AnswerChecker();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\boxed{",
                "{",
                "}",
                "\\boxed{{",
                "\\boxed",
                "\\boxed ",
                "####",
                "#",
                "#### a\n",
                "answer",
                "answer is ",
                "answer ",
                "answer: 5,",
                "$",
                "$$ ",
                "\\(",
                "\\[1",
                "\\",
                "9",
                "1 ",
                "1,",
                "1 + ",
                "= ",
                "(",
                "\\text{",
                "*",
                " ",
                "\n",
                "1/",
                "^",
                "-",
                "e",
                "1e",
                "5 cm ",
                "\ud800"
            })
    void aMillionRepeatedCharactersAreScannedInLinearTime(String piece) {
        String text = piece.repeat(LENGTH / piece.length());
        assertTimeoutPreemptively(LIMIT, () -> {
            assertThat(checker.check("77", text)).isNotInstanceOf(Verdict.Correct.class);
            assertThat(checker.check("77", text + "\\boxed{")).isInstanceOf(Verdict.Incorrect.class);
            assertThat(checker.forReference(text).check("77")).isNotInstanceOf(Verdict.Correct.class);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "\\{", "{", "\\frac{", "\\frac{1}{", "x=", "-", "2^{", "\\text{(", "((1,"})
    void deepNestingInsideAnAnswerIsBounded(String piece) {
        String answer = piece.repeat(2000 / piece.length());
        assertThat(checker.check("77", "Answer: " + answer)).isNotInstanceOf(Verdict.Correct.class);
        assertThat(checker.check("77", "\\boxed{" + answer + "}")).isNotInstanceOf(Verdict.Correct.class);
    }

    @Test
    void manyDifferentBoxesAreOneVerdict() {
        var text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append("\\boxed{").append(i).append('}');
        }
        Checks.assertIncorrect(checker.check("77", text.toString()), IncorrectReason.SEVERAL_ANSWERS);
    }

    @Test
    void deepBracesInABoxAreBeyondTheBudget() {
        String box = "\\boxed{" + "{".repeat(500) + "77" + "}".repeat(500) + "}";
        Checks.assertUndecided(checker.check("77", box), UndecidedReason.BUDGET_EXCEEDED);
        String few = "\\boxed{" + "{".repeat(20) + "77" + "}".repeat(20) + "}";
        Checks.assertCorrect(checker.check("77", few), Rule.SAME_TEXT);
        String rounds = "\\boxed{" + "(".repeat(500) + "77" + ")".repeat(500) + "}";
        Checks.assertUndecided(checker.check("77", rounds), UndecidedReason.BUDGET_EXCEEDED);
    }

    @Test
    void hugeNumbersStayWithinTheBudget() {
        Checks.assertUndecided(Checks.boxed(checker, "77", "7".repeat(600)), UndecidedReason.BUDGET_EXCEEDED);
        Checks.assertCorrect(Checks.boxed(checker, "7".repeat(500), "7".repeat(500) + ".0"), Rule.SAME_VALUE);
        Checks.assertCorrect(Checks.boxed(checker, "7".repeat(600), "7".repeat(600)), Rule.SAME_TEXT);
        // Residues modulo primes tell them apart without their digits.
        Checks.assertIncorrect(Checks.boxed(checker, "77", "9^{999999999}"), IncorrectReason.DIFFERENT_VALUE);
        Checks.assertIncorrect(Checks.boxed(checker, "77", "9^{-99999}"), IncorrectReason.DIFFERENT_VALUE);
        Checks.assertUndecided(Checks.boxed(checker, "77", "1.5\\times 10^{99999}"), UndecidedReason.BUDGET_EXCEEDED);
        Checks.assertIncorrect(Checks.boxed(checker, "77", "1^{500}"), IncorrectReason.DIFFERENT_VALUE);
        Checks.assertIncorrect(Checks.boxed(checker, "77", "7".repeat(5000)), IncorrectReason.UNREADABLE_ANSWER);
    }

    @Test
    void listsBeyondTheBudgetAreNotCompared() {
        String list = "1, ".repeat(200) + "1";
        Checks.assertUndecided(Checks.boxed(checker, "1, 2", list), UndecidedReason.BUDGET_EXCEEDED);
    }

    @Test
    void budgetsMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckOptions.Budget(1, 1, 0, 1, 1))
                .withMessage("budget.depth must be at least 1, but is 0");
    }
}
