package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Application;
import dev.cooper.mathverifier.syntax.Node.Call;
import dev.cooper.mathverifier.syntax.Node.Constant;
import dev.cooper.mathverifier.syntax.Node.Indexed;
import dev.cooper.mathverifier.syntax.Node.Symbol;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Variables with subscripts, primes and accents, calls of unknown functions. */
final class Names {
    private static final Set<String> FUNCTIONS =
            Set.of("f", "g", "h", "F", "G", "H", "phi", "psi", "sigma", "zeta", "Gamma");
    private static final String INDEXES = "ijklmn";

    private final Grammar grammar;
    private final TokenStream in;
    /** The function that the answer defined last: behind T(n) = no bracket after T is a factor. */
    private String defined = "";

    Names(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** The letter that is next, with what belongs to it. */
    Node name() throws SyntaxFailure {
        Token letter = in.next();
        if (letter.text().equals("C") && in.isAt("_")) {
            Node combination = grammar.specialNames.combinationBehindLetter();
            if (combination != null) {
                return combination;
            }
        }
        String name = letter.text() + primes();
        List<Node> indexes = List.of();
        if (in.isAt("_")) {
            in.next();
            String subscript = plainSubscript();
            if (subscript == null) {
                indexes = indexes();
            } else {
                name += "_" + subscript;
            }
            name += primes();
        }
        if (FUNCTIONS.contains(name) && in.isAt("^")) {
            name = iterated(name);
        }
        if (indexes.isEmpty() && isCalled(name)) {
            return call(name);
        }
        if (!indexes.isEmpty()) {
            return new Indexed(name, indexes);
        }
        return constantOr(name);
    }

    /** {@code f^{-1}} before its argument is a function of its own; elsewhere nothing is taken. */
    private String iterated(String name) throws SyntaxFailure {
        int script = in.position() + 1;
        int end = in.at(script).kind() == Kind.OPEN ? in.closing(script) + 1 : script + 1;
        if (!in.at(end).isOpen("(")) {
            return name;
        }
        in.next();
        return name + "^" + NormalText.of(grammar.operands.script());
    }

    Node constantOr(String name) {
        if (name.equals("e") && !grammar.bound.contains("e")) {
            return new Constant(Constant.Name.E);
        }
        if (name.equals("i") && !grammar.bound.contains("i")) {
            return new Constant(Constant.Name.I);
        }
        return new Symbol(name);
    }

    private String primes() {
        var primes = new StringBuilder();
        while (in.isAt("'") && in.peek().gap() == Gap.NONE) {
            in.next();
            primes.append('\'');
        }
        if (in.isAt("^") && in.peek(1).isSymbol("'")) {
            in.moveTo(in.position() + 2);
            primes.append('\'');
        }
        if (in.isAt("^") && in.peek(1).isOpen("{") && in.peek(2).isSymbol("'")) {
            int close = in.closing(in.position() + 1);
            primes.append("'".repeat(close - in.position() - 2));
            in.moveTo(close + 1);
        }
        return primes.toString();
    }

    /** A subscript that is part of the name, taken: digits, words, capitals; null if it is an index. */
    @Nullable
    String plainSubscript() {
        boolean braced = in.peek().isOpen("{");
        int begin = in.position() + (braced ? 1 : 0);
        int end = braced ? in.closing(in.position()) : begin + 1;
        var text = new StringBuilder();
        for (int i = begin; i < end; i++) {
            Token token = in.at(i);
            boolean plain = token.kind() == Kind.NUMBER
                    || token.isWord()
                    || token.kind() == Kind.LETTER
                    || (token.kind() == Kind.COMMAND && Vocabulary.function(token.text()) != null);
            if (!plain) {
                return null;
            }
            text.append(token.text());
        }
        if (text.isEmpty() || (text.length() == 1 && INDEXES.indexOf(text.charAt(0)) >= 0)) {
            return null;
        }
        in.moveTo(braced ? end + 1 : end);
        return text.toString();
    }

    List<Node> indexes() throws SyntaxFailure {
        boolean i = grammar.bound.add("i");
        List<Node> indexes;
        if (in.peek().isOpen("{")) {
            int close = in.closing(in.position());
            in.next();
            indexes = grammar.fences.elements(close);
        } else {
            indexes = List.of(grammar.operands.subscript());
        }
        if (i) {
            grammar.bound.remove("i");
        }
        return indexes;
    }

    /** Whether the bracket that is next holds the arguments of {@code name}. */
    private boolean isCalled(String name) {
        Token open = in.peek();
        if (!open.isOpen("(") || open.gap() == Gap.WIDE) {
            return false;
        }
        int begin = in.position();
        int close = in.closing(begin);
        if (!in.at(close).text().equals(")") || close == begin + 1) {
            return false;
        }
        String base = name.indexOf('\'') > 0 ? name.substring(0, name.indexOf('\'')) : name;
        int subscript = base.indexOf('_');
        if (name.equals(defined)) {
            return true;
        }
        boolean definition =
                in.at(close + 1).isSymbol("=") && close == begin + 2 && grammar.relations.isAtStart(begin - 1);
        // Nobody writes a product as a(b) or a(2).
        boolean single = close == begin + 2 && isArgument(in.at(begin + 1));
        boolean negative = close == begin + 3 && in.at(begin + 1).isSymbol("-") && isArgument(in.at(begin + 2));
        if (definition) {
            defined = name;
        }
        return FUNCTIONS.contains(subscript > 0 ? base.substring(0, subscript) : base)
                || name.indexOf('^') > 0
                || name.endsWith("'")
                || ((single || negative) && !name.equals("e") && !name.equals("i"))
                || (Character.isUpperCase(base.charAt(0)) && grammar.fences.hasRelation(begin))
                || (isFunctionLetter(base.charAt(0)) && grammar.fences.hasComma(begin));
    }

    private static boolean isArgument(Token token) {
        return token.kind() == Kind.LETTER || token.kind() == Kind.NUMBER;
    }

    /** Whether a letter before several elements is rather a function than a factor. */
    private static boolean isFunctionLetter(char letter) {
        return Character.isUpperCase(letter) || "dpquvw".indexOf(letter) >= 0;
    }

    private Node call(String name) throws SyntaxFailure {
        int close = in.closing(in.position());
        in.next();
        List<Node> arguments = grammar.fences.elements(close);
        if (name.equals("C") && arguments.size() == 2) {
            return new Application(Function.BINOMIAL, arguments);
        }
        if (name.equals("Gamma") && arguments.size() == 1) {
            return new Application(Function.GAMMA, arguments);
        }
        return new Call(name, arguments);
    }
}
