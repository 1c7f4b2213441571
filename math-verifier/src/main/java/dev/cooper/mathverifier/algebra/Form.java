package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import java.util.List;

/**
 * A scalar in normal form, immutable. Two forms that are {@link FormOrder#same the same} have the same value wherever
 * either has one; the converse is what the other rungs of the ladder are for.
 */
abstract sealed class Form {
    /** It holds a variable that is free or bound. */
    static final int VARIABLE = 1;
    /** It holds the imaginary unit. */
    static final int IMAGINARY = 2;
    /** It holds an unknown function or a name with indexes. */
    static final int UNKNOWN = 4;
    /** It holds something that is never evaluated: an integral, a limit, an infinite sum. */
    static final int OPAQUE = 8;

    final int hash;
    final int traits;

    private Form(int hash, int traits) {
        this.hash = hash;
        this.traits = traits;
    }

    final boolean has(int trait) {
        return (traits & trait) != 0;
    }

    final boolean isConstant() {
        return !has(VARIABLE | UNKNOWN | OPAQUE);
    }

    /** An exact number. */
    static final class Exact extends Form {
        static final Exact ZERO = new Exact(Rational.ZERO);
        static final Exact ONE = new Exact(Rational.ONE);

        final Rational value;

        Exact(Rational value) {
            super(mix(1, value.hashCode()), 0);
            this.value = value;
        }

        static Exact of(long value) {
            return new Exact(Rational.of(value));
        }
    }

    /** π, e or i. */
    static final class Named extends Form {
        static final Named PI = new Named(Node.Constant.Name.PI, 0);
        static final Named E = new Named(Node.Constant.Name.E, 0);
        static final Named I = new Named(Node.Constant.Name.I, IMAGINARY);

        final Node.Constant.Name name;

        private Named(Node.Constant.Name name, int traits) {
            super(mix(2, name.name().hashCode()), traits);
            this.name = name;
        }
    }

    /** ∞ or −∞, only by itself. */
    static final class Infinite extends Form {
        final int sign;

        Infinite(int sign) {
            super(mix(3, sign), 0);
            this.sign = sign;
        }
    }

    /** A variable; one that is bound has a name that no text can have. */
    static final class Variable extends Form {
        final String name;

        Variable(String name) {
            super(mix(4, name.hashCode()), VARIABLE);
            this.name = name;
        }
    }

    /** A constant plus multiples of terms: none is a number or a total, all differ, in order, no coefficient is 0. */
    static final class Total extends Form {
        final Rational constant;
        final Form[] terms;
        final Rational[] coefficients;

        Total(Rational constant, Form[] terms, Rational[] coefficients) {
            super(hash(constant, terms, coefficients), union(terms));
            this.constant = constant;
            this.terms = terms;
            this.coefficients = coefficients;
        }

        /** A multiple of one term. */
        boolean isMultiple() {
            return terms.length == 1 && constant.isZero();
        }

        private static int hash(Rational constant, Form[] terms, Rational[] coefficients) {
            int hash = mix(5, constant.hashCode());
            for (int i = 0; i < terms.length; i++) {
                hash = mix(mix(hash, terms[i].hash), coefficients[i].hashCode());
            }
            return hash;
        }
    }

    /** Two factors or more in order, none a number or a product; of their bases and exponents none can be joined. */
    static final class Product extends Form {
        final Form[] factors;

        Product(Form[] factors) {
            super(hash(6, factors), union(factors));
            this.factors = factors;
        }
    }

    /** A power that is nothing simpler. */
    static final class Power extends Form {
        final Form base;
        final Form exponent;

        Power(Form base, Form exponent) {
            super(mix(mix(7, base.hash), exponent.hash), base.traits | exponent.traits);
            this.base = base;
            this.exponent = exponent;
        }
    }

    /** A known function that is nothing simpler. */
    static final class Applied extends Form {
        final Operation operation;
        final Form[] arguments;

        Applied(Operation operation, Form... arguments) {
            super(hash(mix(8, operation.name().hashCode()), arguments), union(arguments));
            this.operation = operation;
            this.arguments = arguments;
        }
    }

    /** An unknown function, or a name with indexes. */
    static final class Unknown extends Form {
        final String name;
        final Form[] arguments;

        Unknown(String name, Form[] arguments) {
            super(hash(mix(9, name.hashCode()), arguments), union(arguments) | UNKNOWN);
            this.name = name;
            this.arguments = arguments;
        }
    }

    /** A sum or product with bounds that are not both known numbers, or something that is never evaluated. */
    static final class Bounded extends Form {
        final Kind kind;
        final String variable;
        final List<Form> bounds;
        final Form body;

        Bounded(Kind kind, String variable, List<Form> bounds, Form body) {
            super(
                    mix(hash(mix(10, kind.name().hashCode()), bounds.toArray(new Form[0])), body.hash),
                    union(bounds.toArray(new Form[0])) | body.traits | VARIABLE | (kind.evaluated ? 0 : OPAQUE));
            this.kind = kind;
            this.variable = variable;
            this.bounds = bounds;
            this.body = body;
        }

        /** Which. */
        enum Kind {
            SUM(true),
            PRODUCT(true),
            INFINITE_SUM(false),
            INFINITE_PRODUCT(false),
            INTEGRAL(false),
            LIMIT(false);

            final boolean evaluated;

            Kind(boolean evaluated) {
                this.evaluated = evaluated;
            }
        }
    }

    /** What {@link Applied} applies: the {@link Function}s that no other form expresses, and factorials. */
    enum Operation {
        SIN,
        COS,
        ARCSIN,
        ARCTAN,
        LN,
        ABS,
        FLOOR,
        SIGN,
        ARG,
        CONJUGATE,
        FACTORIAL,
        DOUBLE_FACTORIAL,
        GCD,
        LCM,
        MIN,
        MAX
    }

    static int mix(int hash, int next) {
        int mixed = (hash ^ next) * 0x9E3779B1;
        return (mixed ^ (mixed >>> 15)) * 31 + next;
    }

    private static int hash(int seed, Form[] forms) {
        int hash = seed;
        for (Form form : forms) {
            hash = mix(hash, form.hash);
        }
        return hash;
    }

    private static int union(Form[] forms) {
        int traits = 0;
        for (Form form : forms) {
            traits |= form.traits;
        }
        return traits;
    }
}
