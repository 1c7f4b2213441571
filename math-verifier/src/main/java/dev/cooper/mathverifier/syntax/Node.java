package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.numeric.Rational;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer as it was written, typed: nothing is evaluated or reordered here. Immutable; equal trees were written alike
 * but for spacing, sizes, fonts and brackets that group.
 */
public sealed interface Node {

    // ---- Scalars: what has a value ----

    /**
     * A number written in digits: an integer, a decimal (also {@code 6.02 \times 10^{23}} and {@code 6.02e23}) or a
     * decimal that repeats, all of it exact.
     *
     * @param stated what a decimal states; empty for integers and for decimals that repeat
     */
    record Numeral(Rational value, Optional<StatedDigits> stated) implements Node {
        public Numeral {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(stated, "stated");
        }

        public static Numeral of(long value) {
            return new Numeral(Rational.of(value), Optional.empty());
        }
    }

    /**
     * The digits of a decimal.
     *
     * @param significant digits from the first that is not zero to the last that is written; at least 1
     * @param lastPlace the power of ten of the last: −2 for {@code 0.33}, 21 for {@code 6.02e23}
     */
    record StatedDigits(int significant, int lastPlace) {}

    /** A number with a name. */
    record Constant(Name name) implements Node {
        /** Which. */
        public enum Name {
            /** {@code \pi}, {@code π}. */
            PI,
            /** Euler's number: {@code e}, {@code \mathrm{e}}. */
            E,
            /** The imaginary unit: {@code i}, {@code \mathrm{i}}. */
            I,
            /** {@code \infty}, {@code ∞}. */
            INFINITY,
            /** Named outcomes: {@code \text{undefined}}, "does not exist", {@code DNE}. */
            UNDEFINED
        }
    }

    /** A variable, with its plain subscript, primes and accent: {@code x}, {@code x_1}, {@code \alpha}, {@code f'}. */
    record Symbol(String name) implements Node {}

    /** A name with an expression below it, such as {@code F_{n-1}}. */
    record Indexed(String name, List<Node> indexes) implements Node {
        public Indexed {
            indexes = List.copyOf(indexes);
        }
    }

    /** Two terms or more. A difference is a sum with a {@link Negation}. */
    record Sum(List<Node> terms) implements Node {
        public Sum {
            terms = List.copyOf(terms);
        }
    }

    /** Two factors or more, by sign or by juxtaposition. */
    record Product(List<Node> factors) implements Node {
        public Product {
            factors = List.copyOf(factors);
        }
    }

    record Negation(Node operand) implements Node {}

    /** {@code \frac}, {@code /}, {@code \div}. */
    record Quotient(Node dividend, Node divisor) implements Node {}

    /** A whole number with a fraction behind it: {@code 3\frac12} with a literal fraction, {@code 3 1/2}. */
    record Mixed(Rational whole, Rational fraction) implements Node {}

    record Power(Node base, Node exponent) implements Node {}

    /** {@code \sqrt[index]{radicand}}; the index is the number 2 where none is written. */
    record Root(Node radicand, Node index) implements Node {}

    /** A known function. Arguments as {@link Function} lists them. */
    record Application(Function function, List<Node> arguments) implements Node {
        public Application {
            arguments = List.copyOf(arguments);
        }
    }

    /** An unknown function: {@code f(x)}, {@code P(A, B)}. */
    record Call(String name, List<Node> arguments) implements Node {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code n!}, or {@code n!!} if double. */
    record Factorial(Node operand, boolean isDouble) implements Node {}

    /**
     * Both signs: {@code \pm b}, or {@code \mp b} if minus is first. {@code a \pm b} is a sum of a and this. All that
     * stand in one expression take their first sign together.
     */
    record PlusMinus(Node operand, boolean minusFirst) implements Node {}

    /** {@code 50\%}, "50 percent". */
    record Percent(Node operand) implements Node {}

    /**
     * Degrees, and minutes and seconds of arc if any: each a number; minutes and seconds are 0 where none is written.
     */
    record Degrees(Node degrees, Node minutes, Node seconds) implements Node {}

    /**
     * A value with a unit, a currency or a word behind (or before) it: {@code 5\text{ cm}^2}, {@code \$5}, "5 apples".
     */
    record Measured(Node value, Unit unit) implements Node {}

    /** {@code 204_5}, {@code 204_{\text{five}}}: digits (0-9, then A-Z) in a base from 2 to 36. */
    record InBase(String digits, int base) implements Node {}

    /** {@code \sum}, {@code \prod} or {@code \int} with bounds; bounds are empty where none is written. */
    record BigOperator(Kind kind, String variable, Optional<Node> lower, Optional<Node> upper, Node body)
            implements Node {
        /** Which. */
        public enum Kind {
            SUM,
            PRODUCT,
            INTEGRAL,
            UNION,
            INTERSECTION
        }
    }

