package dev.cooper.mathverifier.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node.Degrees;
import dev.cooper.mathverifier.syntax.Node.Measured;
import dev.cooper.mathverifier.syntax.Node.Mixed;
import dev.cooper.mathverifier.syntax.Node.Negation;
import dev.cooper.mathverifier.syntax.Node.Numeral;
import dev.cooper.mathverifier.syntax.Node.Product;
import dev.cooper.mathverifier.syntax.Node.Quotient;
import dev.cooper.mathverifier.syntax.Node.StatedDigits;
import dev.cooper.mathverifier.syntax.Node.Sum;
import dev.cooper.mathverifier.syntax.Node.Symbol;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {
    private static final String ARROW = "   \u2192   ";

    private final AnswerParser parser = new AnswerParser(SyntaxBudget.defaults());

    /** Each line of a file is an answer and the canonical text of its tree; in backquotes is what is not understood. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "numbers",
                "fractions-and-roots",
                "operators",
                "functions",
                "structures",
                "measures",
                "words-and-choices",
                "wrappings"
            })
    void readsAnswersAsTheyAreWritten(String file) throws IOException {
        var softly = new SoftAssertions();
        for (String line : lines(file)) {
            int arrow = line.indexOf(ARROW);
            String answer = line.substring(0, arrow);
            softly.assertThat(normal(answer)).as(answer).isEqualTo(line.substring(arrow + ARROW.length()));
        }
        softly.assertAll();
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream stream = Objects.requireNonNull(
                AnswerParserTest.class.getResourceAsStream("/syntax/" + file + ".txt"), "no table " + file)) {
            List<String> lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(lines).hasSizeGreaterThan(20);
            return lines;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                ".",
                "$$",
                "\\boxed",
                "(1, 2",
                "1)+2",
                "{1",
                "1}",
                "\\{1, 2",
                "\\frac{1}{",
                "\\text{a",
                "\\left( 1, 2 \\right\\}",
                "\\begin{pmatrix} 1"
            })
    void whatIsEmptyOrUnbalancedIsUnreadable(String answer) {
        assertThat(parser.parse(answer)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void decimalsKeepTheDigitsThatTheyState() {
        assertThat(read("0.330")).isEqualTo(new Numeral(rational(33, 100), Optional.of(new StatedDigits(3, -3))));
        assertThat(read("12.5")).isEqualTo(new Numeral(rational(25, 2), Optional.of(new StatedDigits(3, -1))));
        assertThat(read("6.02 \\times 10^{23}"))
                .isEqualTo(new Numeral(
                        new Rational(new BigInteger("602").multiply(BigInteger.TEN.pow(21)), BigInteger.ONE),
                        Optional.of(new StatedDigits(3, 21))));
        assertThat(read("0.\\overline{3}")).isEqualTo(new Numeral(rational(1, 3), Optional.empty()));
        assertThat(read("12")).isEqualTo(Numeral.of(12));
    }

    @Test
    void treesHoldWhatWasWrittenAndNothingIsEvaluated() {
        assertThat(read("6/8")).isEqualTo(new Quotient(Numeral.of(6), Numeral.of(8)));
        assertThat(read("-2x+3"))
                .isEqualTo(new Sum(
                        List.of(new Negation(new Product(List.of(Numeral.of(2), new Symbol("x")))), Numeral.of(3))));
        assertThat(read("1\\frac{2}{4}")).isEqualTo(new Mixed(rational(1, 1), rational(1, 2)));
        assertThat(read("45^\\circ")).isEqualTo(new Degrees(Numeral.of(45), Numeral.of(0), Numeral.of(0)));
        assertThat(read("5 \\text{ cm}^2")).isEqualTo(new Measured(Numeral.of(5), new Unit("cm^2")));
    }

    @Test
    void bracketsSpacesSizesAndFontsLeaveNoTrace() {
        Node tree = read("\\frac{a+1}{2}");
        assertThat(read("\\dfrac{ a + 1 }{ 2 }")).isEqualTo(tree);
        assertThat(read("\\left( \\frac{(a+1)}{2} \\right)")).isEqualTo(tree);
        assertThat(read("$\\displaystyle\\frac{\\mathbf{a}\\,+\\;1}2$.")).isEqualTo(tree);
        assertThat(read("(a+1)/2")).isEqualTo(tree);
    }

    @Test
    void limitsAreNamed() {
        var small = new AnswerParser(new SyntaxBudget(40, 3, 10, 5));
        assertThat(small.parse("1".repeat(41))).isEqualTo(new Reading.TooLarge("longer than 40 characters"));
        assertThat(small.parse("((((1))))")).isEqualTo(new Reading.TooLarge("brackets nested deeper than 3"));
        assertThat(small.parse("1,2,3,4,5,6,7,8,9,10,11")).isEqualTo(new Reading.TooLarge("more than 10 nodes"));
        assertThat(small.parse("123456")).isEqualTo(new Reading.TooLarge("a number of more than 5 digits"));
        assertThat(small.parse("1e9")).isEqualTo(new Reading.TooLarge("a power of ten beyond 5"));
    }

    private String normal(String answer) {
        return switch (parser.parse(answer)) {
            case Reading.Read(Node node) -> NormalText.of(node);
            case Reading.Unreadable(String detail) -> "unreadable: " + detail;
            case Reading.TooLarge(String detail) -> "too large: " + detail;
        };
    }

    private Node read(String answer) {
        Reading reading = parser.parse(answer);
        assertThat(reading).as(answer).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).node();
    }

    private static Rational rational(long numerator, long denominator) {
        return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }
}
