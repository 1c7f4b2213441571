package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what an inequality is about. */
final class Unknowns {
    private Unknowns() {}

    /**
     * The operand that is a name and stands in no other operand; of several the one last in the alphabet ({@code a < x}
     * bounds x). Without one, the only variable that there is.
     */
    static Optional<Node> of(Node.Relation relation) {
        List<Node> operands = relation.operands();
        Optional<Node> isolated = operands.stream()
                .filter(Unknowns::isName)
                .filter(name -> operands.stream()
                                .filter(operand -> Trees.contains(operand, name::equals))
                                .count()
                        == 1)
                .max(Comparator.comparing(Unknowns::name));
        if (isolated.isPresent()) {
            return isolated;
        }
        Set<String> symbols = Trees.symbols(relation);
        return symbols.size() == 1 ? symbols.stream().findFirst().map(Node.Symbol::new) : Optional.empty();
    }

    private static boolean isName(Node node) {
        return node instanceof Node.Symbol || node instanceof Node.Indexed || node instanceof Node.Call;
    }

    private static String name(Node node) {
        return switch (node) {
            case Node.Symbol symbol -> symbol.name();
            case Node.Indexed indexed -> indexed.name();
            case Node.Call call -> call.name() + "(";
            default -> "";
        };
    }
}
