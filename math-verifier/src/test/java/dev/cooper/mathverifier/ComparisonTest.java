package dev.cooper.mathverifier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    private final AnswerChecker checker = new AnswerChecker();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            18|18.0|SAME_VALUE
            18|+18|SAME_TEXT
            18|018|SAME_TEXT
            18|$18$|SAME_TEXT
            18|\\(18\\)|SAME_TEXT
            18|18.|SAME_TEXT
            18|`\\ 18\\ `|SAME_TEXT
            18|\\$18|SAME_VALUE
            18|$18.00|SAME_VALUE
            18|€18|SAME_VALUE
            18|18 dollars|SAME_VALUE
            18|18\\text{ apples}|SAME_VALUE
            18|18 duck eggs a day|SAME_VALUE
            18|x = 18|SAME_VALUE
            18|\\text{Total} = 18|SAME_VALUE
            18|3 \\times 6 = 18|SAME_VALUE
            18|n = 3 * 6 = 18|SAME_VALUE
            18|eighteen|SAME_TEXT
            18|(18)|SAME_TEXT
            18|\\left( 18 \\right)|SAME_TEXT
            18|\\boxed{18}|SAME_TEXT
            18|\\mathbf{18}|SAME_TEXT
            -18|−18|SAME_TEXT
            -18|- 18|SAME_TEXT
            -18|-$18|SAME_VALUE
            -18|$-18|SAME_TEXT
            1234567|1,234,567|SAME_TEXT
            1234567|1{,}234{,}567|SAME_TEXT
            1234567|1\\,234\\,567|SAME_TEXT
            1234567|1,\\!234,\\!567|SAME_TEXT
            1234567|1 234 567|SAME_TEXT
            1234567.5|$1,234,567.50|SAME_VALUE
            0.5|.5|SAME_TEXT
            0.5|1/2|SAME_VALUE
            0.5|\\frac{1}{2}|SAME_VALUE
            0.5|\\dfrac{1}{2}|SAME_VALUE
            0.5|\\tfrac{1}{2}|SAME_VALUE
            0.5|\\frac12|SAME_VALUE
            0.5|\\frac1{2}|SAME_VALUE
            0.5|\\frac{1}2|SAME_VALUE
            0.5|2/4|SAME_VALUE
            0.5|½|SAME_VALUE
            0.5|\\frac{-1}{-2}|SAME_VALUE
            0.5|\\frac{1,000}{2,000}|SAME_VALUE
            -0.5|-\\frac{1}{2}|SAME_VALUE
            -0.5|\\frac{-1}{2}|SAME_VALUE
            0.25|\\frac{\\frac{1}{2}}{2}|SAME_VALUE
            2.5|2\\frac{1}{2}|SAME_VALUE
            2.5|2 1/2|SAME_VALUE
            2.5|2½|SAME_VALUE
            -2.5|-2\\frac{1}{2}|SAME_VALUE
            3.625|3 125/200|SAME_VALUE
            1500|1.5e3|SAME_VALUE
            1500|1.5E+3|SAME_VALUE
            0.0015|1.5e-3|SAME_TEXT
            1500|1.5 \\times 10^3|SAME_VALUE
            1500|1.5 \\cdot 10^{3}|SAME_VALUE
            1500|1.5 x 10^3|SAME_VALUE
            0.0015|1.5 × 10^{-3}|SAME_TEXT
            1024|2^{10}|SAME_VALUE
            0.125|2^{-3}|SAME_VALUE
            50%|50\\%|SAME_TEXT
            50%|50 percent|SAME_TEXT
            50%|50.0%|SAME_VALUE
            50%|50|SAME_VALUE_AS_PERCENT
            50%|0.5|SAME_VALUE_AS_PERCENT
            50%|\\frac{1}{2}|SAME_VALUE_AS_PERCENT
            0.5|50%|SAME_VALUE_AS_PERCENT
            50|50%|SAME_VALUE_AS_PERCENT
            0.5|0.5%|SAME_VALUE_AS_PERCENT
            90^\\circ|90|SAME_VALUE
            90|90°|SAME_VALUE
            90^{\\circ}|90 degrees|SAME_TEXT
            12 \\text{ cm}^2|12|SAME_VALUE
            12|12 cm^2|SAME_VALUE
            12|12 km/h|SAME_VALUE
            12 m|12 m|SAME_TEXT
            12 metres|12 \\text{ m}|SAME_VALUE
            A|(A)|SAME_WORDS
            A|a|SAME_WORDS
            (C)|\\text{(C)}|SAME_TEXT
            \\text{(B)}|B|SAME_WORDS
            B|B)|SAME_WORDS
            Evelyn|\\text{evelyn}|SAME_TEXT
            yes|Yes!|SAME_TEXT
            Monday morning|monday  Morning|SAME_TEXT
            (1, 2)|\\left(1,2\\right)|SAME_TEXT
            (1, 2)|(1.0, 4/2)|SAME_TUPLE
            (x, y) = (1, 2)|(1.0, 2)|SAME_ASSIGNMENTS
            [0, 1)|[0.0, 1)|SAME_TUPLE
            1, 2, 3|3, 1, 2|SAME_LIST
            1 and 2|2, 1|SAME_LIST
            19, 46, and 82|82, 19, \\text{ and } 46|SAME_LIST
            \\{1, 2\\}|2, 1|SAME_LIST
            x = 1, y = 2|y = 2, x = 1|SAME_ASSIGNMENTS
            (1, 2), (3, 4)|(3, 4), (1, 2)|SAME_LIST
            red, blue|blue and red|SAME_LIST
            \\sqrt{2}, 1|1, \\sqrt2|SAME_LIST
            \\sqrt{2}|\\sqrt2|SAME_TEXT
            2x^{2}+1|2x^2 + 1|SAME_TEXT
            \\frac{\\pi}{2}|\\dfrac{\\pi}{2}|SAME_TEXT
            3:30|3:30|SAME_TEXT
            5!|5!|SAME_TEXT
            10^{999999999}|10^{999999999}|SAME_TEXT
            1/3|0.3333333333|DECIMAL_OF_REFERENCE
            \\sqrt{2}|1.41421356|DECIMAL_OF_REFERENCE
            0.33|1/3|ROUNDS_TO_REFERENCE
            0.333|0.333...|ROUNDS_TO_REFERENCE
            3.14|3.14159|ROUNDS_TO_REFERENCE
            4.12|\\sqrt{17}|ROUNDS_TO_REFERENCE
            4.26|4.255|ROUNDS_TO_REFERENCE
            -4.26|-4.255|ROUNDS_TO_REFERENCE
            13.45|13.4549|ROUNDS_TO_REFERENCE
            18|3 \\times 6|SAME_VALUE
            18|16 + 2|SAME_VALUE
            0.5|1/2/1|SAME_VALUE
            5 m|5|SAME_VALUE
            5 m|500 cm|SAME_QUANTITY
            90 min|1.5 \\text{ h}|SAME_QUANTITY
            $0.50|50 cents|SAME_QUANTITY
            45^\\circ|\\frac{\\pi}{4}|SAME_ANGLE
            7:32|14:64|SAME_RATIO
            7:32|7/32|SAME_RATIO
            x > 5|(5, \\infty)|SAME_SET
            x < 1|-x > -1|SAME_SET
            2x+4y-3=0|y=-\\frac{x}{2}+\\frac{3}{4}|SAME_EQUATION
            2x+3y<6|-2x-3y>-6|SAME_INEQUALITY
            f(x)=x^2|f(t)=t \\cdot t|SAME_FUNCTION
            k\\pi, k\\in\\mathbb{Z}|n\\pi, n\\in\\mathbb{Z}|SAME_FAMILY
            \\frac{x^2}{2}+C|\\frac{x^2+1}{2}+K|SAME_UP_TO_CONSTANT
            (1, 2)|\\begin{pmatrix}1\\\\2\\end{pmatrix}|SAME_TUPLE
            """)
    void equalAnswersAreCorrect(String reference, String answer, Rule rule) {
        Checks.assertCorrect(Checks.boxed(checker, reference, answer), rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            18|19|DIFFERENT_VALUE
            18|-18|DIFFERENT_VALUE
            18|18.0000001|DIFFERENT_VALUE
            18|1.8e2|DIFFERENT_VALUE
            1234|1,235|DIFFERENT_VALUE
            1/3|0.33333|DIFFERENT_VALUE
            0.5|0.46|DIFFERENT_VALUE
            0.25|0.254|DIFFERENT_VALUE
            12.00|12.004|DIFFERENT_VALUE
            \\pi|3.14|DIFFERENT_VALUE
            2.5|\\frac{1}{2}|DIFFERENT_VALUE
            50%|0.5%|DIFFERENT_VALUE
            50%|5000|DIFFERENT_VALUE
            A|B|DIFFERENT_WORDS
            yes|no|DIFFERENT_WORDS
            18|apples|DIFFERENT_KIND
            apples|18|DIFFERENT_KIND
            18|(18, 19)|DIFFERENT_KIND
            18|18, 19|DIFFERENT_KIND
            18, 19|18|DIFFERENT_KIND
            (1, 2)|(2, 1)|DIFFERENT_VALUE
            (1, 2)|(1, 2, 3)|DIFFERENT_KIND
            [0, 1)|[0, 1]|DIFFERENT_KIND
            1, 2|1, 3|DIFFERENT_VALUE
            1, 2|1, 2, 3|DIFFERENT_VALUE
            1, 1, 2|1, 2, 2|DIFFERENT_VALUE
            (1, 2)|1, 3|DIFFERENT_VALUE
            5|5 or 6|DIFFERENT_KIND
            x = 5|x = 6|DIFFERENT_VALUE
            x = 1, y = 2|x = 2, y = 1|DIFFERENT_VALUE
            5|5x|DIFFERENT_VALUE
            5|5ab|DIFFERENT_VALUE
            5|5!|DIFFERENT_VALUE
            5|5 million|DIFFERENT_VALUE
            5|\\{5|UNREADABLE_ANSWER
            0|0/0|DIFFERENT_VALUE
            1|0^0|DIFFERENT_VALUE
            3|2\\frac{3}{3}\\pi|DIFFERENT_VALUE
            5|\\pm 5|DIFFERENT_KIND
            5|]5[|DIFFERENT_KIND
            \\pm 2021|2021|DIFFERENT_KIND
            x|X|DIFFERENT_VALUE
            1, \\pi|1, 3.14|DIFFERENT_VALUE
            5|10^{999999999}|DIFFERENT_VALUE
            10^{999999999}|5|DIFFERENT_VALUE
            5 cm|5 \\text{ m}|DIFFERENT_VALUE
            5 m|5 \\text{ kg}|DIFFERENT_UNITS
            $5|€5|DIFFERENT_UNITS
            $5|5 cents|DIFFERENT_VALUE
            x = 11|x = 5+5+1 = 12|CONTRADICTION
            12:00|1:00|DIFFERENT_VALUE
            204_5|204|DIFFERENT_VALUE
            3x-y+13=0|3x+4y+14=0|DIFFERENT_VALUE
            \\frac{\\pi}{4}|45|DIFFERENT_VALUE
            """)
    void differentAnswersAreIncorrect(String reference, String answer, IncorrectReason reason) {
        Checks.assertIncorrect(Checks.boxed(checker, reference, answer), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            5|5 squared|UNREAD_EXPRESSION
            5|not 5|UNREAD_EXPRESSION
            5|2x + 3 = 5|NOT_SOLVED
            x^2 = 4|x = \\pm 2|NOT_SOLVED
            -2 < x < 2|x^2 < 4|NOT_SOLVED
            7 = 11a+c|11a+c|NOT_SOLVED
            \\{1, 2\\}|(1, 2)|DIFFERENT_NOTATION
            7|f(2)|UNREAD_EXPRESSION
            0|1{,}2{,}3|UNREAD_EXPRESSION
            5|1e999999999999999|BUDGET_EXCEEDED
            5|1e-999999999|BUDGET_EXCEEDED
            x = 5|y = 5|DIFFERENT_LABELS
            (1, 2)|1, 2|DIFFERENT_NOTATION
            1, 2|(1, 2)|DIFFERENT_NOTATION
            """)
    void whatCannotBeSettledIsUndecided(String reference, String answer, UndecidedReason reason) {
        Checks.assertUndecided(Checks.boxed(checker, reference, answer), reason);
    }

    @Test
    void percentRuleDecidesWhatAPercentageEquals() {
        var fraction = new AnswerChecker(CheckOptions.defaults().withPercent(PercentRule.FRACTION));
        Checks.assertCorrect(Checks.boxed(fraction, "50%", "0.5"), Rule.SAME_VALUE_AS_PERCENT);
        Checks.assertIncorrect(Checks.boxed(fraction, "50%", "50"), IncorrectReason.DIFFERENT_VALUE);
        var dropped = new AnswerChecker(CheckOptions.defaults().withPercent(PercentRule.SIGN_DROPPED));
        Checks.assertCorrect(Checks.boxed(dropped, "50%", "50"), Rule.SAME_VALUE_AS_PERCENT);
        Checks.assertIncorrect(Checks.boxed(dropped, "50%", "0.5"), IncorrectReason.DIFFERENT_VALUE);
    }

    @Test
    void roundingAcceptsHalfAUnitOfTheLastDigitThatTheReferenceStates() {
        var rounding = new AnswerChecker(CheckOptions.defaults().withRoundToReference(true));
        Checks.assertCorrect(Checks.boxed(rounding, "0.33", "1/3"), Rule.ROUNDS_TO_REFERENCE);
        Checks.assertCorrect(Checks.boxed(rounding, "0.33", "0.325"), Rule.ROUNDS_TO_REFERENCE);
        Checks.assertIncorrect(Checks.boxed(rounding, "0.33", "0.336"), IncorrectReason.DIFFERENT_VALUE);
        Checks.assertIncorrect(Checks.boxed(rounding, "18", "18.2"), IncorrectReason.DIFFERENT_VALUE);
        Checks.assertIncorrect(Checks.boxed(rounding, "1/3", "0.33"), IncorrectReason.DIFFERENT_VALUE);
    }
}
