package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Expressions.Binding;
import dev.cooper.mathverifier.syntax.Node.Degrees;
import dev.cooper.mathverifier.syntax.Node.Measured;
import dev.cooper.mathverifier.syntax.Node.Numeral;
import dev.cooper.mathverifier.syntax.Node.Percent;
import dev.cooper.mathverifier.syntax.Node.Product;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Units, currencies and words behind numbers. A bare letter is a unit only where it can be nothing else. */
final class Measures {
    private static final int MOST_WORDS = 8;
    private static final Set<String> CONNECTORS = Set.of(
            "and",
            "or",
            "for",
            "where",
            "with",
            "such",
            "if",
            "when",
            "otherwise",
            "is",
            "are",
            "mod",
            "has",
            "have",
            "does",
            "do",
            "not",
            "no",
            "never",
            "cannot",
            "holds",
            "fails",
            "without",
            "except",
            "unless");

    private final Grammar grammar;
    private final TokenStream in;

    Measures(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** Whether {@code token}, the next one, begins a unit of what stands before it. */
    boolean mayFollow(Token token) {
        return switch (token.kind()) {
            case SYMBOL -> Units.isCurrency(token.text());
            case LETTER -> isUnitLetter(token);
            case TEXT -> isUnitWord(token);
            case WORD ->
                isUnitWord(token)
                        && (Units.isKnownWord(token.text())
                                ? token.plain() || isValueEnd(in.peek(-1))
                                : token.isSpaced() && !Vocabulary.isName(token.text()));
            case COMMAND -> isUnitFraction();
            case NUMBER, OPEN, CLOSE, END -> false;
        };
    }

    private static boolean isValueEnd(Token token) {
        return token.kind() == Kind.NUMBER || token.kind() == Kind.CLOSE || token.isCommand("pi");
    }

    private boolean isUnitWord(Token token) {
        String word = token.text().toLowerCase(Locale.ROOT);
        boolean predicate = in.peek(-1).kind() == Kind.LETTER && Domains.isWord(word);
        boolean minutes = word.equals("min")
                && in.peek(-1).kind() == Kind.NUMBER
                && in.peek(1).kind() != Kind.OPEN;
        boolean function = Vocabulary.function(token.text()) != null && !minutes;
        return !CONNECTORS.contains(word) && !function && !predicate;
    }

    boolean isCurrency(Token token) {
        return token.kind() == Kind.SYMBOL && Units.isCurrency(token.text());
    }

    /** A fraction of words: {@code \frac{\text{km}}{\text{h}}}. */
    boolean isUnitFraction() {
        if (!in.peek().isCommand("frac") || !in.peek(1).isOpen("{")) {
            return false;
        }
        int below = in.closing(in.position() + 1) + 1;
        return in.peek(2).kind() == Kind.TEXT
                && in.at(below).isOpen("{")
                && in.at(below + 1).kind() == Kind.TEXT
                && Vocabulary.function(in.peek(2).text()) == null;
    }

    private Node unitFraction(Node value) throws SyntaxFailure {
        int above = in.position();
        int below = in.closing(above) + 1;
        int end = in.closing(below);
        var unit = new StringBuilder();
        for (int i = above + 1; i < end; i++) {
            Token token = in.at(i);
            boolean part = token.isWord() || token.kind() == Kind.NUMBER || token.isSymbol("^");
            if (!part && i != below - 1 && i != below) {
                throw in.notUnderstood();
            }
            unit.append(part ? token.text().toLowerCase(Locale.ROOT) : i == below ? "/" : "");
        }
        in.moveTo(end + 1);
        return new Measured(Values.operand(value), new Unit(unit.toString()));
    }

    /** A single letter behind a number of plain text with a space between, and nothing behind it: "5 m", "5 m/s". */
    boolean isUnitLetter(Token token) {
        if (!token.plain() || !Units.isLetter(token.text()) || in.peek(-1).kind() != Kind.NUMBER) {
            return false;
        }
        int next = 1;
        if (in.peek(next).isSymbol("/")
                && in.peek(next + 1).kind() == Kind.LETTER
                && Units.isLetter(in.peek(next + 1).text())) {
            next += 2;
        }
        boolean power = in.peek(next).isSymbol("^");
        if (power) {
            next += in.peek(next + 1).isOpen("{") ? 4 : 2;
        }
        boolean decimal = in.peek(-1).text().indexOf('.') >= 0;
        return (token.isSpaced() || (power && decimal) || (next > 2 && !power)) && isBorder(in.peek(next));
    }

    private static boolean isBorder(Token token) {
        return token.kind() == Kind.END
                || token.kind() == Kind.CLOSE
                || token.isSymbol(",")
                || token.isSymbol(";")
                || (token.isWord() && CONNECTORS.contains(token.text()));
    }

    /** A currency's sign and the amount behind it. */
    Node currencyBefore() throws SyntaxFailure {
        String sign = in.next().text();
        Node amount = grammar.expressions.expression(Binding.OPERAND);
        long multiplier = in.peek().isWord() ? Units.multiplier(in.peek().text()) : 0;
        if (multiplier > 0) {
            in.next();
            amount = new Product(List.of(amount, Numeral.of(multiplier)));
        }
        return new Measured(amount, new Unit(sign));
    }

    /** {@code value} with the unit that is next. */
    Node behind(Node value) throws SyntaxFailure {
        in.count();
        in.chain();
        Token first = in.next();
        if (first.kind() == Kind.COMMAND) {
            return unitFraction(value);
        }
        long multiplier = first.isWord() ? Units.multiplier(first.text()) : 0;
        if (multiplier > 0) {
            return new Product(List.of(value, Numeral.of(multiplier)));
        }
        if (first.isWord() && Units.isPercent(first.text())) {
            return new Percent(value);
        }
        boolean known = isCurrency(first) || first.kind() == Kind.LETTER || Units.isKnownWord(first.text());
        var unit = new StringBuilder(first.text().toLowerCase(Locale.ROOT));
        if (first.isWord()) {
            requireNoStatement(first);
        }
        words(unit);
        Values.operand(value);
        if (!known && !isNumeric(value)) {
            throw in.notUnderstood();
        }
        remark();
        if (Units.isDegrees(unit.toString())) {
            return new Degrees(value, Numeral.of(0), Numeral.of(0));
        }
        Measured measured = value instanceof Measured(Node amount, Unit before)
                ? new Measured(amount, new Unit(before.text() + ' ' + unit))
                : new Measured(value, new Unit(unit.toString()));
        return known && in.peek().kind() == Kind.NUMBER ? compound(measured) : measured;
    }

    /** 5 ft 3 in. */
    private Node compound(Measured first) throws SyntaxFailure {
        Node rest = grammar.expressions.expression(Binding.MEASURE);
        return switch (rest) {
            case Measured second -> new Node.Sum(List.of(first, second));
            case Node.Sum sum -> {
                List<Node> terms = new ArrayList<>(sum.terms());
                terms.addFirst(first);
                yield new Node.Sum(terms);
            }
            default -> throw in.notUnderstood();
        };
    }

    private void requireNoStatement(Token word) throws SyntaxFailure {
        if (Units.isStatement(word.text())) {
            throw in.notUnderstood();
        }
    }

    private void words(StringBuilder unit) throws SyntaxFailure {
        for (int words = 1; words < MOST_WORDS; ) {
            Token token = in.peek();
            Token behind = in.peek(1);
            boolean unitFollows = behind.isWord() || (behind.kind() == Kind.LETTER && behind.gap() == Gap.NONE);
            if (token.isSymbol(".") && behind.isWord()) {
                // p.m., sq. ft
                in.next();
                unit.append(behind.isSpaced() ? " " : "")
                        .append(in.next().text().toLowerCase(Locale.ROOT));
            } else if (token.isSymbol("^")) {
                in.next();
                unit.append('^').append(NormalText.of(grammar.operands.script()));
            } else if ((token.isSymbol("/") || token.isSymbol("*")) && unitFollows) {
                in.next();
                unit.append(token.text()).append(in.next().text().toLowerCase(Locale.ROOT));
            } else if (token.isWord() && !CONNECTORS.contains(token.text().toLowerCase(Locale.ROOT))) {
                requireNoStatement(token);
                in.next();
                words++;
                unit.append(' ').append(token.text().toLowerCase(Locale.ROOT));
            } else if (token.kind() == Kind.LETTER && token.text().equals("a") && token.isSpaced() && behind.isWord()) {
                in.next();
                unit.append(" a");
            } else {
                return;
            }
        }
    }

    /** A remark in brackets, of words only, says nothing more. */
    private void remark() {
        if (!in.peek().isOpen("(")) {
            return;
        }
        int close = in.closing(in.position());
        for (int i = in.position() + 1; i < close; i++) {
            if (!in.at(i).isWord() || Units.isStatement(in.at(i).text())) {
                return;
            }
        }
        in.moveTo(close + 1);
    }

    /** Whether a value holds no variables, so that words behind it can only say what it counts. */
    private static boolean isNumeric(Node value) {
        return switch (value) {
            case Node.Symbol _, Node.Indexed _, Node.Call _, Node.Words _, Node.Opaque _, Node.Relation _ -> false;
            case Node.Sum sum -> sum.terms().stream().allMatch(Measures::isNumeric);
            case Product product -> product.factors().stream().allMatch(Measures::isNumeric);
            case Node.Negation negation -> isNumeric(negation.operand());
            case Node.Quotient quotient -> isNumeric(quotient.dividend()) && isNumeric(quotient.divisor());
            case Node.Power power -> isNumeric(power.base()) && isNumeric(power.exponent());
            default -> true;
        };
    }
}
