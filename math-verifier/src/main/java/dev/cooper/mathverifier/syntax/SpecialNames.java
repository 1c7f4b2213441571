package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Application;
import dev.cooper.mathverifier.syntax.Node.Indexed;
import dev.cooper.mathverifier.syntax.Node.NumberSet;
import dev.cooper.mathverifier.syntax.Node.Product;
import dev.cooper.mathverifier.syntax.Node.Symbol;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names that are written in a way of their own: combinations, accents, sets of numbers, words in mathematics. */
final class SpecialNames {
    private final Grammar grammar;
    private final TokenStream in;

    SpecialNames(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** {@code C_n^k} with the larger below; null, and nothing is taken, if C is a constant's name. */
    @Nullable
    Node combinationBehindLetter() throws SyntaxFailure {
        int start = in.position();
        int below = start + 1;
        int end = in.at(below).kind() == Kind.OPEN ? in.closing(below) + 1 : below + 1;
        boolean constant = in.at(below).is(Kind.NUMBER, "1") || in.at(below).is(Kind.NUMBER, "2");
        if (!in.at(end).isSymbol("^") || constant) {
            return null;
        }
        in.next();
        Node n = grammar.operands.subscript();
        in.next();
        return new Application(Function.BINOMIAL, List.of(n, grammar.operands.script()));
    }

    /** {@code {}_nC_k}, {@code ^nC_k}, {@code {}_nP_k}. */
    Node combination() throws SyntaxFailure {
        in.accept("{}");
        if (!in.accept("_") && !in.accept("^")) {
            throw in.notUnderstood();
        }
        Node n = grammar.operands.subscript();
        Token letter = in.next();
        boolean known = letter.kind() == Kind.LETTER
                && (letter.text().equals("C") || letter.text().equals("P"));
        if (!known || !in.accept("_")) {
            throw in.notUnderstood();
        }
        Function function = letter.text().equals("C") ? Function.BINOMIAL : Function.PERMUTATIONS;
        return new Application(function, List.of(n, grammar.operands.subscript()));
    }

    /** {@code \vec{v}}, {@code \overline{AB}}, {@code \angle ABC}: one name of all that it covers. */
    Node accented() throws SyntaxFailure {
        Token accent = in.next();
        var name = new StringBuilder("\\").append(accent.text()).append(' ');
        if (in.peek().isOpen("{")) {
            int close = in.closing(in.position());
            in.next();
            while (in.position() < close) {
                name.append(plain(in.next()));
            }
            in.next();
        } else {
            boolean several = accent.text().equals("angle") || accent.text().equals("triangle");
            do {
                name.append(plain(in.next()));
                if (in.accept("_")) {
                    name.append('_').append(subscriptOfPoint());
                }
            } while (several && in.peek().kind() == Kind.LETTER);
        }
        if (!in.accept("_")) {
            return new Symbol(name.toString());
        }
        String subscript = grammar.names.plainSubscript();
        return subscript == null
                ? new Indexed(name.toString(), grammar.names.indexes())
                : new Symbol(name + "_" + subscript);
    }

    private String subscriptOfPoint() throws SyntaxFailure {
        String subscript = grammar.names.plainSubscript();
        if (subscript == null) {
            throw in.notUnderstood();
        }
        return subscript;
    }

    private String plain(Token token) throws SyntaxFailure {
        boolean group = token.text().equals("{") || token.text().equals("}");
        boolean plain = token.kind() == Kind.LETTER
                || token.kind() == Kind.NUMBER
                || token.isWord()
                || token.isSymbol("_")
                || token.isSymbol("'");
        if (!plain && !group) {
            throw in.notUnderstood();
        }
        return group ? "" : token.text();
    }

    /** {@code \mathbb{R}}, {@code \mathbb{R}^+}. */
    Node numberSet() throws SyntaxFailure {
        NumberSet.Domain domain = switch (in.next().text()) {
            case "setR" -> NumberSet.Domain.REALS;
            case "setZ" -> NumberSet.Domain.INTEGERS;
            case "setN" -> NumberSet.Domain.NATURALS;
            case "setQ" -> NumberSet.Domain.RATIONALS;
            default -> NumberSet.Domain.COMPLEX;
        };
        if (!in.isAt("^") && !in.isAt("_")) {
            return new NumberSet(domain, 0);
        }
        boolean braced = in.peek(1).isOpen("{");
        Token sign = in.peek(braced ? 2 : 1);
        int end = in.position() + (braced ? 4 : 2);
        boolean bound = in.isAt("_") && braced && in.peek(3).is(Kind.NUMBER, "0");
        boolean positive = sign.isSymbol("+") || (bound && sign.isSymbol(">"));
        boolean negative = sign.isSymbol("-") || (bound && sign.isSymbol("<"));
        if (!positive && !negative) {
            return new NumberSet(domain, 0);
        }
        in.moveTo(end + (bound ? 1 : 0));
        return new NumberSet(domain, positive ? 1 : -1);
    }

    /** A word that is none of prose here: in mathematics the product of its letters. */
    Node word() throws SyntaxFailure {
        Token token = in.next();
        String word = token.text();
        if (word.length() == 1) {
            return grammar.names.constantOr(word);
        }
        if (Vocabulary.isGreek(word)) {
            return new Symbol(word);
        }
        if (token.kind() == Kind.TEXT || token.plain() || !Units.isKnownWord(word)) {
            in.moveTo(in.position() - 1);
            throw in.notUnderstood();
        }
        List<Node> letters = new ArrayList<>();
        for (int i = 0; i < word.length(); i++) {
            letters.add(grammar.names.constantOr(word.substring(i, i + 1)));
        }
        return new Product(letters);
    }
}
