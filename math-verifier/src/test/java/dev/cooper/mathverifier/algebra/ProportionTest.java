package dev.cooper.mathverifier.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.numeric.Rational;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
    private final ScalarEquality equality = new ScalarEquality(AlgebraBudget.defaults());

    @ParameterizedTest
    @CsvSource({
        "2*x+4*y-3, y+x/2-3/4, 4, 1",
        "x-5, 5-x, -1, 1",
        "x^2/25+y^2/16-1, 16*x^2+25*y^2-400, 1, 400",
        "sin(x)-y, 2*y-2*sin(x), -1, 2",
        "a*x+b, 3*b+3*a*x, 1, 3",
        "(x-1)*(x+1), 2-2*x^2, -1, 2"
    })
    void factorBetweenMultiplesIsFound(String a, String b, long numerator, long denominator) {
        Factor factor = equality.proportional(Trees.of(a), Trees.of(b)).orElseThrow();
        assertThat(factor.exact()).contains(Rational.of(numerator, denominator));
        assertThat(factor.sign()).isEqualTo(Long.signum(numerator));
    }

    @Test
    void factorMayBeIrrationalOrImaginary() {
        assertThat(equality.proportional(Trees.of("x^2-4"), Trees.of("(2-x)*(x+2)*sqrt(2)")))
                .contains(new Factor(-1, Optional.empty()));
        assertThat(equality.proportional(Trees.of("y-2*x"), Trees.of("i*(y-2*x)")))
                .contains(new Factor(0, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"3*x-y+13, 3*x+4*y+14", "2*x+4*y-3, x/2-3/4-y", "x, x^2", "x, 0", "0, x", "x, y", "1/0, x", "f(x), x"})
    void otherPairsHaveNone(String a, String b) {
        assertThat(equality.proportional(Trees.of(a), Trees.of(b))).isEmpty();
    }
}
