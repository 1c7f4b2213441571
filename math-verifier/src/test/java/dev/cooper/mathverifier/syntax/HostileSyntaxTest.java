package dev.cooper.mathverifier.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs made to break a parser, on a stack of half the usual size. */
class HostileSyntaxTest {
    private static final int LENGTH = 4000;
    private static final long STACK = 512L * 1024;
    private static final List<String> PIECES = List.of(
            ("\\frac { } ( ) [ ] 1 23 0.5 x y + - * / ^ _ \\sqrt \\text{ cm \\, , ; | \\left \\right . \\{ \\} ! % ^\\circ ' = "
                            + "< \\le \\cup \\sin sin log and or \\begin{pmatrix} \\end{pmatrix} & \\\\ \\begin{cases} "
                            + "\\end{cases} \\mathbb{R} \\sum \\int d \\lim \\to \\infty e i \u03c0 \u221a \u00bd \u00b2 \u2085 "
                            + "\ud800 \udc00 \\pm $ \\$ apples \\mid : \\ldots ... 0. \\overline {} C \\binom \\pmod (mod \\log_ "
                            + "f( \\not \\in \\angle A (A) \\boxed{ \\( \\) \\mathrm{ ~ \u0000 \u0661 \u00e9")
                    .split(" ", -1));

    private final AnswerParser parser = new AnswerParser(SyntaxBudget.defaults());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "\\{",
                "{",
                "\\left(",
                "|",
                "||x",
                "\\frac",
                "\\sqrt",
                "\\sqrt{",
                "-",
                "+",
                "\\pm",
                "^2",
                "^{2",
                "x_",
                "x_{",
                "!",
                "/1",
                "%",
                "'",
                "\u00b0",
                ",1",
                ";1",
                "\\text{",
                "\\begin{cases}",
                "$1",
                "\\",
                "\\\\",
                "\\sin ",
                "\\log_",
                "f(",
                "{,}",
                "12,",
                "123 ",
                "1\\quad ",
                "C_",
                "1A",
                "\\begin{",
                "\\\\[",
                "word ",
                "\ud800",
                "\\not",
                "\\boxed{",
                "\\sum_{k=1}",
                "\\int ",
                "x=",
                "x\\in ",
                "1 and ",
                "\\binom",
                "\u221a",
                "\u00bd",
                "\u00b2",
                "0.\\overline{3}",
                "5 cm "
            })
    void repetitionsAreReadOrRefusedOnASmallStack(String piece) throws InterruptedException {
        String repeated = piece.repeat(LENGTH / piece.length());
        for (String text : List.of(repeated, "2" + repeated, repeated + "2", repeated + "2" + closing(repeated))) {
            var reading = new AtomicReference<Reading>();
            Thread thread = new Thread(null, () -> reading.set(parser.parse(text)), "small stack", STACK);
            thread.start();
            thread.join();
            assertThat(reading.get()).as(piece).isNotNull();
        }
    }

    private static String closing(String open) {
        var closing = new StringBuilder();
        for (int i = open.length() - 1; i >= 0; i--) {
            int bracket = "([{".indexOf(open.charAt(i));
            closing.append(bracket < 0 ? "" : String.valueOf(")]}".charAt(bracket)));
        }
        return closing.toString();
    }

    @Test
    void anySequenceOfPiecesIsAnsweredAndAlwaysAlike() {
        var random = new Random(20260101);
        for (int i = 0; i < 30_000; i++) {
            var text = new StringBuilder();
            for (int pieces = random.nextInt(20); pieces >= 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(4) == 0 ? " " : "");
            }
            Reading reading = parser.parse(text.toString());
            assertThat(parser.parse(text.toString())).as(text.toString()).isEqualTo(reading);
            if (reading instanceof Reading.Read(Node node)) {
                assertThat(NormalText.of(node)).as(text.toString()).isNotEmpty();
            }
        }
    }

    @Test
    void largePowersAndFactorialsAreReadWithoutBeingEvaluated() {
        assertThat(parser.parse("9^{9^{9^9}}")).isInstanceOf(Reading.Read.class);
        assertThat(parser.parse("(10^9)!")).isInstanceOf(Reading.Read.class);
        assertThat(parser.parse("10^{999999999999}")).isInstanceOf(Reading.Read.class);
        assertThat(parser.parse("1.5 \\times 10^{999999999}")).isInstanceOf(Reading.TooLarge.class);
        assertThat(parser.parse("1e-999999999")).isInstanceOf(Reading.TooLarge.class);
    }
}
