package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Numeral;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The canonical text of a tree: equal trees have equal texts, and different trees different ones. It reads like plain
 * mathematics, for explanations; brackets stand around all that is not one piece.
 */
public final class NormalText {
    private final StringBuilder text = new StringBuilder();

    private NormalText() {}

    public static String of(Node node) {
        var normal = new NormalText();
        normal.write(node);
        return normal.text.toString();
    }

    private void write(Node node) {
        switch (node) {
            case Numeral numeral -> numeral(numeral);
            case Node.Constant constant -> text.append(NormalSigns.constant(constant.name()));
            case Node.Symbol symbol -> text.append(symbol.name());
            case Node.Indexed indexed -> {
                text.append(indexed.name()).append('_');
                listed("{", indexed.indexes(), ",", "}");
            }
            case Node.Sum sum -> sum(sum.terms());
            case Node.Product product -> pieces(product.factors(), "*");
            case Node.Negation negation -> {
                text.append('-');
                piece(negation.operand());
            }
            case Node.Quotient quotient -> pieces(List.of(quotient.dividend(), quotient.divisor()), "/");
            case Node.Mixed mixed -> text.append(mixed.whole()).append('&').append(mixed.fraction());
            case Node.Power power -> pieces(List.of(power.base(), power.exponent()), "^");
            case Node.Root root -> {
                boolean square = root.index().equals(Numeral.of(2));
                listed("root(", square ? List.of(root.radicand()) : List.of(root.radicand(), root.index()), ",", ")");
            }
            case Node.Application application ->
                listed(application.function().name().toLowerCase(Locale.ROOT) + "(", application.arguments(), ",", ")");
            case Node.Call call -> listed(call.name() + "(", call.arguments(), ",", ")");
            case Node.Factorial factorial -> {
                piece(factorial.operand());
                text.append(factorial.isDouble() ? "!!" : "!");
            }
            case Node.PlusMinus both -> {
                text.append(both.minusFirst() ? '\u2213' : '\u00b1');
                piece(both.operand());
            }
            case Node.Percent percent -> {
                piece(percent.operand());
                text.append('%');
            }
            case Node.Degrees degrees -> degrees(degrees);
            case Node.Measured measured -> {
                piece(measured.value());
                text.append(" [").append(measured.unit().text()).append(']');
            }
            case Node.InBase inBase ->
                text.append(inBase.digits()).append("_base").append(inBase.base());
            case Node.BigOperator operator -> bigOperator(operator);
            case Node.Limit limit -> {
                text.append("lim(").append(limit.variable());
                listed("\u2192", List.of(limit.point(), limit.body()), ",", ")");
            }
            case Node.Ratio ratio -> pieces(ratio.parts(), ":");
            case Node.Piecewise piecewise -> piecewise(piecewise.pieces());
            default -> structure(node);
        }
    }

    private void structure(Node node) {
        switch (node) {
            case Node.Relation relation -> relation(relation);
            case Node.Not not -> listed("not(", List.of(not.statement()), ",", ")");
            case Node.Modulo modulo -> listed("mod(", List.of(modulo.value(), modulo.modulus()), ",", ")");
            case Node.Bracketed bracketed ->
                listed(
                        NormalSigns.open(bracketed.open()),
                        bracketed.elements(),
                        ",",
                        NormalSigns.close(bracketed.close()));
            case Node.SetOf set -> listed("{", set.elements(), ",", "}");
            case Node.SetBuilder builder -> {
                text.append('{');
                write(builder.element());
                listed("|", builder.conditions(), ",", "}");
            }
            case Node.NumberSet set ->
                text.append(set.domain().name().toLowerCase(Locale.ROOT))
                        .append(set.sign() > 0 ? "+" : set.sign() < 0 ? "-" : "");
            case Node.SetOperation operation ->
                pieces(
                        operation.operands(),
                        switch (operation.operator()) {
                            case UNION -> "\u222a";
                            case INTERSECTION -> "\u2229";
                            case DIFFERENCE -> "\u2216";
                        });
            case Node.Matrix matrix -> matrix(matrix.rows());
            case Node.Sequence sequence -> sequence(sequence);
            case Node.Words words -> text.append('"').append(words.text()).append('"');
            case Node.Choice choice -> text.append("choice ").append(choice.letter());
            case Node.Option option -> {
                text.append("choice ").append(option.letter()).append(": ");
                write(option.text());
            }
            case Node.Opaque opaque ->
                text.append('`').append(opaque.canonical()).append('`');
            default -> throw new IllegalArgumentException("a node without a text: " + node.getClass());
        }
    }

