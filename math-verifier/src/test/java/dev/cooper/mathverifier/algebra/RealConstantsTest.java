package dev.cooper.mathverifier.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealConstantsTest {
    private final ScalarEquality equality = new ScalarEquality(AlgebraBudget.defaults());

    @ParameterizedTest
    @CsvSource(textBlock = """
        pi,             3.14159265358979323846264338327950288419716939937510582097494459
        e,              2.71828182845904523536028747135266249775724709369995957496696763
        sqrt(2),        1.41421356237309504880168872420969807856967187537694807317667974
        ln(2),          0.693147180559945309417232121458176568075500134360255254120680009
        2^(1/3),        1.25992104989487316476721060727822835057025146470150798008197511
        sin(1),         0.841470984807896506652502321630298999622563060798371065672751710
        arctan(1/2),    0.463647609000806116214256231461214402028537054286120263810933088
        (1+sqrt(5))/2,  1.61803398874989484820458683436563811772030917980576286213544862
        e^pi,           23.1406926327792690057290863679485473802661062426002119934450464
        -1/3,           -0.333333333333333333333333333333333333333333333333333333333333333
        """)
    void decimalsAreRightWithinTheirBound(String expression, BigDecimal expected) {
        Approximation value = equality.approximate(Trees.of(expression), 55).orElseThrow();
        assertThat(value.value().subtract(expected).abs())
                .isLessThanOrEqualTo(value.error().add(new BigDecimal("1e-60")));
        assertThat(value.error()).isLessThan(new BigDecimal("1e-54"));
    }

    @Test
    void terminatingDecimalIsExact() {
        Approximation quarter = equality.approximate(Trees.of("1/4"), 10).orElseThrow();
        assertThat(quarter.value()).isEqualByComparingTo("0.25");
        assertThat(quarter.error()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "i", "f(2)", "1/0", "int(x,0,1,x)", "9^(9^(9^9))", "inf"})
    void whatIsNoRealConstantHasNoDecimals(String expression) {
        assertThat(equality.approximate(Trees.of(expression), 10)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sqrt(2), 3/2, -1",
        "22/7, pi, 1",
        "sqrt(5+2*sqrt(6)), sqrt(2)+sqrt(3), 0",
        "e^pi, pi^e, 1",
        "inf, 10^100, 1",
        "-inf, inf, -1",
        "1/2006!, 1/2004!, -1",
        "e^(pi*sqrt(163)), 262537412640768744, -1"
    })
    void realConstantsAreOrdered(String a, String b, int order) {
        assertThat(equality.order(Trees.of(a), Trees.of(b))).hasValue(order);
        assertThat(equality.order(Trees.of(b), Trees.of(a))).hasValue(-order);
    }

    @Test
    void variablesAndComplexNumbersHaveNoOrder() {
        assertThat(equality.order(Trees.of("x"), Trees.of("1"))).isEqualTo(OptionalInt.empty());
        assertThat(equality.sign(Trees.of("1+i"))).isEqualTo(OptionalInt.empty());
        assertThat(equality.sign(Trees.of("1/0"))).isEqualTo(OptionalInt.empty());
    }
}
