package dev.cooper.mathverifier.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.algebra.Equality.Different;
import dev.cooper.mathverifier.algebra.Equality.Equal;
import dev.cooper.mathverifier.algebra.Equality.Unsettled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Floors, ceilings, remainders and common divisors, which agree at most points of forms that differ. */
class ConsecutivePointsTest {
    private final ScalarEquality equality = new ScalarEquality(AlgebraBudget.defaults());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ceiling(n/2)+2 | floor((n+1)/2)+2
            floor(n^2/4) | floor(n/2)*ceiling(n/2)
            floor(n/2) | (2*n-1+(-1)^n)/4
            sum(k,1,n,floor(k/2)) | floor(n^2/4)
            binomial(n,floor(n/2)) | binomial(n,ceiling(n/2))
            floor((m+n)/2) | ceiling((m+n-1)/2)
            2^floor(n/2) | 2^ceiling((n-1)/2)
            floor(2*x) | floor(x)+floor(x+1/2)
            mod(n+6,4) | mod(n+2,4)
            gcd(n+4,4) | gcd(n,4)
            floor(floor(n/2)/3) | floor(n/6)
            """)
    void formsThatAgreeOnEveryClassAreEqual(String a, String b) {
        assertThat(equality.compare(Trees.of(a), Trees.of(b))).isInstanceOf(Equal.class);
        assertThat(equality.compare(Trees.of(b), Trees.of(a))).isInstanceOf(Equal.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            floor((2*n-2)/5) | floor((2*n-1)/5)
            floor(3*n/4)+1 | ceiling(3*n/4)
            ceiling(x) | floor(x)+1
            ceiling(x/2) | floor((x+1)/2)
            ceiling(2*x+y) | floor(2*x+y)+1
            floor(n/23) | floor((n+1)/23)
            floor(m*n/6) | ceiling(m*n/6)
            gcd(n,36) | gcd(n,18)
            floor(n/2)! | floor((n+1)/2)!
            (-1)^floor(n/7) | (-1)^floor((n+1)/7)
            """)
    void formsThatPartAtOnePointOfManyDiffer(String a, String b) {
        assertThat(equality.compare(Trees.of(a), Trees.of(b))).isInstanceOf(Different.class);
        assertThat(equality.compare(Trees.of(b), Trees.of(a))).isInstanceOf(Different.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            floor(n/1000) | floor((n+1)/1000)
            floor(sqrt(n)) | floor(sqrt(n+1/2))
            floor(n/1000) | ceiling((n-999)/1000)
            """)
    void moreClassesThanPointsAreNotTakenForEqual(String a, String b) {
        assertThat(equality.compare(Trees.of(a), Trees.of(b))).isInstanceOf(Unsettled.class);
        assertThat(equality.compare(Trees.of(b), Trees.of(a))).isInstanceOf(Unsettled.class);
    }
}
