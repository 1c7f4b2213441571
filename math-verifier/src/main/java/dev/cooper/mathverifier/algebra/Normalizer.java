package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Unknown;
import dev.cooper.mathverifier.algebra.Form.Variable;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a tree to its normal form. Used once, by one thread. */
final class Normalizer {
    private final Work work;
    private final Algebra algebra;
    private final Functions functions;
    private final Series series;
    private final Vectors vectors;
    private final boolean decimalLogarithms;
    private boolean sawBareLogarithm;

    Normalizer(Work work, boolean decimalLogarithms) {
        this.work = work;
        this.algebra = new Algebra(work);
        this.functions = new Functions(algebra);
        this.series = new Series(this, algebra);
        this.vectors = new Vectors(this, algebra);
        this.decimalLogarithms = decimalLogarithms;
    }

    /** Whether a logarithm without base was met, so that the other base may give another form. */
    boolean sawBareLogarithm() {
        return sawBareLogarithm;
    }

    /** With expressions in the place of symbols, and in them and in all the rest numbers in the place of symbols. */
    Form normalize(Node node, Map<String, Node> replacements, Map<String, Node> point) {
        Binding numbers = bind(point, null, null);
        return normalize(node, bind(replacements, numbers, numbers), 0);
    }

    private @Nullable Binding bind(Map<String, Node> replacements, @Nullable Binding inside, @Nullable Binding outer) {
        Binding scope = outer;
        for (Map.Entry<String, Node> replacement : replacements.entrySet()) {
            Form form = normalize(replacement.getValue(), inside, 0);
            scope = new Binding(replacement.getKey(), form, scope);
        }
        return scope;
    }

    Form normalize(Node node, @Nullable Binding scope, int depth) {
        work.step();
        work.checkDepth(depth);
        int inner = depth + 1;
        return switch (node) {
            case Node.Numeral x -> new Exact(work.charge(x.value()));
            case Node.Constant x -> constant(x, scope);
            case Node.Symbol x -> symbol(x.name(), scope);
            case Node.Indexed x -> new Unknown(x.name() + '_', normalizeAll(x.indexes(), scope, inner));
            case Node.Sum x -> algebra.add(List.of(normalizeAll(x.terms(), scope, inner)));
            case Node.Product x -> algebra.multiply(List.of(normalizeAll(x.factors(), scope, inner)));
            case Node.Negation x -> algebra.negate(normalize(x.operand(), scope, inner));
            case Node.Quotient x ->
                algebra.divide(normalize(x.dividend(), scope, inner), normalize(x.divisor(), scope, inner));
            case Node.Mixed x -> new Exact(work.charge(mixed(x)));
            case Node.Power x ->
                algebra.power(normalize(x.base(), scope, inner), normalize(x.exponent(), scope, inner));
            case Node.Root x -> {
                Form index = normalize(x.index(), scope, inner);
                yield algebra.power(normalize(x.radicand(), scope, inner), algebra.divide(Exact.ONE, index));
            }
            case Node.Application x -> apply(x, scope, inner);
            case Node.Call x -> new Unknown(x.name(), normalizeAll(x.arguments(), scope, inner));
            case Node.Factorial x -> {
                Form operand = normalize(x.operand(), scope, inner);
                Counting counting = functions.counting();
                yield x.isDouble() ? counting.doubleFactorial(operand) : counting.factorial(operand);
            }
            case Node.Percent x -> algebra.scale(normalize(x.operand(), scope, inner), Rational.of(1, 100));
            case Node.Degrees x -> degrees(x, scope, inner);
            case Node.InBase x -> new Exact(work.charge(inBase(x)));
            case Node.BigOperator x -> series.normalize(x, scope, inner);
            case Node.Limit x -> series.normalize(x, scope, inner);
            case Node.Bracketed x
            when x.elements().size() == 1 && x.open() != Node.Bracket.ANGLE ->
                normalize(x.elements().getFirst(), scope, inner);
            case Node.PlusMinus _,
                    Node.Measured _,
                    Node.Ratio _,
                    Node.Piecewise _,
                    Node.Relation _,
                    Node.Not _,
                    Node.Modulo _,
                    Node.Bracketed _,
                    Node.SetOf _,
                    Node.SetBuilder _,
                    Node.NumberSet _,
                    Node.SetOperation _,
                    Node.Matrix _,
                    Node.Sequence _,
                    Node.Words _,
                    Node.Choice _,
                    Node.Option _,
                    Node.Opaque _ -> throw NoValueException.NOT_SCALAR;
        };
    }

