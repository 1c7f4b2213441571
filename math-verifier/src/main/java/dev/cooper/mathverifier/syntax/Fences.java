package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Application;
import dev.cooper.mathverifier.syntax.Node.Bracket;
import dev.cooper.mathverifier.syntax.Node.Bracketed;
import dev.cooper.mathverifier.syntax.Node.Sequence;
import dev.cooper.mathverifier.syntax.Node.SetBuilder;
import dev.cooper.mathverifier.syntax.Node.SetOf;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Brackets of every kind: groups, tuples, intervals, vectors, sets, absolute values, floors. */
final class Fences {
    private final Grammar grammar;
    private final TokenStream in;
    private int openBars;
    private boolean suchThat;

    Fences(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** Whether a colon here means "such that". */
    boolean isColonTaken() {
        return suchThat;
    }

    /** Whether the bar that is next, where an operator might stand, opens an absolute value. */
    boolean opensBars() {
        return openBars == 0 && in.peek().isSymbol("|") && in.barsFromHere() % 2 == 0;
    }

    /** Whether the bar that is next neither opens nor closes an absolute value. */
    boolean isSingleBar() {
        return in.isAt("|") && openBars == 0 && in.barsFromHere() % 2 == 1;
    }

    /** Whether the brackets at {@code open} hold elements, separated by commas or semicolons. */
    boolean hasComma(int open) {
        return holds(open, ",;");
    }

    /** Whether the brackets at {@code open} hold a relation or an operation on events. */
    boolean hasRelation(int open) {
        return holds(open, "=<>\u2264\u2265\u2260\u2208\u222a\u2229");
    }

    private boolean holds(int open, String signs) {
        int close = in.closing(open);
        for (int i = open + 1; i < close; i++) {
            Token token = in.at(i);
            if (token.kind() == Kind.OPEN) {
                i = in.closing(i);
            } else if (token.kind() == Kind.SYMBOL && signs.contains(token.text())) {
                return true;
            }
        }
        return false;
    }

    /** The bracket that is next, and what it holds. */
    Node fence() throws SyntaxFailure {
        int outerBars = openBars;
        boolean outerSuchThat = suchThat;
        openBars = 0;
        suchThat = false;
        in.enter();
        Token open = in.peek();
        Node node = open.text().startsWith("begin:") ? grammar.environments.environment() : inside(open);
        in.leave();
        openBars = outerBars;
        suchThat = outerSuchThat;
        return node;
    }

    private Node inside(Token open) throws SyntaxFailure {
        int begin = in.position();
        int close = in.closing(begin);
        in.next();
        return switch (open.text()) {
            case "{" -> group(begin, close);
            case "box" -> box(close);
            case "\\{" -> set(close);
            case "(", "[", "]", "\u27e8" -> bracketed(open, begin, close);
            case "|" -> grammar.environments.absolute(single(close));
            case "\u2016" -> new Application(Function.NORM, List.of(single(close)));
            case "\u230a" -> new Application(Function.FLOOR, List.of(closedBy("\u230b", close)));
            case "\u2308" -> new Application(Function.CEILING, List.of(closedBy("\u2309", close)));
            default -> throw in.notUnderstood();
        };
    }

    private Node closedBy(String bracket, int close) throws SyntaxFailure {
        if (!in.at(close).text().equals(bracket)) {
            throw in.notUnderstood();
        }
        return single(close);
    }

    /** What stands up to {@code close}, one thing without commas. */
    private Node single(int close) throws SyntaxFailure {
        Node node = grammar.expressions.expression();
        in.close(close);
        return node;
    }

    /** Braces that only hold together; with commas between them they were meant for a set. */
    private Node group(int begin, int close) throws SyntaxFailure {
        boolean bare = isBorder(in.at(begin - 1)) && in.at(begin - 1).kind() != Kind.CLOSE;
        if (bare && holds(begin, "|:\u2223") && hasRelation(begin)) {
            return set(close);
        }
        if (hasComma(begin)) {
            return new SetOf(elements(close));
        }
        Node node = grammar.statements.inside(close);
        if (in.peek().isCommand("choose")) {
            in.next();
            node = new Application(Function.BINOMIAL, List.of(node, grammar.expressions.expression()));
        }
        in.close(close);
        return node;
    }

    private Node box(int close) throws SyntaxFailure {
        Node node = grammar.statements.inside(close);
        in.close(close);
        return node;
    }

    /** Elements up to {@code close}, which is taken too. */
    List<Node> elements(int close) throws SyntaxFailure {
        List<Node> elements = new ArrayList<>();
        while (in.position() < close) {
            elements.add(grammar.statements.item());
            boolean separated = in.accept(",") || in.accept(";") || grammar.statements.acceptConjunction();
            if (!separated && in.position() < close) {
                throw in.notUnderstood();
            }
        }
        in.close(close);
        if (elements.isEmpty()) {
            throw in.notUnderstood();
        }
        return elements;
    }

    private Node bracketed(Token open, int begin, int close) throws SyntaxFailure {
        List<List<Node>> rows = rows(close);
        Token end = in.at(close);
        List<Node> first = rows.getFirst();
        boolean square = open.text().equals("[") && end.text().equals("]");
        if (rows.size() > 1 && first.size() > 1) {
            if (!square) {
                throw in.notUnderstood();
            }
            return grammar.environments.matrix(rows);
        }
        List<Node> elements =
                rows.size() > 1 ? rows.stream().map(List::getFirst).toList() : first;
        boolean round = open.text().equals("(") && end.text().equals(")");
        boolean matrix = square && first.getFirst() instanceof Node.Matrix;
        if (elements.size() == 1 && (round || matrix || (square && !standsAlone(begin, close)))) {
            return first.getFirst();
        }
        if (square && Environments.areRows(elements)) {
            return grammar.environments.matrix(
                    elements.stream().map(e -> ((Bracketed) e).elements()).toList());
        }
        return new Bracketed(kind(open), kind(end), elements);
    }

    /** Elements separated by commas, in rows separated by semicolons. */
    private List<List<Node>> rows(int close) throws SyntaxFailure {
        List<List<Node>> rows = new ArrayList<>();
        List<Node> row = new ArrayList<>();
        while (true) {
            row.add(grammar.statements.item());
            if (in.accept(",")) {
                continue;
            }
            rows.add(row);
            if (!in.accept(";")) {
                break;
            }
            row = new ArrayList<>();
        }
        in.close(close);
        int width = rows.getFirst().size();
        if (rows.stream().anyMatch(r -> r.size() != width)) {
            throw in.notUnderstood();
        }
        return rows;
    }

    private boolean standsAlone(int begin, int close) {
        Token before = in.at(begin - 1);
        Token behind = in.at(close + 1);
        return isBorder(before) && isBorder(behind);
    }

    private static boolean isBorder(Token token) {
        return token.kind() == Kind.END
                || token.kind() == Kind.OPEN
                || token.kind() == Kind.CLOSE
                || (token.kind() == Kind.SYMBOL && ",;=\u2208".contains(token.text()));
    }

    private static Bracket kind(Token token) {
        // ]0, 1[ leaves its ends out.
        boolean turned = token.is(Kind.OPEN, "]") || token.is(Kind.CLOSE, "[");
        return turned
                ? Bracket.ROUND
                : switch (token.text()) {
                    case "(", ")" -> Bracket.ROUND;
                    case "\u27e8", "\u27e9" -> Bracket.ANGLE;
                    default -> Bracket.SQUARE;
                };
    }

    private Node set(int close) throws SyntaxFailure {
        if (in.at(close).text().equals(".")) {
            return grammar.environments.system(close);
        }
        if (in.position() == close) {
            in.next();
            return new SetOf(List.of());
        }
        suchThat = true;
        Node first = grammar.statements.item();
        suchThat = false;
        boolean builder = in.accept("\u2223") || in.accept(":") || (isSingleBar() && in.accept("|"));
        if (builder) {
            return new SetBuilder(first, conditions(close));
        }
        List<Node> elements = new ArrayList<>();
        elements.add(first);
        if (in.accept(",") || in.accept(";") || grammar.statements.acceptConjunction()) {
            elements.addAll(elements(close));
        } else {
            in.close(close);
        }
        return new SetOf(elements);
    }

    /** What must hold together; alternatives are one condition. */
    private List<Node> conditions(int close) throws SyntaxFailure {
        Node node = grammar.statements.inside(close);
        in.close(close);
        boolean together = node instanceof Sequence sequence && sequence.separator() != Sequence.Separator.OR;
        return together ? ((Sequence) node).items() : List.of(node);
    }

    /** An absolute value or a norm between bars that have no direction. */
    Node bars() throws SyntaxFailure {
        in.enter();
        String bar = in.next().text();
        boolean outer = suchThat;
        suchThat = false;
        openBars++;
        Node node = grammar.expressions.expression();
        openBars--;
        suchThat = outer;
        if (!in.accept(bar)) {
            throw in.notUnderstood();
        }
        in.leave();
        return bar.equals("|") ? grammar.environments.absolute(node) : new Application(Function.NORM, List.of(node));
    }
}