    /** {@code \lim_{variable \to point} body}. */
    record Limit(String variable, Node point, Node body) implements Node {}

    /** {@code 7:32}, {@code 1:2:3}; also a time of day. */
    record Ratio(List<Node> parts) implements Node {
        public Ratio {
            parts = List.copyOf(parts);
        }
    }

    /** {@code \begin{cases}}: values with their conditions; a condition is empty for "otherwise". */
    record Piecewise(List<Piece> pieces) implements Node {
        public Piecewise {
            pieces = List.copyOf(pieces);
        }
    }

    /** One line of {@link Piecewise}. */
    record Piece(Node value, Optional<Node> condition) {}

    // ---- Structures ----

    /** A relation or a chain: one sign fewer than operands. {@code -2 \le x < 7}, {@code x = 3}, {@code x \in A}. */
    record Relation(List<Node> operands, List<Sign> signs) implements Node {
        public Relation {
            operands = List.copyOf(operands);
            signs = List.copyOf(signs);
            if (operands.size() != signs.size() + 1) {
                throw new IllegalArgumentException("a relation has one sign fewer than operands");
            }
        }

        /** Which. */
        public enum Sign {
            EQUAL,
            NOT_EQUAL,
            LESS,
            LESS_OR_EQUAL,
            GREATER,
            GREATER_OR_EQUAL,
            APPROXIMATELY,
            EQUIVALENT,
            ELEMENT_OF,
            NOT_ELEMENT_OF,
            SUBSET,
            DIVIDES,
            NOT_DIVIDES,
            MAPS_TO,
            IMPLIES,
            PARALLEL,
            PERPENDICULAR,
            SIMILAR,
            CONGRUENT,
            PROPORTIONAL
        }
    }

    /** {@code \lnot}, "not". */
    record Not(Node statement) implements Node {}

    /** {@code a \equiv b \pmod m}'s right side: a value and its modulus. */
    record Modulo(Node value, Node modulus) implements Node {}

    /**
     * Elements in brackets that do not merely group: {@code (1, 2)} is a point or an open interval, {@code [0, 1)} an
     * interval, {@code \langle 1, 2\rangle} a vector. Which it is, the comparison decides.
     */
    record Bracketed(Bracket open, Bracket close, List<Node> elements) implements Node {
        public Bracketed {
            elements = List.copyOf(elements);
        }
    }

    /** A kind of bracket. */
    enum Bracket {
        ROUND,
        SQUARE,
        ANGLE
    }

    /** {@code \{1, 2\}}; without elements the empty set, also {@code \emptyset}. */
    record SetOf(List<Node> elements) implements Node {
        public SetOf {
            elements = List.copyOf(elements);
        }
    }

    /** {@code \{ element \mid conditions \}}. */
    record SetBuilder(Node element, List<Node> conditions) implements Node {
        public SetBuilder {
            conditions = List.copyOf(conditions);
        }
    }

    /** {@code \mathbb{R}} and its like; sign is +, − or 0 for {@code \mathbb{R}^+}, {@code \mathbb{R}^-} or neither. */
    record NumberSet(Domain domain, int sign) implements Node {
        /** Which. */
        public enum Domain {
            NATURALS,
            INTEGERS,
            RATIONALS,
            REALS,
            COMPLEX
        }
    }

    /** {@code \cup}, {@code \cap}, {@code \setminus} of sets, in the order written. */
    record SetOperation(Operator operator, List<Node> operands) implements Node {
        public SetOperation {
            operands = List.copyOf(operands);
        }

        /** Which. */
        public enum Operator {
            UNION,
            INTERSECTION,
            DIFFERENCE
        }
    }

    /** Rows of equal length, whatever its fences; a determinant's bars make an {@link Application} of it. */
    record Matrix(List<List<Node>> rows) implements Node {
        public Matrix {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Two items or more without brackets around them: {@code 1, 2}, "3 and 4", {@code x < 1 \text{ or } x > 2}. */
    record Sequence(Separator separator, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        /** What stands between the items. A semicolon binds weaker than "and"/"or", and these weaker than a comma. */
        public enum Separator {
            COMMA,
            SEMICOLON,
            AND,
            OR
        }
    }

    /** Words, in lower case with single spaces: {@code \text{Evelyn}}, "even". */
    record Words(String text) implements Node {}

    /**
     * A choice marked as such: {@code (A)}, {@code \textbf{(A)}}, {@code \text{A}}; upper case. Bare {@code A} is a
     * symbol.
     */
    record Choice(String letter) implements Node {}

    /** A choice with its text: {@code (A) 12}, {@code \textbf{(A)}\ 12}, "a. 3". */
    record Option(String letter, Node text) implements Node {}

    /** Balanced, but not understood: comparable as text only. */
    record Opaque(String canonical) implements Node {}
}
