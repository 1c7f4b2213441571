package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Modulo;
import dev.cooper.mathverifier.syntax.Node.Not;
import dev.cooper.mathverifier.syntax.Node.NumberSet;
import dev.cooper.mathverifier.syntax.Node.Relation;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import dev.cooper.mathverifier.syntax.Node.Words;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Relations and chains of them. */
final class Relations {
    private static final Map<String, Sign> SIGNS = Map.ofEntries(
            Map.entry("=", Sign.EQUAL),
            Map.entry("\u2260", Sign.NOT_EQUAL),
            Map.entry("<", Sign.LESS),
            Map.entry("\u2264", Sign.LESS_OR_EQUAL),
            Map.entry(">", Sign.GREATER),
            Map.entry("\u2265", Sign.GREATER_OR_EQUAL),
            Map.entry("\u2248", Sign.APPROXIMATELY),
            Map.entry("\u2261", Sign.EQUIVALENT),
            Map.entry("\u21d4", Sign.EQUIVALENT),
            Map.entry("\u2208", Sign.ELEMENT_OF),
            Map.entry("\u2209", Sign.NOT_ELEMENT_OF),
            Map.entry("\u2282", Sign.SUBSET),
            Map.entry("\u2223", Sign.DIVIDES),
            Map.entry("\u2224", Sign.NOT_DIVIDES),
            Map.entry("\u2192", Sign.MAPS_TO),
            Map.entry("\u21d2", Sign.IMPLIES),
            Map.entry("\u2225", Sign.PARALLEL),
            Map.entry("\u22a5", Sign.PERPENDICULAR),
            Map.entry("\u223c", Sign.SIMILAR),
            Map.entry("~", Sign.SIMILAR),
            Map.entry("\u2245", Sign.CONGRUENT),
            Map.entry("\u221d", Sign.PROPORTIONAL));
    private static final Map<Sign, Sign> NEGATED =
            Map.of(Sign.EQUAL, Sign.NOT_EQUAL, Sign.ELEMENT_OF, Sign.NOT_ELEMENT_OF, Sign.DIVIDES, Sign.NOT_DIVIDES);

    private final Grammar grammar;
    private final TokenStream in;
    private int start = -1;

    Relations(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** Whether the relation that is being read begins at {@code index}. */
    boolean isAtStart(int index) {
        return index == start;
    }

    Node relation() throws SyntaxFailure {
        if (in.accept("\u00ac")) {
            return new Not(relation());
        }
        if (!in.accept("=")) {
            in.accept("\u2248");
        }
        start = in.position();
        List<Node> operands = new ArrayList<>();
        List<Sign> signs = new ArrayList<>();
        operands.add(side());
        if (operands.getFirst() instanceof Words && !in.isAt("=")) {
            in.accept(":");
            signs.add(Sign.EQUAL);
            operands.add(side());
        }
        for (Sign sign = alignedSign(); sign != null; sign = alignedSign()) {
            signs.add(sign);
            operands.add(side());
            in.count();
        }
        NumberSet domain = grammar.domains.domainBehind();
        if (domain != null) {
            signs.add(Sign.ELEMENT_OF);
            operands.add(domain);
        }
        return signs.isEmpty() ? operands.getFirst() : new Relation(operands, signs);
    }

    /** The sign that is next, also behind an ampersand or at the beginning of the next line. */
    private @Nullable Sign alignedSign() throws SyntaxFailure {
        if (!grammar.environments.isInside()) {
            int offset = in.isAt(Token.LINE_END) ? 1 : 0;
            offset += in.peek(offset).isSymbol("&") ? 1 : 0;
            if (offset > 0
                    && in.peek(offset).kind() == Kind.SYMBOL
                    && SIGNS.containsKey(in.peek(offset).text())) {
                in.moveTo(in.position() + offset);
            }
        }
        return sign();
    }

    /** The sign that is next, taken; null if there is none. */
    private @Nullable Sign sign() throws SyntaxFailure {
        Token token = in.peek();
        if (token.isCommand("not")) {
            in.next();
            Sign sign = SIGNS.get(in.next().text());
            Sign negated = sign == null ? null : NEGATED.get(sign);
            if (negated == null) {
                throw in.notUnderstood();
            }
            return negated;
        }
        if (token.kind() != Kind.SYMBOL) {
            return null;
        }
        if (token.text().equals("|") && grammar.fences.isSingleBar() && !grammar.fences.isColonTaken()) {
            in.next();
            return Sign.DIVIDES;
        }
        Sign sign = SIGNS.get(token.text());
        boolean divides = sign == Sign.DIVIDES && grammar.fences.isColonTaken();
        if (sign == null || divides) {
            return null;
        }
        in.next();
        return sign;
    }

    private Node side() throws SyntaxFailure {
        Node label = grammar.prose.label();
        if (label != null) {
            return label;
        }
        Node side = grammar.expressions.expression();
        return isModulus() ? new Modulo(side, modulus()) : side;
    }

    /** Whether {@code \pmod 7} or {@code (mod 7)} is next. */
    boolean isModulus() {
        Token token = in.peek();
        if (token.isCommand("pmod")) {
            return true;
        }
        Token inner = in.peek(1);
        return token.isOpen("(") && (inner.isWord("mod") || inner.isCommand("mod") || inner.isCommand("bmod"));
    }

    private Node modulus() throws SyntaxFailure {
        if (in.peek().isCommand("pmod")) {
            in.next();
            return in.peek().kind() == Kind.NUMBER ? grammar.numbers.literal() : grammar.operands.argument();
        }
        int close = in.closing(in.position());
        in.moveTo(in.position() + 2);
        Node modulus = grammar.expressions.expression();
        in.close(close);
        return modulus;
    }
}
