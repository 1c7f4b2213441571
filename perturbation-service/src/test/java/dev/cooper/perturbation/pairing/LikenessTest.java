package dev.cooper.perturbation.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {

    private static final String RIGHT = "43 without 9 leave 34. 34 and 39 make 73. In all \\boxed{73}.";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one place                  | true  | 43 without 9 leave 34. 34 and 39 make 73. In all \\boxed{72}.
            one place, a digit more    | true  | 43 without 9 leave 34. 34 and 39 make 73. In all \\boxed{733}.
            one place, its sign        | true  | 43 without 9 leave 34. 34 and 39 make 73. In all \\boxed{-73}.
            one place, other spaces    | true  | 43 without 9  leave 34. 34 and 39 make 72. In all \\boxed{73}.
            the mistake is carried     | false | 43 without 9 leave 34. 34 and 39 make 72. In all \\boxed{72}.
            other numbers              | false | 43 and 9 make 52. 34 and 39 make 73. In all \\boxed{73}.
            a word is another          | false | 43 without 9 leave 34. 34 and 39 give 73. In all \\boxed{72}.
            a number less              | false | 43 without 9 leave 34. 34 and 39 make 73. In all \\boxed{}.
            the same value otherwise   | false | 43 without 9 leave 34. 34 and 39 make 73.0. In all \\boxed{73}.
            the same                   | false | 43 without 9 leave 34. 34 and 39 make 73. In all \\boxed{73}.
            """)
    void aDigitCopyDiffersInOneNumberAtOnePlaceAndInNothingElse(String what, boolean copy, String wrong) {
        assertThat(Likeness.of(RIGHT, wrong).digitCopy()).as(what).isEqualTo(copy);
    }

    @Test
    void aSolutionWithOneNumberOnlyHasNoDigitCopy() {
        assertThat(Likeness.of("Maybe it is \\boxed{6}.", "Maybe it is \\boxed{7}.")
                        .digitCopy())
                .isFalse();
    }

    @Test
    void wordsAreWhatWhiteSpaceParts() {
        assertThat(Likeness.of("one two  three\nfour", " five ").lengthRatio()).isEqualTo(0.25);
        assertThat(Likeness.of("one two", "").lengthRatio()).isZero();
        assertThat(Likeness.of("one", "one and two").lengthRatio()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            So \\boxed{4} | so it is \\fbox{5} | true
            So \\boxed{4} | so it is 5         | false
            So \\boxed{4} | #### 5             | false
            So 4          | #### 5             | false
            #### 4        | thus #### 5        | true
            So 4          | the answer is 5    | true
            """)
    void theFormIsWhereTheAnswerStands(String right, String wrong, boolean same) {
        assertThat(Likeness.of(right, wrong).sameForm()).isEqualTo(same);
    }

    @Test
    void textsThatDifferByWhiteSpaceAreTheSame() {
        assertThat(Likeness.of("6 * 7 = 42", " 6 *  7\n= 42 ").same()).isTrue();
        assertThat(Likeness.of("6 * 7 = 42", "6*7 = 42").same()).isFalse();
    }
}
