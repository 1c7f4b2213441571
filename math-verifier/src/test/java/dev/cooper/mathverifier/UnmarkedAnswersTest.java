package dev.cooper.mathverifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that no box marks, and what may be mistaken for them. */
class UnmarkedAnswersTest {
    private final AnswerChecker checker = new AnswerChecker();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1000|10**3
            1000|\\boxed{10**3}
            1000|The answer is 10 ** 3.
            1024|**Answer:** 2**10
            1000|**10**3
            5|The answer is **5**cm
            18|So it is **18** apples
            \\frac{5}{12}|{5 \\over 12}
            \\frac{5}{12}|$5 \\over 12$
            \\frac{1}{2}|${{1 \\over 3} + {1 \\over 6}}$
            2|\\sqrt{{8 \\over 2}}
            3.75|3{,}75
            0.125|\\boxed{0{,}125}
            1234|1{,}234
            2:3|2 \\text{ to } 3
            1:2:3|1 to 2 to 3
            \\text{no real solutions}|There are no real solutions.
            \\text{no solution}|There is no solution
            \\emptyset|The discriminant is negative, $b^2-4ac = -3$. Therefore, the equation has no real solutions.
            \\text{no solution}|No such integers exist.
            \\text{undefined}|The run is 0. So the slope is **undefined**.
            5|So $x = 5$. $\\blacksquare$
            5|So $x = 5$. $$\\square$$
            5|So $x = 5$. QED
            5050|1+2+\\dots+100=\\frac{100\\cdot101}{2}=5050
            5050|$S = 1+2+\\cdots+100 = 5050$
            """)
    void areFoundAndRead(String reference, String completion) {
        Verdict verdict = checker.check(reference, completion);
        assertThat(verdict).as(verdict.explanation()).isInstanceOf(Verdict.Correct.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            103|10**3
            103|**10**3**
            3 and 4|We use 2**3 and 4**5 here.
            3.75|3{,}750
            1.234|1{,}234
            \\text{no solution}|When $x<0$ there are no real solutions.
            \\text{no solution}|There are no other solutions.
            \\text{no solution}|There are no negative solutions.
            77|1+2+\\dots+100=78=77
            78|1+2+\\dots+100=78=77
            """)
    void areNotMistaken(String reference, String completion) {
        Verdict verdict = checker.check(reference, completion);
        assertThat(verdict).as(verdict.explanation()).isNotInstanceOf(Verdict.Correct.class);
    }

    @Test
    void aTextMayCorrectItselfButNotListEveryAnswer() {
        assertThat(checker.check("77", phrases(75))).isInstanceOf(Verdict.Correct.class);
        assertThat(checker.check("77", "The answer is $77$. ".repeat(5) + phrases(77)))
                .isInstanceOf(Verdict.Correct.class);
        assertThat(checker.check("77", phrases(74)))
                .isInstanceOfSatisfying(
                        Verdict.Incorrect.class,
                        incorrect -> assertThat(incorrect.reason()).isEqualTo(IncorrectReason.SEVERAL_ANSWERS));
    }

    @Test
    void halfACharacterIsUnreadable() {
        for (String half : new String[] {"\ud800", "\udc00", "7\ud800", "\udc00\ud800"}) {
            assertThat(checker.check("\ufffd", "\\boxed{" + half + "}"))
                    .isInstanceOfSatisfying(
                            Verdict.Incorrect.class,
                            incorrect -> assertThat(incorrect.reason()).isEqualTo(IncorrectReason.UNREADABLE_ANSWER));
            assertThat(checker.forReference(half).problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem.reason()).isEqualTo(UnscorableReason.UNREADABLE_REFERENCE));
        }
    }

    private static String phrases(int first) {
        return IntStream.rangeClosed(first, 77)
                .mapToObj(number -> "The answer is " + number + ".")
                .collect(Collectors.joining(" "));
    }
}
