package dev.cooper.mathverifier.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.ExtractedAnswer;
import dev.cooper.mathverifier.IncorrectReason;
import dev.cooper.mathverifier.syntax.AnswerParser;
import dev.cooper.mathverifier.syntax.SyntaxBudget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerExtractorTest {
    private final AnswerShape shape = new ReadableShape(new AnswerParser(SyntaxBudget.defaults()));
    private final AnswerExtractor extractor = new AnswerExtractor(ExtractionRules.defaults(), shape);
    private final AnswerExtractor like = new AnswerExtractor(ExtractionRules.mathVerify(), shape);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            First 3, then \\boxed{18}. Not 20.|18|BOXED
            \\boxed {18}|18|BOXED
            \\fbox{18}|18|BOXED
            \\framebox{18}|18|BOXED
            \\framebox[2in]{18}|18|BOXED
            \\boxed 18.|18|BOXED
            $\\boxed5$|5|BOXED
            $\\boxed{\\frac{1}{2}}$|\\frac{1}{2}|BOXED
            \\boxed{\\boxed{18}}|\\boxed{18}|BOXED
            I put it in \\boxed{}: \\boxed{18}|18|BOXED
            First \\boxed{18, then~really \\boxed{18}|18|BOXED
            \\\\boxed{\\\\left(3, \\\\frac{1}{2}\\\\right)}|\\left(3, \\frac{1}{2}\\right)|BOXED
            x = 1 \\\\\\boxed{18}|18|BOXED
            \\boxed{18} #### 20|18|BOXED
            $$\\boxed{28}$$ percent|28\\%|BOXED
            $\\boxed{28}\\%$|28\\%|BOXED
            \\boxed{45}^\\circ|45^\\circ|BOXED
            $\\boxed{5}$ cm of it|5\\text{ cm}|BOXED
            \\boxed{12} in all|12|BOXED
            [asy]label("$\\boxed{3}$");[/asy] so \\boxed{4}|4|BOXED
            Add.~#### 18|18|HASHES
            #### Step 1~Add.~#### 18~|18|HASHES
            #### 18~#### Notes~The end.|18|HASHES
            #### 2. Add them~The answer is 18.|18|ANSWER_PHRASE
            #### 18~The answer is 20.|18|HASHES
            """)
    void boxesAndHashesComeFirst(String text, String answer, AnswerSource source) {
        assertFound(extractor.fromCompletion(text.replace('~', '\n')), answer, source);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            The answer is 18.|18|ANSWER_PHRASE
            The answer is 18. I hope it is correct: 20.|18|ANSWER_PHRASE
            The answer is: $18$ because 3 * 6 = 18|18|ANSWER_PHRASE
            The answer is $28$ percent.|$28$ percent|ANSWER_PHRASE
            The answer is $2$ or 3|$2$ or 3|ANSWER_PHRASE
            Final Answer: The final answer is $\\frac{1}{2}$. I hope it is correct.|\\frac{1}{2}|FINAL_ANSWER
            the final answer is 17. No, the FINAL ANSWER IS 18|18|FINAL_ANSWER
            Final answer: 18. Or the answer is 20|18|FINAL_ANSWER
            **Answer:** 18|18|ANSWER_PHRASE
            **Answer: 18** by the first rule of sums|18|ANSWER_PHRASE
            **Final Answer**~~Answer:~18 apples|18 apples|FINAL_ANSWER
            **Final Answer**~~$$18$$|18|FINAL_ANSWER
            ### Final answer~18|18|FINAL_ANSWER
            Answer = 1.5|1.5|ANSWER_PHRASE
            Answer - 7|7|ANSWER_PHRASE
            So: <answer>5</answer>|5|ANSWER_PHRASE
            {*answer*: *5*}|5|ANSWER_PHRASE
            \\text{The answer is } 12|12|ANSWER_PHRASE
            The answer is \\\\(12\\\\)|12|ANSWER_PHRASE
            Answer $ 9 $|9|ANSWER_PHRASE
            Answer \\[~ 9 ~\\]|9|ANSWER_PHRASE
            The answers are $x = 1$ and $x = 2$.|$x = 1$ and $x = 2$|ANSWER_PHRASE
            The answer to the second question is 18|18|ANSWER_PHRASE
            The answer should be **18**|18|ANSWER_PHRASE
            the answer is therefore x \\in \\{1\\} \\cup [0,7)|x \\in \\{1\\} \\cup [0,7)|ANSWER_PHRASE
            Final Answer: The volume of $ABCD$ is 120. I hope it is correct.|120|FINAL_ANSWER
            Final Answer: Jane started growing spheres 3 hours ago.|3 hours|FINAL_ANSWER
            The answer is $\\sqrt{2}$, or about 1.414.|\\sqrt{2}|ANSWER_PHRASE
            The answer is $\\dfrac{1}{2}$ (one half).|\\dfrac{1}{2}|ANSWER_PHRASE
            The answer is 12, rounded to the nearest integer.|12|ANSWER_PHRASE
            The answer is between 3 and 4.|3 and 4|ANSWER_PHRASE
            The answer is 5 out of 10.|5 out of 10|ANSWER_PHRASE
            The answer is (B).|(B)|ANSWER_PHRASE
            The answer is B.|B|ANSWER_PHRASE
            The answer is option C|C|ANSWER_PHRASE
            The answer is (B) since no other value fits the sum|(B)|ANSWER_PHRASE
            The answer is B. Because it fits.|B|ANSWER_PHRASE
            Answer: $5.00|$5.00|ANSWER_PHRASE
            Answer: 1,000.99|1,000.99|ANSWER_PHRASE
            """)
    void phrasesAnnounceAnAnswer(String text, String answer, AnswerSource source) {
        assertFound(extractor.fromCompletion(text.replace('~', '\n')), answer, source);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $18|$18|WHOLE_TEXT
            Yes.|Yes|WHOLE_TEXT
            (1, 2)|(1, 2)|WHOLE_TEXT
            \\frac32 n + \\frac12 m|\\frac32 n + \\frac12 m|WHOLE_TEXT
            x \\in \\{1\\} \\cup [0,7)|x \\in \\{1\\} \\cup [0,7)|WHOLE_TEXT
            $$\\frac{1}{2}$$|\\frac{1}{2}|WHOLE_TEXT
            <think>It is \\boxed{3}.</think> 18|18|WHOLE_TEXT
            A. Because B is not a valid choice here|A|CHOICE
            (C) The other ones are too large to be it|C|CHOICE
            So she will have in all~**18** apples, and no more.|18|BOLD
            We get $x = 18$ in the end|x = 18|LAST_FORMULA
            Of 20 we get \\(\\frac{1}{2}\\) now|\\frac{1}{2}|LAST_FORMULA
            This one has roots $x = 1$, $x = 2$ and $3$.|x = 1, x = 2, 3|LAST_FORMULA
            The value of the sum is $28$ % of it|28\\%|LAST_FORMULA
            So we find it: \\begin{align*} x &= 5 + 13 \\\\ &= 18. \\end{align*} This is correct.|18|LAST_FORMULA
            It comes out as \\[ a = 2\\sqrt2 \\\\ \\approx 2.83 \\]|a = 2\\sqrt2 \\approx 2.83|LAST_FORMULA
            She has $10,000 + $200 = $10,455 or about $10,455$ in all|10,455|LAST_FORMULA
            She makes 9 * 2 = $18 every day|$18|LAST_NUMBER
            It costs $5 and then **$18**.|$18|BOLD
            She sells them at $<<9*2=18>>18 in all|18|LAST_NUMBER
            All of it, in total : 18 <end>|18|LAST_NUMBER
            Altogether she had 3 1/2 pies|3 1/2|LAST_NUMBER
            It was a rise of 18 % in sum|18 %|LAST_NUMBER
            Les soucis font : 2,74 $ a..|2,74 $|LAST_NUMBER
            the number is not 10 which is 1,000.99m²|1,000.99m²|LAST_NUMBER
            So we find the point (3, 4).|(3, 4)|LAST_NUMBER
            Therefore, the range is [0, ∞).|[0, ∞)|LAST_NUMBER
            It can be 3 or 5 in all.|3 or 5|LAST_NUMBER
            The roots are x = 5 and x = -3.|x = 5 and x = -3|LAST_NUMBER
            Evaluating it at $x = 3$, $f(3) = 9$.|f(3) = 9|LAST_FORMULA
            $$\\begin{aligned} S &= 1+2+3 \\\\ &= 6 \\end{aligned}$$|6|LAST_FORMULA
            It can be 1, 2, and 3 in all.|1, 2, and 3|LAST_NUMBER
            We got 18 apples as shown in step 3|18|LAST_NUMBER
            """)
    void withoutAMarkTheTextIsSearchedFromItsEnd(String text, String answer, AnswerSource source) {
        assertFound(extractor.fromCompletion(text.replace('~', '\n')), answer, source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I do not know the answer",
                "",
                "   ",
                "No valid answer here",
                "The answer is not 5.",
                "I am sure that it is not $5$.",
                "A. 5\nB. 6\nC. 7 of them, who can say?",
                "The answer is something that nobody knows"
            })
    void wordsAloneAreNoAnswer(String text) {
        Extraction found = extractor.fromCompletion(text);
        assertThat(found).isNotInstanceOf(Extraction.Unreadable.class);
        if (found instanceof Extraction.Found answer) {
            assertThat(answer.answers().getFirst().text()).doesNotContain("know");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\boxed{18",
                "\\boxed{18} and so \\boxed{18",
                "18 is \\boxed{}",
                "18 is \\boxed{.}",
                "18 \\boxed",
                "Of 18 the final answer is"
            })
    void aPlaceWithoutAnAnswerIsUnreadable(String text) {
        assertThat(extractor.fromCompletion(text)).isInstanceOf(Extraction.Unreadable.class);
    }

    @Test
    void boxesSideBySideMayBeAList() {
        assertThat(together("\\boxed{1} and \\boxed{2}")).containsExactly("1", "2");
        assertThat(together("$\\boxed{1}\\boxed{2}$")).containsExactly("1", "2");
        assertThat(together("\\boxed{1} papers and \\boxed{2} bins")).containsExactly("1", "2");
        assertThat(together("$y_1 = \\boxed{3}$ and $y_2 = \\boxed{4}$")).containsExactly("y_1 = 3", "y_2 = 4");
        Extraction.Found apart = found("First \\boxed{1}. Then \\boxed{2}.");
        assertThat(apart.together()).isFalse();
        assertThat(apart.answers()).extracting(ExtractedAnswer::text).containsExactly("1", "2");
        assertThat(found("\\boxed{1} no no no no no \\boxed{2}").together()).isFalse();
        assertThat(found("\\boxed{1} = \\boxed{2}").together()).isFalse();
    }

    @Test
    void theTurnEndsWhereTheModelEndsIt() {
        assertFound(extractor.fromCompletion("18<|im_end|>\n<|im_start|>user\nAnd 20?"), "18", AnswerSource.WHOLE_TEXT);
        assertFound(extractor.fromCompletion("<think>It is \\boxed{3}.</think>"), "3", AnswerSource.BOXED);
    }

    @Test
    void aRepeatedStatementIsOne() {
        assertThat(found("\\boxed{18} ".repeat(50)).answers()).hasSize(1);
        Extraction.Found again = found("It is \\boxed{1} and \\boxed{2}.\n\nSo: \\boxed{1, 2}");
        assertThat(again.answers()).hasSize(1);
        var text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append("\\boxed{").append(i).append("}. ");
        }
        assertThat(extractor.fromCompletion(text.toString()))
                .isInstanceOfSatisfying(
                        Extraction.Unreadable.class,
                        u -> assertThat(u.reason()).isEqualTo(IncorrectReason.SEVERAL_ANSWERS));
    }

    @Test
    void theRankingIsAParameter() {
        String text =
                "\\boxed{200}. So \\boxed{255}. Final Answer: The final answer is $10,455$. I hope it is correct.";
        assertThat(found(text).answers()).hasSize(2);
        assertFound(like.fromCompletion(text), "10,455", AnswerSource.FINAL_ANSWER);
        assertFound(like.fromCompletion("\\boxed{3}. Then \\boxed{4}"), "4", AnswerSource.BOXED);
        assertFound(like.fromCompletion("so \\boxed{W(n) = 1"), "W(n) = 1", AnswerSource.BOXED);
        var marked = new AnswerExtractor(ExtractionRules.defaults().onlyMarked(), shape);
        assertThat(marked.fromCompletion("We get $18$")).isInstanceOf(Extraction.None.class);
    }

    @Test
    void theOffsetPointsAtTheAnswer() {
        String text = "We think.\n\nThe answer is **18**.";
        assertThat(found(text).answers().getFirst().offset()).isEqualTo(text.indexOf("18"));
        String box = "so $\\boxed{ 18 }$";
        assertThat(found(box).answers().getFirst().offset()).isEqualTo(box.indexOf("18"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            2/2=<<2/2=1>>1 bolt~#### 3|3
            So $x = \\boxed{7}.$|7
            ` 7 `|7
            16\\\\~\\noindent|16
            $-\\frac{e}{2}$.\\\\~\\noindent|-\\frac{e}{2}
            The midpoints form a regular hexagon|The midpoints form a regular hexagon
            This can be shown to be $n = 16$ by the rules.~\\end{enumerate}|n = 16
            \\begin{align*}~x &= 4 \\\\~&= 5.~\\end{align*}\\\\|5
            From the equation, we conclude that they are 9, 10 in all, as was to be shown here.|9, 10
            """)
    void aReferenceMayBeAWorkedSolution(String text, String answer) {
        Extraction.Found found = (Extraction.Found) extractor.fromReference(text.replace('~', '\n'));
        assertThat(found.answers()).extracting(ExtractedAnswer::text).containsExactly(answer);
    }

    private List<String> together(String text) {
        Extraction.Found found = found(text);
        assertThat(found.together()).as(text).isTrue();
        return found.answers().stream().map(ExtractedAnswer::text).toList();
    }

    private Extraction.Found found(String text) {
        return (Extraction.Found) extractor.fromCompletion(text);
    }

    private static void assertFound(Extraction extraction, String answer, AnswerSource source) {
        assertThat(extraction).isInstanceOfSatisfying(Extraction.Found.class, found -> {
            assertThat(found.answers()).extracting(ExtractedAnswer::text).containsExactly(answer);
            assertThat(found.answers()).extracting(ExtractedAnswer::source).containsExactly(source);
        });
    }
}
