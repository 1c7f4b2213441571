package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import java.util.HashMap;
import java.util.Map;

/** Renames the variables of functions. */
final class Arguments {
    private Arguments() {}

    /**
     * {@code t^2} of {@code f(t) = t^2} with the variable that the label {@code wanted} has, {@code f(x)}. A variable
     * of that name that is none of the function's own gets out of the way.
     */
    static Node renamed(Node wanted, Node given, Node value) {
        if (!(wanted instanceof Node.Call w)
                || !(given instanceof Node.Call g)
                || !Labels.haveVariables(g)
                || w.arguments().size() != g.arguments().size()) {
            return value;
        }
        Map<String, Node> names = new HashMap<>();
        Trees.symbols(w).forEach(name -> names.put(name, new Node.Symbol(name + "_other")));
        for (int i = 0; i < w.arguments().size(); i++) {
            if (g.arguments().get(i) instanceof Node.Symbol symbol) {
                names.put(symbol.name(), w.arguments().get(i));
            }
        }
        return Trees.substitute(value, names);
    }
}
