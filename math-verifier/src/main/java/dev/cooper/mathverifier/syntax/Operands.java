package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Application;
import dev.cooper.mathverifier.syntax.Node.Degrees;
import dev.cooper.mathverifier.syntax.Node.Factorial;
import dev.cooper.mathverifier.syntax.Node.Matrix;
import dev.cooper.mathverifier.syntax.Node.Measured;
import dev.cooper.mathverifier.syntax.Node.Numeral;
import dev.cooper.mathverifier.syntax.Node.Percent;
import dev.cooper.mathverifier.syntax.Node.Power;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators stand between: numbers, names, brackets, applications, with the marks behind them. */
final class Operands {
    private static final Set<String> COMMANDS = Set.of(
            "frac",
            "sqrt",
            "cbrt",
            "pi",
            "binom",
            "infty",
            "sum",
            "prod",
            "int",
            "lim",
            "bigcup",
            "bigcap",
            "overline",
            "vec",
            "hat",
            "tilde",
            "angle",
            "triangle",
            "emptyset",
            "setR",
            "setZ",
            "setN",
            "setQ",
            "setC");

    private final Grammar grammar;
    private final TokenStream in;

    Operands(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** Whether {@code token}, the next one, may be multiplied with what stands before it without a sign. */
    boolean mayFollow(Token token) {
        if (token.gap() == Gap.WIDE) {
            return false;
        }
        return switch (token.kind()) {
            case LETTER -> !grammar.measures.isUnitLetter(token) && !grammar.bigOperators.isDifferential();
            case COMMAND ->
                (COMMANDS.contains(token.text()) && !grammar.measures.isUnitFraction())
                        || Vocabulary.function(token.text()) != null;
            case WORD -> isKnown(token) && !grammar.measures.mayFollow(token);
            case OPEN ->
                !token.text().equals(".")
                        && !token.text().equals("]")
                        && !grammar.relations.isModulus()
                        && !grammar.statements.isCondition();
            case NUMBER -> isCofactor(token);
            case SYMBOL -> (token.text().equals("|") || token.text().equals("\u2016")) && grammar.fences.opensBars();
            case TEXT -> Vocabulary.function(token.text()) != null && !grammar.measures.mayFollow(token);
            case CLOSE, END -> false;
        };
    }

    /** Whether a number follows what it is multiplied with: {@code (n-2) 2^n}, {@code N2^{-N}}. */
    private boolean isCofactor(Token number) {
        Token before = in.peek(-1);
        boolean power = in.peek(1).isSymbol("^");
        if (in.isSplit()) {
            return false;
        }
        if (before.isSymbol("!")) {
            return true;
        }
        if (before.kind() == Kind.CLOSE) {
            return number.gap() == Gap.NONE || (before.text().equals(")") && (power || !number.plain()));
        }
        return power && !number.plain() && before.kind() == Kind.LETTER;
    }

    /** Whether a token goes on with a number that was begun. */
    boolean isMoreOfNumber(Token token) {
        return token.kind() == Kind.NUMBER || token.isSymbol("^");
    }

    private static boolean isKnown(Token token) {
        return !token.isWord("or")
                && !token.isWord("and")
                && !token.isWord("mod")
                && (Vocabulary.isName(token.text()) || (!token.plain() && Units.isKnownWord(token.text())));
    }

    /** An operand with its powers, factorials, percent signs and degrees. */
    Node operand() throws SyntaxFailure {
        in.enter();
        Token first = in.peek();
        Node node = grammar.measures.isCurrency(first) ? grammar.measures.currencyBefore() : grammar.atoms.atom();
        in.count();
        for (boolean more = true; more; ) {
            Token mark = in.peek();
            String sign = mark.kind() == Kind.SYMBOL ? mark.text() : "";
            switch (sign) {
                case "^" -> node = raised(node);
                case "!" -> {
                    in.next();
                    boolean twice = in.isAt("!") && in.peek().gap() == Gap.NONE;
                    in.moveTo(in.position() + (twice ? 1 : 0));
                    node = new Factorial(Values.scalar(node), twice);
                    in.chain();
                }
                case "%" -> {
                    in.next();
                    node = new Percent(Values.scalar(node));
                    in.chain();
                }
                case "\u00b0" -> node = degrees(Values.scalar(node));
                default -> more = false;
            }
        }
        in.leave();
        return node;
    }

    private Node raised(Node base) throws SyntaxFailure {
        in.next();
        in.chain();
        boolean braced = in.peek().isOpen("{") && in.peek(2).kind() == Kind.CLOSE;
        Token sign = in.peek(braced ? 1 : 0);
        boolean transposed = sign.isCommand("\\top") || (base instanceof Matrix && sign.is(Kind.LETTER, "T"));
        boolean ordinal = base instanceof Numeral && braced && Units.isOrdinal(sign.text());
        if (transposed || ordinal) {
            in.moveTo(in.position() + (braced ? 3 : 1));
            return ordinal
                    ? new Measured(base, new Unit(sign.text()))
                    : new Application(Function.TRANSPOSE, List.of(Values.operand(base)));
        }
        return new Power(Values.base(base), Values.scalar(script()));
    }

    /** Degrees with minutes and seconds of arc; a temperature is measured. */
    private Node degrees(Node value) throws SyntaxFailure {
        in.next();
        in.chain();
        Token scale = in.peek();
        boolean temperature = (scale.kind() == Kind.LETTER || scale.isWord())
                && (scale.text().equals("C") || scale.text().equals("F"))
                && !in.peek(1).isSymbol("=");
        if (temperature) {
            in.next();
            return new Measured(value, new Unit("\u00b0" + scale.text().toLowerCase(Locale.ROOT)));
        }
        Node minutes = arc(1);
        Node seconds = minutes == null ? null : arc(2);
        Node none = Numeral.of(0);
        return new Degrees(value, minutes == null ? none : minutes, seconds == null ? none : seconds);
    }

    /** Minutes (one prime) or seconds (two primes), taken; null if none are next. */
    private @Nullable Node arc(int primes) throws SyntaxFailure {
        boolean written = in.peek().kind() == Kind.NUMBER;
        for (int i = 1; i <= primes; i++) {
            written &= in.peek(i).isSymbol("'");
        }
        if (!written) {
            return null;
        }
        Node value = grammar.numbers.literal();
        in.moveTo(in.position() + primes);
        return value;
    }

    /** What stands behind {@code ^}: a group, a signed number, or one operand; a tower is read from its top. */
    Node script() throws SyntaxFailure {
        in.enter();
        boolean braced = in.peek().isOpen("{");
        Node node = subscript();
        if (!braced && in.isAt("^")) {
            in.next();
            node = new Power(Values.base(node), Values.scalar(script()));
        }
        in.leave();
        return node;
    }

    /** What stands behind {@code _}: a group, a signed number, or one operand. */
    Node subscript() throws SyntaxFailure {
        in.enter();
        Node node;
        if (in.isAt("-") || in.isAt("+")) {
            boolean negative = in.next().isSymbol("-");
            Node size = Values.scalar(subscript());
            node = negative ? new Node.Negation(size) : size;
        } else {
            node = in.peek().kind() == Kind.NUMBER ? grammar.numbers.literal() : grammar.atoms.atom();
        }
        in.leave();
        return node;
    }

    /** The argument of a command: a group, one digit, or one operand without marks. */
    Node argument() throws SyntaxFailure {
        in.enter();
        Node node;
        if (in.peek().kind() == Kind.NUMBER && !in.peek().text().startsWith(".")) {
            node = Numeral.of(in.nextDigit().charAt(0) - '0');
        } else {
            node = grammar.atoms.atom();
        }
        in.leave();
        return node;
    }
}
