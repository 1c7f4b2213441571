package dev.cooper.mathverifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionTest {
    private final AnswerChecker checker = new AnswerChecker();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            First 3, then \\boxed{18}. Not 20.|18|BOXED
            \\boxed {18}|18|BOXED
            \\fbox{18}|18|BOXED
            \\boxed{ 18 }|18|BOXED
            \\boxed 18.|18|BOXED
            $\\boxed{\\frac{1}{2}}$|\\frac{1}{2}|BOXED
            I put it in \\boxed{}: \\boxed{18}|18|BOXED
            \\\\boxed{18}|18|BOXED
            \\boxed{18} #### 20|18|BOXED
            Add.%#### 18|18|HASHES
            #### Step 1%Add.%#### 18%|18|HASHES
            #### 18%#### Notes%The end.|18|HASHES
            #### 2. Add them%The answer is 18.|18|ANSWER_PHRASE
            #### 18%The answer is 20.|18|HASHES
            The answer is 18.|18|ANSWER_PHRASE
            The answer is 18. I hope it is correct: 20.|18|ANSWER_PHRASE
            The answer is: $18$ because 3 * 6 = 18|18|ANSWER_PHRASE
            the final answer is 17. No, the FINAL ANSWER IS 18|18|FINAL_ANSWER
            **Answer:** 18|18|ANSWER_PHRASE
            **Final Answer**%%Answer:%18 apples%|18 apples|FINAL_ANSWER
            Answer = 1.5|1.5|ANSWER_PHRASE
            $18|$18|WHOLE_TEXT
            Yes.|Yes|WHOLE_TEXT
            (1, 2)|(1, 2)|WHOLE_TEXT
            She makes 9 * 2 = $18 every day|$18|LAST_NUMBER
            It costs $5 and then **$18**.|$18|BOLD
            Total : 18 <end>|18|LAST_NUMBER
            Altogether 3 1/2 pies|3 1/2|LAST_NUMBER
            A rise of 18 % in sum|18 %|LAST_NUMBER
            We get $x = 18$ in the end|x = 18|LAST_FORMULA
            Of 20 we get \\(\\frac{1}{2}\\) now|\\frac{1}{2}|LAST_FORMULA
            """)
    void findsTheAnswer(String completion, String answer, AnswerSource source) {
        Verdict verdict = checker.check(answer, completion.replace('%', completion.contains(" % ") ? '%' : '\n'));
        assertThat(verdict.answer()).as(verdict.explanation()).hasValueSatisfying(found -> {
            assertThat(found.text()).isEqualTo(answer);
            assertThat(found.source()).isEqualTo(source);
        });
        assertThat(verdict).isInstanceOf(Verdict.Correct.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            I do not know the answer|NO_ANSWER
            f(x)=0 has no solution|NO_ANSWER
            The equation x=18 does not hold.|NO_ANSWER
            ``|NO_ANSWER
            \\boxed{18|UNREADABLE_ANSWER
            \\boxed{18} and so \\boxed{18|UNREADABLE_ANSWER
            18 is \\boxed{}|UNREADABLE_ANSWER
            18 is \\boxed{.}|UNREADABLE_ANSWER
            18 \\boxed|UNREADABLE_ANSWER
            Of 18 the final answer is|UNREADABLE_ANSWER
            so 18 + 18|DIFFERENT_VALUE
            so \\frac{1} {18}|DIFFERENT_VALUE
            a ratio of 3 : 18|DIFFERENT_VALUE
            so AZYUK18A|UNREADABLE_ANSWER
            so 18 million|DIFFERENT_VALUE
            we get 18 = 18 + x18|UNREADABLE_ANSWER
            The answer is }18|UNREADABLE_ANSWER
            \\boxed{18} or \\boxed{19}|SEVERAL_ANSWERS
            \\boxed{19} or \\boxed{18}|SEVERAL_ANSWERS
            \\boxed{19} or \\boxed{19.0}|DIFFERENT_VALUE
            """)
    void withoutOneReadableAnswerACompletionIsNotCorrect(String completion, IncorrectReason reason) {
        Checks.assertIncorrect(checker.check("18", completion), reason);
    }

    @Test
    void aBoxThatCannotBeComparedLeavesACorrectOneUndecided() {
        Checks.assertUndecided(
                checker.check("18", "\\boxed{18} or \\boxed{\\zeta 18 \\ldots}"), UndecidedReason.UNREAD_EXPRESSION);
    }

    @Test
    void boxesOfEqualValueAreOneAnswer() {
        Checks.assertCorrect(checker.check("18", "\\boxed{18}, that is \\boxed{18.0}"), Rule.SAME_VALUE);
        Checks.assertCorrect(checker.check("18", "\\boxed{18} ".repeat(1000)), Rule.SAME_TEXT);
    }

    @Test
    void eachElementOfAListMayHaveABox() {
        Checks.assertCorrect(checker.check("2, 3", "\\boxed{3} and \\boxed{2}"), Rule.BOXES_TOGETHER);
        Checks.assertIncorrect(checker.check("2, 3", "\\boxed{3} and \\boxed{4}"), IncorrectReason.SEVERAL_ANSWERS);
        Checks.assertCorrect(checker.check("\\boxed{2} and \\boxed{3}", "\\boxed{3, 2}"), Rule.SAME_LIST);
    }

    @Test
    void referenceMayBeAWorkedSolution() {
        CompiledReference hashes = checker.forReference("2/2=<<2/2=1>>1 bolt, 2+1=<<2+1=3>>3 bolts\n#### 3");
        assertThat(hashes.answer()).isEqualTo("3");
        assertThat(hashes.problem()).isEqualTo(Optional.empty());
        assertThat(checker.forReference("So $x = \\boxed{7}.$").answer()).isEqualTo("7");
        assertThat(checker.forReference(" 7 ").answer()).isEqualTo("7");
    }

    @Test
    void truncatedCompletionIsIncorrectWhateverItSays() {
        CompiledReference reference = checker.forReference("18");
        Checks.assertIncorrect(reference.check("\\boxed{18}", Ending.TRUNCATED), IncorrectReason.TRUNCATED);
        Checks.assertCorrect(reference.check("\\boxed{18}", Ending.FINISHED), Rule.SAME_TEXT);
    }

    @Test
    void unmarkedAnswersCanBeRefused() {
        var strict = new AnswerChecker(CheckOptions.defaults().withUnmarkedAnswers(false));
        Checks.assertIncorrect(strict.check("18", "18"), IncorrectReason.NO_ANSWER);
        Checks.assertIncorrect(strict.check("18", "We get $18$"), IncorrectReason.NO_ANSWER);
        Checks.assertCorrect(strict.check("18", "#### 18"), Rule.SAME_TEXT);
    }

    @Test
    void unusableReferenceIsUnscorableForEveryCompletion() {
        Checks.assertUnscorable(checker.check("  ", "18"), UnscorableReason.EMPTY_REFERENCE);
        Checks.assertUnscorable(checker.check("$$", "18"), UnscorableReason.UNREADABLE_REFERENCE);
        Checks.assertUnscorable(checker.check("{1", "{1"), UnscorableReason.UNREADABLE_REFERENCE);
        Checks.assertUnscorable(checker.check("\\boxed{1", "\\boxed{1}"), UnscorableReason.UNREADABLE_REFERENCE);
        Checks.assertUnscorable(checker.check("1".repeat(3000), "18"), UnscorableReason.REFERENCE_TOO_LONG);
        CompiledReference empty = checker.forReference("");
        assertThat(empty.problem()).isPresent();
        Checks.assertUnscorable(empty.check("cut off", Ending.TRUNCATED), UnscorableReason.EMPTY_REFERENCE);
        Checks.assertUnscorable(
                Verdict.Unscorable.fault(new IllegalStateException("boom")), UnscorableReason.VERIFIER_FAULT);
    }

    @Test
    void explanationNamesRuleAndBothSides() {
        assertThat(checker.check("0.5", "\\boxed{50\\%}").explanation())
                .isEqualTo(
                        "CORRECT by SAME_VALUE_AS_PERCENT: answer '50\\%' (BOXED at 7), reference '0.5'; equal with the percentage as EITHER");
        assertThat(checker.check("2", "\\boxed{3}").explanation())
                .isEqualTo(
                        "INCORRECT, DIFFERENT_VALUE: answer '3' (BOXED at 7), reference '2'; the exact values differ");
    }
}
