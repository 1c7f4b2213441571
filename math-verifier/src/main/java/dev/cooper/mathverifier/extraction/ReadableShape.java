package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.syntax.AnswerParser;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.NormalText;
import dev.cooper.mathverifier.syntax.Reading;
import java.util.Objects;

/** An answer is what the parser understands, unless that is a sentence. */
public final class ReadableShape implements AnswerShape {
    /** Words without a value: "does not exist" is an answer, "we can easily see it" is prose. */
    private static final int WORDS = 3;
    /** Words in a list with values: "red and blue", not "18, which is the sum". */
    private static final int WORDS_IN_A_LIST = 2;

    private final AnswerParser parser;

    public ReadableShape(AnswerParser parser) {
        this.parser = Objects.requireNonNull(parser, "parser");
    }

    @Override
    public boolean isAnswer(String text) {
        return parser.parse(text) instanceof Reading.Read read && isAnswer(read.node(), WORDS);
    }

    /** The canonical text; of a value with a unit, the value's. */
    @Override
    public String plain(String text) {
        return parser.parse(text) instanceof Reading.Read read
                ? NormalText.of(read.node() instanceof Node.Measured measured ? measured.value() : read.node())
                : text;
    }

    private static boolean isAnswer(Node node, int words) {
        if (node instanceof Node.Words phrase) {
            return phrase.text().chars().filter(c -> c == ' ').count() < words;
        }
        if (node instanceof Node.Sequence sequence) {
            // "Matrix with fractions: ..." is prose before a formula.
            boolean phrases = sequence.items().stream().anyMatch(item -> item instanceof Node.Words);
            boolean statements = sequence.items().stream().anyMatch(item -> item instanceof Node.Relation);
            return !(phrases && statements)
                    && sequence.items().stream().allMatch(item -> isAnswer(item, WORDS_IN_A_LIST));
        }
        if (node instanceof Node.Option option) {
            return isAnswer(option.text(), words);
        }
        return !(node instanceof Node.Opaque);
    }
}
