package dev.cooper.perturbation.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.ExtractedAnswer;
import dev.cooper.mathverifier.Verdict;
import dev.cooper.perturbation.pairing.Numbers.Literal;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberEditTest {

    private static final int SEEDS = 200;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42            | 6 * 7 = 42. The answer is 42.
            -3            | So 2 - 5 = -3 and x is \\boxed{-3}
            1,250         | He pays 50 * 25 = 1,250 dollars. #### 1,250
            0.75          | That is 3 of 4, so 0.75
            \\frac{1}{2}  | Half of it: \\boxed{\\frac{1}{2}}
            (3, 4)        | The point is \\boxed{(3, 4)}
            0             | 7 - 7 = 0. #### 0
            """)
    void anEditIsWrongAndKeepsTheForm(String reference, String text) {
        AnswerChecker checker = new AnswerChecker();
        Verdict right = checker.forReference(reference).check(text);
        assertThat(right).isInstanceOf(Verdict.Correct.class);
        String answer = right.answer().map(ExtractedAnswer::text).orElseThrow();

        Set<String> edits = new HashSet<>();
        for (long key = 0; key < SEEDS; key++) {
            String edited = NumberEdit.of(text, answer, key, false).orElseThrow();
            assertThat(edited)
                    .isNotEqualTo(text)
                    .isEqualTo(NumberEdit.of(text, answer, key, false).orElseThrow());
            assertThat(edited.replaceAll("[-\\d.,]", "")).isEqualTo(text.replaceAll("[-\\d.,]", ""));
            edits.add(edited);
        }

        assertThat(edits).hasSizeGreaterThan(15);
        long wrong = edits.stream()
                .filter(edited -> checker.forReference(reference).check(edited) instanceof Verdict.Incorrect)
                .count();
        // The rest, such as 3/6 for 1/2, is found out by the verifier, and tried again.
        assertThat(wrong).isGreaterThan(edits.size() * 9L / 10);
    }

    @Test
    void aMistakeIsCarriedToTheEndAndSometimesAnEarlierNumberIsWrongToo() {
        String text = "First 30 + 12 = 42. Then 42 is left. The answer is 42.";
        int carriedThroughout = 0;
        int earlierChanged = 0;
        for (long key = 0; key < SEEDS; key++) {
            String edited = NumberEdit.of(text, "42", key, false).orElseThrow();
            assertThat(edited).doesNotEndWith("answer is 42.");
            carriedThroughout += edited.contains("= 42") ? 0 : 1;
            earlierChanged += edited.startsWith("First 30 + 12") ? 0 : 1;
        }
        assertThat(carriedThroughout).isBetween(40, 100);
        assertThat(earlierChanged).isBetween(60, 140);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42 | 6 * 7 = 42. The answer is 42.
            42 | 6 * 7 and nothing else is 42
            42 | It is 42, as there are 6 of 7
            42 | 42 is 42
            3  | So x is -3 or 3
            """)
    void whereMoreThanOnePlaceMustDifferTheEditIsNoDigitCopy(String answer, String text) {
        for (long key = 0; key < SEEDS; key++) {
            String edited = NumberEdit.of(text, answer, key, true).orElseThrow();
            Likeness likeness = Likeness.of(text, edited);
            assertThat(likeness.digitCopy()).as(edited).isFalse();
            assertThat(likeness.same()).as(edited).isFalse();
            assertThat(likeness.lengthRatio()).isEqualTo(1);
        }
    }

    @Test
    void theOnlyNumberOfATextIsChangedWhateverIsAsked() {
        assertThat(NumberEdit.of("It is \\boxed{42}.", "42", 3, true))
                .isPresent()
                .isEqualTo(NumberEdit.of("It is \\boxed{42}.", "42", 3, false));
    }

    @Test
    void anAnswerWithoutANumberHasASignTurned() {
        assertThat(NumberEdit.of("We get \\boxed{x + y}", "x + y", 3, false)).contains("We get \\boxed{x - y}");
        assertThat(NumberEdit.of("The answer is yes.", "yes", 3, false)).isEmpty();
        assertThat(NumberEdit.of("No numbers here", "42", 3, false)).isEmpty();
    }

    @Test
    void anAnswerThatIsWrittenOtherwiseInTheTextIsFoundByItsValue() {
        for (long key = 0; key < SEEDS; key++) {
            assertThat(NumberEdit.of("It is 1,000 in all, out of 5", "1000", key, false)
                            .orElseThrow())
                    .doesNotContain("is 1,000 ")
                    .endsWith("in all, out of 5");
        }
    }

    @Test
    void aMinusIsASignOnlyWhereNothingIsSubtractedFrom() {
        assertThat(Numbers.in("5 - 3, 7-2, x = -4, (-1) w5 3.50. 12,345 1,23"))
                .extracting(number -> (number.negative() ? "-" : "") + number.digits())
                .containsExactly("5", "3", "7", "2", "-4", "-1", "3.50", "12,345", "1", "23");
    }

    @Test
    void anotherNumberHasTheSameFormAndIsNeverTheSame() {
        Literal decimal = new Literal(0, 4, false, "3.50");
        Literal grouped = new Literal(0, 5, true, "9,999");
        for (long key = 0; key < SEEDS; key++) {
            assertThat(Numbers.other(decimal, key, 0)).matches("\\d+\\.\\d\\d").isNotEqualTo("3.50");
            assertThat(Numbers.other(grouped, key, 0))
                    .matches("-\\d{1,3}(,\\d{3})*")
                    .isNotEqualTo("-9,999");
        }
    }
}