    private void numeral(Numeral numeral) {
        if (numeral.stated().isPresent()) {
            var decimal = new BigDecimal(numeral.value().numerator())
                    .divide(new BigDecimal(numeral.value().denominator()))
                    .setScale(-numeral.stated().get().lastPlace());
            text.append(decimal);
        } else {
            text.append(numeral.value());
        }
    }

    private void sum(List<Node> terms) {
        for (int i = 0; i < terms.size(); i++) {
            Node term = terms.get(i);
            boolean signed = term instanceof Node.Negation || term instanceof Node.PlusMinus;
            text.append(i > 0 && !signed ? "+" : "");
            if (term instanceof Node.Negation || term instanceof Node.PlusMinus || term instanceof Node.Product) {
                write(term);
            } else {
                piece(term);
            }
        }
    }

    private void degrees(Node.Degrees degrees) {
        piece(degrees.degrees());
        text.append('\u00b0');
        Node none = Numeral.of(0);
        if (!degrees.minutes().equals(none) || !degrees.seconds().equals(none)) {
            write(degrees.minutes());
            text.append('\'');
            write(degrees.seconds());
            text.append("''");
        }
    }

    private void bigOperator(Node.BigOperator operator) {
        text.append(operator.kind().name().toLowerCase(Locale.ROOT)).append('(').append(operator.variable());
        operator.lower().ifPresent(lower -> listed(" from ", List.of(lower), "", ""));
        operator.upper().ifPresent(upper -> listed(" to ", List.of(upper), "", ""));
        listed(": ", List.of(operator.body()), "", ")");
    }

    private void piecewise(List<Node.Piece> pieces) {
        text.append("cases(");
        for (Iterator<Node.Piece> rest = pieces.iterator(); rest.hasNext(); ) {
            Node.Piece piece = rest.next();
            write(piece.value());
            piece.condition().ifPresent(condition -> listed(" if ", List.of(condition), "", ""));
            text.append(rest.hasNext() ? "; " : ")");
        }
    }

    private void relation(Node.Relation relation) {
        for (int i = 0; i < relation.operands().size(); i++) {
            if (i > 0) {
                text.append(NormalSigns.sign(relation.signs().get(i - 1)));
            }
            Node operand = relation.operands().get(i);
            if (operand instanceof Node.Relation || operand instanceof Node.Sequence) {
                listed("(", List.of(operand), "", ")");
            } else {
                write(operand);
            }
        }
    }

    private void matrix(List<List<Node>> rows) {
        text.append("matrix(");
        for (int i = 0; i < rows.size(); i++) {
            listed(i == 0 ? "" : "; ", rows.get(i), ",", "");
        }
        text.append(')');
    }

    private void sequence(Node.Sequence sequence) {
        String separator = switch (sequence.separator()) {
            case COMMA -> ", ";
            case SEMICOLON -> "; ";
            case AND -> " and ";
            case OR -> " or ";
        };
        for (int i = 0; i < sequence.items().size(); i++) {
            Node item = sequence.items().get(i);
            boolean nested = item instanceof Node.Sequence;
            listed((i == 0 ? "" : separator) + (nested ? "<" : ""), List.of(item), "", nested ? ">" : "");
        }
    }

    private void listed(String open, List<Node> nodes, String separator, String close) {
        text.append(open);
        for (int i = 0; i < nodes.size(); i++) {
            text.append(i == 0 ? "" : separator);
            write(nodes.get(i));
        }
        text.append(close);
    }

    private void pieces(List<Node> nodes, String sign) {
        for (int i = 0; i < nodes.size(); i++) {
            text.append(i == 0 ? "" : sign);
            piece(nodes.get(i));
        }
    }

    /** In brackets, unless it is one piece already. */
    private void piece(Node node) {
        boolean whole = switch (node) {
            case Numeral numeral ->
                numeral.stated().isPresent() || numeral.value().isInteger();
            case Node.Constant _,
                    Node.Symbol _,
                    Node.Indexed _,
                    Node.Root _,
                    Node.Application _,
                    Node.Call _,
                    Node.InBase _,
                    Node.BigOperator _,
                    Node.Limit _,
                    Node.Bracketed _,
                    Node.SetOf _,
                    Node.SetBuilder _,
                    Node.NumberSet _,
                    Node.Matrix _,
                    Node.Words _,
                    Node.Opaque _ -> true;
            default -> false;
        };
        listed(whole ? "" : "(", List.of(node), "", whole ? "" : ")");
    }
}
