package dev.cooper.mathverifier.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.algebra.Equality.Different;
import dev.cooper.mathverifier.algebra.Equality.Equal;
import dev.cooper.mathverifier.algebra.Equality.Unsettled;
import dev.cooper.mathverifier.syntax.Node;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarEqualityTest {
    private static final String EQUAL_PAIRS = """
        1/2                                                            = 0.5
        3/4                                                            = 6/8
        sqrt(8)                                                        = 2*sqrt(2)
        1/sqrt(2)                                                      = sqrt(2)/2
        sqrt(5+2*sqrt(6))                                              = sqrt(2)+sqrt(3)
        (x+1)^2                                                        = x^2+2*x+1
        sin(x)^2+cos(x)^2                                              = 1
        sin(2*x)                                                       = 2*sin(x)*cos(x)
        e^(i*pi)                                                       = -1
        sqrt(1/n)                                                      = 1/sqrt(n)
        sqrt(x^2)                                                      = abs(x)
        ln(x^2)                                                        = 2*ln(x)
        log(100)                                                       = 2
        log(x)                                                         = ln(x)
        log(8,2)                                                       = 3
        9^(9^(9^9))                                                    = 9^(9^(9^9))
        10!/8!                                                         = 90
        binomial(n,k)                                                  = binomial(n,n-k)
        binomial(10,3)                                                 = 120
        inf                                                            = inf
        f(x)                                                           = f(x)
        f((x+1)^2)                                                     = f(x^2+2*x+1)
        sum(k,0,n-1,idx(F,k)*idx(F,n-k-1))                             = sum(j,0,n-1,idx(F,n-j-1)*idx(F,j))
        sum(k,1,100,k)                                                 = 5050
        sum(k,1,n,k)                                                   = n*(n+1)/2
        sum(k,1,n,k^2)                                                 = n*(n+1)*(2*n+1)/6
        (-1)^n                                                         = cos(n*pi)
        cos(pi/7)*cos(2*pi/7)*cos(4*pi/7)                              = -1/8
        2^(n+1)                                                        = 2*2^n
        4^n                                                            = 2^(2*n)
        abs(3+4*i)                                                     = 5
        (1+i)^2                                                        = 2*i
        1/(1+i)                                                        = (1-i)/2
        root(2,3)*root(4,3)                                            = 2
        root(-8,3)                                                     = -2
        (n+1)!/n!                                                      = n+1
        floor(7/2)                                                     = 3
        tan(pi/4)                                                      = 1
        arctan(1)                                                      = pi/4
        sin(arccos(3/5))                                               = 4/5
        arctan(1/2)+arctan(1/3)                                        = pi/4
        ln(6)                                                          = ln(2)+ln(3)
        log(2)/log(3)                                                  = ln(2)/ln(3)
        e^(x+y)                                                        = e^x*e^y
        (x^2-1)/(x-1)                                                  = x+1
        root(20+14*sqrt(2),3)                                          = 2+sqrt(2)
        root(2-sqrt(5),3)                                              = (1-sqrt(5))/2
        1/(1+sqrt(2)+sqrt(3))                                          = (2+sqrt(2)-sqrt(6))/4
        cosh(x)^2-sinh(x)^2                                            = 1
        tan(x+y)                                                       = (tan(x)+tan(y))/(1-tan(x)*tan(y))
        1-2*sin(x/2)^2                                                 = cos(x)
        x^(1/2)*y^(1/2)                                                = sqrt(x*y)
        sqrt(x/y)                                                      = sqrt(x)/sqrt(y)
        int(x,0,1,x^2)                                                 = int(t,0,1,t^2)
        degrees(45)                                                    = pi/4
        percent(50)                                                    = 1/2
        x/(x^2)                                                        = 1/x
        min(2,sqrt(5))                                                 = 2
        gamma(1/2)                                                     = sqrt(pi)
        abs(x)^2                                                       = x^2
        sqrt(3-2*sqrt(2))                                              = sqrt(2)-1
        (1+sqrt(5))/2                                                  = 2*cos(pi/5)
        sqrt(2+sqrt(2))/2                                              = cos(pi/8)
        floor(x+1)                                                     = floor(x)+1
        ceiling(x)                                                     = 0-floor(0-x)
        gcd(12,18)                                                     = 6
        x*x*x                                                          = x^3
        a*b+a*c                                                        = a*(b+c)
        i^2                                                            = -1
        sum(i,1,4,i)                                                   = 10
        2^(1/2)^2                                                      = 2^(1/4)
        mod(17,5)                                                      = 2
        sqrt(x+2*sqrt(x-1))                                            = sqrt(x-1)+1
        1/(x-1)-1/(x+1)                                                = 2/(x^2-1)
        ln(sqrt(x))                                                    = ln(x)/2
        e^(2*ln(x))                                                    = x^2
        x^(ln(2)/ln(x))                                                = 2
        prod(k,1,n,k)                                                  = n!
        sum(k,0,n,binomial(n,k))                                       = 2^n
        1000000007*998244353                                           = 998244359987710471
        2^1000000*2                                                    = 2^1000001
        4^500000                                                       = 2^1000000
        (10^9)!                                                        = (10^9)!
        prod(k,1,1000,k)                                               = 1000!
        2004!/2003!                                                    = 2004
        sqrt(1000003*1000033)*x                                        = sqrt(1000003)*sqrt(1000033)*x
        """;

    private static final String DIFFERENT_PAIRS = """
        1/2                                                            = 1/3
        sqrt(5+2*sqrt(6))                                              = sqrt(2)-sqrt(3)
        (x+1)^2                                                        = x^2+2*x-1
        sin(2*x)                                                       = 2*sin(x)
        sqrt(x^2)                                                      = x
        1/2004!                                                        = 1/2006!
        binomial(n,k)                                                  = binomial(n,k+1)
        inf                                                            = -inf
        inf                                                            = 5
        f(x)                                                           = f(y)
        sum(k,0,n-1,idx(F,k)*idx(F,n-k-1))                             = sum(k,0,n-2,idx(F,k)*idx(F,n-k-1))
        6-5*i                                                          = 6+5*i
        10^(0-30)                                                      = 10^(0-31)
        10^(0-30)+sqrt(2)-sqrt(2)                                      = 10^(0-31)
        pi                                                             = 355/113
        pi                                                             = 3.14159265358979323846264338327950288
        pi                                                             = sqrt(10)
        0                                                              = 10^(0-300)*sqrt(2)
        sin(x)                                                         = x
        e^pi                                                           = pi^e
        e^(pi*sqrt(163))                                               = 262537412640768744
        floor(x)                                                       = x
        gcd(n,6)                                                       = n
        x^y                                                            = y^x
        sum(k,0,n,binomial(n,k))                                       = 2^n+1
        2^1000000                                                      = 2^1000001
        """;

    /** Without a value, or beyond what is known: never equal, and no exception. */
    private static final String PAIRS_NOT_EQUAL = """
        9^(9^(9^9))                                                    = 5
        (10^9)!                                                        = 7
        1/0                                                            = 5
        1/0                                                            = 1/0
        0^0                                                            = 0^0
        0^0                                                            = 1
        inf-inf                                                        = inf-inf
        f(2)                                                           = 7
        tan(pi/2)                                                      = tan(pi/2)
        int(x,0,1,x^2)                                                 = 1/3
        9^(9^(9^9))                                                    = 7
        (10^9)!                                                        = (10^9)!+1
        binomial(10^9,5*10^8)                                          = 3
        sum(k,1,10^12,k)                                               = 5
        sum(k,1,1000,1/k)                                              = 5
        sum(k,1,1000,k!)                                               = 5
        sum(j,1,1000,sum(k,1,1000,j*k))                                = 5
        prod(k,1,1000,k)                                               = 1000!-1
        2004!/2003!                                                    = 2005
        ((((2^64)^64)^64)^64)^64                                       = 1
        1/(sqrt(5+2*sqrt(6))-sqrt(2)-sqrt(3))                          = 1/(sqrt(5+2*sqrt(6))-sqrt(2)-sqrt(3))
        1/((x+1)^2-x^2-2*x-1)                                          = 1/((x+1)^2-x^2-2*x-1)
        1/((1+sqrt(2))^2-3-2*sqrt(2))                                  = 1/((1+sqrt(2))^2-3-2*sqrt(2))
        0*(1/((1+sqrt(2))^2-3-2*sqrt(2)))                              = 0
        0/0                                                            = 0/0
        inf*0                                                          = 0
        inf/inf                                                        = 1
        1/inf                                                          = 0
        (x-x)/(x-x)                                                    = 1
        tan(pi/2)                                                      = inf
        ln(0)                                                          = -inf
        0^0                                                            = 1
        0^(0-1)                                                        = 0
        undefined                                                      = undefined
        x+2305843008800451119                                          = x
        x*(1+2305843008800451119*2305843003679014799)                  = x
        sqrt(1009*1013)*x                                              = sqrt(1009)*sqrt(1013)*x+x
        sin(10^100)                                                    = 0
        e^(10^6)                                                       = e^(10^6)+1
        10^(10^6)*sqrt(2)                                              = 10^(10^6)*sqrt(2)+1
        pi+10^(0-200)                                                  = pi
        sqrt(2)*sqrt(3)+10^(0-100)-sqrt(6)                             = 0
        sin(1)^2+cos(1)^2-1+10^(0-90)                                  = 0
        """;

    private final ScalarEquality equality = new ScalarEquality(AlgebraBudget.defaults());

    @ParameterizedTest
    @CsvSource(textBlock = EQUAL_PAIRS, delimiter = '=')
    void equalExpressionsAreEqualInEitherOrder(String a, String b) {
        assertThat(compare(a, b)).isInstanceOf(Equal.class);
        assertThat(compare(b, a)).isInstanceOf(Equal.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = DIFFERENT_PAIRS, delimiter = '=')
    void differentExpressionsAreDifferentInEitherOrder(String a, String b) {
        assertThat(compare(a, b)).isInstanceOf(Different.class);
        assertThat(compare(b, a)).isInstanceOf(Different.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = PAIRS_NOT_EQUAL, delimiter = '=')
    void whatHasNoValueOrIsTooLargeIsNeverEqual(String a, String b) {
        assertThat(compare(a, b)).isNotInstanceOf(Equal.class);
        assertThat(compare(b, a)).isNotInstanceOf(Equal.class);
    }

    @Test
    void unknownFunctionOnOneSideLeavesTheComparisonOpen() {
        assertThat(compare("f(2)", "7")).isInstanceOf(Unsettled.class);
        assertThat(compare("idx(a,n)", "n+1")).isInstanceOf(Unsettled.class);
        assertThat(compare("int(x,0,1,x^2)", "1/3")).isInstanceOf(Unsettled.class);
    }

    @Test
    void wordsHaveNoValue() {
        Node words = new Node.Words("even");
        assertThat(equality.compare(words, words)).isInstanceOf(Unsettled.class);
        assertThat(equality.compare(Trees.of("2"), words)).isInstanceOf(Unsettled.class);
    }

    @Test
    void symbolsAreReplacedAllAtOnce() {
        Scalar exchanged = equality.prepare(Trees.of("x-2*y"), Map.of("x", Trees.of("y"), "y", Trees.of("x")));
        assertThat(equality.compare(exchanged, equality.prepare(Trees.of("y-2*x"))))
                .isInstanceOf(Equal.class);
    }

    @Test
    void preparedExpressionTellsWhatItIs() {
        assertThat(equality.prepare(Trees.of("x+y-x")).symbols()).containsExactly("y");
        assertThat(equality.prepare(Trees.of("sqrt(2)")).isConstant()).isTrue();
        assertThat(equality.prepare(Trees.of("f(2)")).isConstant()).isFalse();
        assertThat(equality.prepare(Trees.of("1/0")).isUnderstood()).isFalse();
        assertThat(equality.prepare(Trees.of("-inf")).infinity()).isEqualTo(-1);
        assertThat(equality.prepare(Trees.of("10!/8!")).exact().orElseThrow()).hasToString("90");
    }

    private Equality compare(String a, String b) {
        return equality.compare(Trees.of(a), Trees.of(b));
    }
}
