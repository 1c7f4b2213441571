package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Application;
import dev.cooper.mathverifier.syntax.Node.Constant;
import dev.cooper.mathverifier.syntax.Node.Numeral;
import dev.cooper.mathverifier.syntax.Node.Quotient;
import dev.cooper.mathverifier.syntax.Node.Root;
import dev.cooper.mathverifier.syntax.Node.SetOf;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;

/** Operands by their first token: what each command, word, letter, number and bracket begins. */
final class Atoms {
    private final Grammar grammar;
    private final TokenStream in;

    Atoms(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** The operand that is next, without what stands behind it. */
    Node atom() throws SyntaxFailure {
        Token token = in.peek();
        return switch (token.kind()) {
            case NUMBER -> grammar.numbers.number();
            case LETTER -> grammar.names.name();
            case WORD, TEXT -> word(token);
            case COMMAND -> command(token);
            case OPEN -> grammar.fences.fence();
            case SYMBOL -> sign(token);
            case CLOSE, END -> throw in.notUnderstood();
        };
    }

    private Node sign(Token token) throws SyntaxFailure {
        return switch (token.text()) {
            case "|", "\u2016" -> grammar.fences.bars();
            case "{}" -> grammar.specialNames.combination();
            case "^" -> grammar.specialNames.combination();
            default -> throw in.notUnderstood();
        };
    }

    private Node word(Token token) throws SyntaxFailure {
        if (Vocabulary.function(token.text()) != null) {
            return grammar.functions.application();
        }
        return switch (token.text()) {
            case "sqrt", "cbrt" -> root();
            case "pi" -> constant(Constant.Name.PI);
            case "infinity", "inf", "oo" -> constant(Constant.Name.INFINITY);
            default -> grammar.specialNames.word();
        };
    }

    private Node command(Token token) throws SyntaxFailure {
        return switch (token.text()) {
            case "frac" -> fraction();
            case "sqrt", "cbrt" -> root();
            case "pi" -> constant(Constant.Name.PI);
            case "infty" -> constant(Constant.Name.INFINITY);
            case "binom" -> binomial();
            case "emptyset" -> emptySet();
            case "sum", "prod", "int", "bigcup", "bigcap", "lim" -> grammar.bigOperators.operator();
            case "overline", "vec", "hat", "tilde", "angle", "triangle" -> grammar.specialNames.accented();
            case "setR", "setZ", "setN", "setQ", "setC" -> grammar.specialNames.numberSet();
            default -> grammar.functions.application();
        };
    }

    private Node binomial() throws SyntaxFailure {
        in.next();
        Node n = Values.scalar(grammar.operands.argument());
        return new Application(Function.BINOMIAL, List.of(n, Values.scalar(grammar.operands.argument())));
    }

    private Node emptySet() {
        in.next();
        return new SetOf(List.of());
    }

    private Node constant(Constant.Name name) {
        in.next();
        return new Constant(name);
    }

    private Node fraction() throws SyntaxFailure {
        in.next();
        boolean differential = isDifferential(in.position());
        Node dividend = Values.operand(grammar.operands.argument());
        if (differential && isDifferential(in.position())) {
            // dy/dx is no quotient whose d cancels.
            throw in.notUnderstood();
        }
        return new Quotient(dividend, Values.scalar(grammar.operands.argument()));
    }

    private boolean isDifferential(int index) {
        Token first = in.at(index + 1);
        boolean group = in.at(index).isOpen("{");
        return group && (first.is(Kind.LETTER, "d") || first.is(Kind.LETTER, "partial"));
    }

    private Node root() throws SyntaxFailure {
        Token sign = in.next();
        Node index = Numeral.of(sign.text().equals("cbrt") ? 3 : 2);
        if (in.peek().isOpen("[")) {
            int close = in.closing(in.position());
            in.next();
            index = grammar.expressions.expression();
            in.close(close);
        }
        Node radicand = in.peek().kind() == Kind.NUMBER ? grammar.numbers.literal() : grammar.operands.argument();
        return new Root(Values.scalar(radicand), Values.scalar(index));
    }
}
