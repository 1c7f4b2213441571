package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Bounded;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.algebra.Form.Unknown;
import dev.cooper.mathverifier.algebra.Form.Variable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;

/** The names in a form, and which of them stand for integers to judge by where they occur. */
final class Symbols {
    private final Set<String> variables = new TreeSet<>();
    private final Set<String> integers = new TreeSet<>();
    private final Set<String> unknowns = new TreeSet<>();
    private final Set<String> floored = new TreeSet<>();
    /** Forms share their parts, so that walking one as a tree may take as many steps as two to its depth. */
    private final Set<Form> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Form> seenAsInteger = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean complex;
    private boolean steps;

    private Symbols() {}

    static Set<String> of(Form form) {
        return all(form).variables;
    }

    static Symbols all(Form... forms) {
        Symbols symbols = new Symbols();
        for (Form form : forms) {
            symbols.collect(form, false);
        }
        return symbols;
    }

    Set<String> variables() {
        return variables;
    }

    /** Below factorials, in bounds of sums, in indexes, in exponents of negative numbers. */
    Set<String> integers() {
        return integers;
    }

    Set<String> unknowns() {
        return unknowns;
    }

    /** Real variables below floors. */
    Set<String> floored() {
        Set<String> reals = new TreeSet<>(floored);
        reals.removeAll(integers);
        return reals;
    }

    /** Whether there are floors or common divisors of variables, which only consecutive points tell apart. */
    boolean haveSteps() {
        return steps;
    }

    /** Whether a conjugate or an argument of a variable is taken, so that reals would not tell. */
    boolean areComplex() {
        return complex;
    }

    private void collect(Form form, boolean integer) {
        boolean shared = form instanceof Applied || form instanceof Power;
        if (shared && !(integer ? seenAsInteger : seen).add(form)) {
            return;
        }
        switch (form) {
            case Exact _, Named _, Infinite _ -> {}
            case Variable variable -> {
                if (!variable.name.startsWith("\0")) {
                    variables.add(variable.name);
                    if (integer) {
                        integers.add(variable.name);
                    }
                }
            }
            case Total total -> collectAll(total.terms, integer);
            case Product product -> collectAll(product.factors, integer);
            case Power power -> {
                collect(power.base, integer);
                boolean negative = power.base instanceof Exact x && x.value.signum() < 0;
                collect(power.exponent, integer || negative);
            }
            case Applied applied -> {
                noteSteps(applied);
                collectAll(applied.arguments, integer || asksForIntegers(applied));
            }
            case Unknown unknown -> {
                unknowns.add(unknown.name);
                collectAll(unknown.arguments, integer || unknown.name.endsWith("_"));
            }
            case Bounded bounded -> {
                if (bounded.kind.evaluated) {
                    bounded.bounds.forEach(bound -> collect(bound, true));
                } else {
                    unknowns.add(bounded.kind.name());
                    bounded.bounds.forEach(bound -> collect(bound, false));
                }
                collect(bounded.body, integer);
            }
        }
    }

    private void noteSteps(Applied applied) {
        switch (applied.operation) {
            case FLOOR -> {
                Set<String> names = of(applied.arguments[0]);
                steps |= applied.arguments[0].has(Form.VARIABLE);
                boolean whole = hasWholeCoefficients(applied.arguments[0]);
                for (String name : names) {
                    (whole || isUsuallyReal(name) ? floored : integers).add(name);
                }
            }
            case GCD, LCM -> steps |= applied.has(Form.VARIABLE);
            default -> {}
        }
    }

    /** As in {@code \lfloor x + 1/2 \rfloor}, which would be no floor if x were an integer. */
    private static boolean hasWholeCoefficients(Form form) {
        return switch (form) {
            case Variable _ -> true;
            case Total total -> {
                boolean whole = true;
                for (int i = 0; i < total.terms.length; i++) {
                    whole &= total.coefficients[i].isInteger() && hasWholeCoefficients(total.terms[i]);
                }
                yield whole;
            }
            case Applied applied -> applied.operation == Form.Operation.FLOOR;
            default -> false;
        };
    }

    private static boolean isUsuallyReal(String name) {
        return "xyzt".indexOf(name.charAt(0)) >= 0;
    }

    private void collectAll(Form[] forms, boolean integer) {
        for (Form form : forms) {
            collect(form, integer);
        }
    }

    private boolean asksForIntegers(Applied applied) {
        return switch (applied.operation) {
            case FACTORIAL, DOUBLE_FACTORIAL, GCD, LCM -> true;
            case CONJUGATE, ARG -> {
                complex = true;
                yield false;
            }
            case SIN, COS, ARCSIN, ARCTAN, LN, ABS, FLOOR, SIGN, MIN, MAX -> false;
        };
    }
}
