package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Application;
import dev.cooper.mathverifier.syntax.Node.Bracketed;
import dev.cooper.mathverifier.syntax.Node.Matrix;
import dev.cooper.mathverifier.syntax.Node.Piece;
import dev.cooper.mathverifier.syntax.Node.Piecewise;
import dev.cooper.mathverifier.syntax.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code \begin ... \end}: matrices, cases, arrays. */
final class Environments {
    private static final Set<String> TRANSPARENT = Set.of(
            "align",
            "align*",
            "aligned",
            "equation",
            "equation*",
            "gather",
            "gather*",
            "gathered",
            "split",
            "multline",
            "multline*",
            "center",
            "eqnarray",
            "eqnarray*",
            "displaymath",
            "math",
            "document",
            "problem",
            "solution",
            "");
    private static final Set<String> MATRICES =
            Set.of("matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array", "psmallmatrix");

    private final Grammar grammar;
    private final TokenStream in;
    private int inside;

    Environments(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** Whether an environment only lays out what it holds. */
    static boolean isTransparent(String name) {
        return TRANSPARENT.contains(name);
    }

    Node environment() throws SyntaxFailure {
        int close = in.closing(in.position());
        String name = in.next().text().substring("begin:".length());
        if (name.equals("cases") || name.equals("dcases") || name.equals("rcases")) {
            return cases(close);
        }
        boolean determinant = name.equals("vmatrix");
        if (!determinant && !MATRICES.contains(name)) {
            throw in.notUnderstood();
        }
        Node matrix = matrix(rows(close));
        return determinant ? new Application(Function.DETERMINANT, List.of(matrix)) : matrix;
    }

    Node matrix(List<? extends List<Node>> rows) throws SyntaxFailure {
        int width = rows.getFirst().size();
        if (rows.stream().anyMatch(row -> row.size() != width)) {
            throw in.notUnderstood();
        }
        return new Matrix(rows.stream().map(List::copyOf).toList());
    }

    /** Whether elements in square brackets are the rows of a matrix. */
    static boolean areRows(List<Node> elements) {
        return elements.stream()
                .allMatch(e -> e instanceof Bracketed b
                        && b.open() == Node.Bracket.SQUARE
                        && b.close() == Node.Bracket.SQUARE
                        && b.elements().size()
                                == ((Bracketed) elements.getFirst()).elements().size());
    }

    /** Bars around a matrix are its determinant. */
    Node absolute(Node node) {
        return new Application(node instanceof Matrix ? Function.DETERMINANT : Function.ABS, List.of(node));
    }

    /** Whether ampersands and line ends here belong to a matrix or to cases. */
    boolean isInside() {
        return inside > 0;
    }

    private List<List<Node>> rows(int close) throws SyntaxFailure {
        List<List<Node>> rows = new ArrayList<>();
        inside++;
        while (in.position() < close) {
            List<Node> row = new ArrayList<>();
            do {
                row.add(grammar.statements.item());
                in.accept(",");
            } while (in.accept("&"));
            rows.add(row);
            if (!in.accept(Token.LINE_END)) {
                break;
            }
        }
        inside--;
        in.close(close);
        if (rows.isEmpty()) {
            throw in.notUnderstood();
        }
        return rows;
    }

    private Node cases(int close) throws SyntaxFailure {
        List<Piece> pieces = new ArrayList<>();
        boolean conditions = false;
        inside++;
        while (in.position() < close) {
            Node value = grammar.statements.item();
            in.accept(",");
            Optional<Node> condition = Optional.empty();
            boolean marked = in.accept("&");
            boolean word = acceptIf();
            if (marked || word) {
                conditions = true;
                condition =
                        grammar.prose.isOtherwise() ? Optional.empty() : Optional.of(grammar.statements.conjunction());
            }
            in.accept(",");
            in.accept(".");
            in.accept(";");
            pieces.add(new Piece(value, condition));
            if (!in.accept(Token.LINE_END)) {
                break;
            }
        }
        inside--;
        in.close(close);
        return conditions
                ? new Piecewise(pieces)
                : systemOf(pieces.stream().map(Piece::value).toList());
    }

    private boolean acceptIf() {
        boolean found =
                in.peek().isWord("if") || in.peek().isWord("when") || in.peek().isWord("for");
        in.moveTo(in.position() + (found ? 1 : 0));
        return found;
    }

    /** A brace that nothing visible closes: equations that hold together. */
    Node system(int close) throws SyntaxFailure {
        boolean array = in.peek().isOpen("begin:array") && in.closing(in.position()) == close - 1;
        if (array) {
            in.next();
        }
        Node node = array ? cases(close - 1) : grammar.statements.inside(close);
        in.close(close);
        return node;
    }

    private static Node systemOf(List<Node> equations) throws SyntaxFailure {
        if (equations.isEmpty()) {
            throw SyntaxFailure.unreadable("an environment without rows");
        }
        return equations.size() == 1 ? equations.getFirst() : new Sequence(Sequence.Separator.COMMA, equations);
    }
}