    Form[] normalizeAll(List<Node> nodes, @Nullable Binding scope, int depth) {
        Form[] forms = new Form[nodes.size()];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = normalize(nodes.get(i), scope, depth);
        }
        return forms;
    }

    private Form constant(Node.Constant constant, @Nullable Binding scope) {
        return switch (constant.name()) {
            case PI -> Named.PI;
            case E -> Objects.requireNonNullElse(Binding.find(scope, "e"), Named.E);
            case I -> Objects.requireNonNullElse(Binding.find(scope, "i"), Named.I);
            case INFINITY -> new Infinite(1);
            case UNDEFINED -> throw NoValueException.UNDEFINED;
        };
    }

    private static Form symbol(String name, @Nullable Binding scope) {
        Form bound = Binding.find(scope, name);
        return bound == null ? new Variable(name) : bound;
    }

    private static Rational mixed(Node.Mixed mixed) {
        return mixed.whole().signum() < 0
                ? mixed.whole().minus(mixed.fraction())
                : mixed.whole().plus(mixed.fraction());
    }

    private Form degrees(Node.Degrees degrees, @Nullable Binding scope, int depth) {
        Form minutes = algebra.scale(normalize(degrees.minutes(), scope, depth), Rational.of(1, 60));
        Form seconds = algebra.scale(normalize(degrees.seconds(), scope, depth), Rational.of(1, 3600));
        Form sum = algebra.add(normalize(degrees.degrees(), scope, depth), minutes, seconds);
        return algebra.multiply(sum, algebra.scale(Named.PI, Rational.of(1, 180)));
    }

    private Rational inBase(Node.InBase number) {
        work.checkBits(6L * number.digits().length());
        if (number.base() < Character.MIN_RADIX || number.base() > Character.MAX_RADIX) {
            throw NoValueException.NOT_SCALAR;
        }
        BigInteger value = BigInteger.ZERO;
        BigInteger base = BigInteger.valueOf(number.base());
        for (int i = 0; i < number.digits().length(); i++) {
            int digit = Character.digit(number.digits().charAt(i), number.base());
            if (digit < 0) {
                throw NoValueException.NOT_SCALAR;
            }
            value = value.multiply(base).add(BigInteger.valueOf(digit));
        }
        return Rational.of(value);
    }

    private Form apply(Node.Application application, @Nullable Binding scope, int depth) {
        Function function = application.function();
        if (function == Function.DETERMINANT || function == Function.NORM) {
            return vectors.apply(application, scope, depth);
        }
        List<Form> arguments = new ArrayList<>(List.of(normalizeAll(application.arguments(), scope, depth)));
        if (function == Function.LOG && arguments.size() == 1) {
            sawBareLogarithm = true;
            arguments.add(decimalLogarithms ? Exact.of(10) : Named.E);
        }
        return functions.apply(function, arguments);
    }

    /** What a bound name stands for, the innermost first. */
    record Binding(String name, Form form, @Nullable Binding outer) {
        static int count(@Nullable Binding scope) {
            int count = 0;
            for (Binding at = scope; at != null; at = at.outer) {
                count++;
            }
            return count;
        }

        static @Nullable Form find(@Nullable Binding scope, String name) {
            for (Binding at = scope; at != null; at = at.outer) {
                if (at.name.equals(name)) {
                    return at.form;
                }
            }
            return null;
        }
    }
}
