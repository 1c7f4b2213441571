package dev.cooper.mathverifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyTest {
    private static final int CASES = 2000;
    private static final List<String> FRAMES = List.of(
            "Thus \\boxed{%s}.",
            "3 + 4 = 7\n#### %s",
            "I think 12. The final answer is %s.",
            "**Answer:** $%s$",
            "So we get $y = %s$ at last.");

    private final AnswerChecker checker = new AnswerChecker();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNumberEqualsItselfInEveryFormAndNoOtherNumber(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            Rational value = rational(random);
            CompiledReference reference = checker.forReference(pick(forms(value), random));
            String answer = pick(forms(value), random);
            Verdict same = reference.check(frame(answer, random));
            assertThat(same).as(same.explanation()).isInstanceOf(Verdict.Correct.class);
            Rational other = value.plus(perturbation(random));
            Verdict different = reference.check(frame(pick(forms(other), random), random));
            assertThat(different).as(different.explanation()).isInstanceOf(Verdict.Incorrect.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void aListEqualsItselfInAnyOrderAndATupleOnlyInItsOwn(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            List<Rational> values = new ArrayList<>();
            for (int k = 0; k < 2 + random.nextInt(6); k++) {
                values.add(Rational.of(10L * k + random.nextInt(10)));
            }
            List<Rational> shuffled = new ArrayList<>(values);
            Collections.shuffle(shuffled, random);
            assertThat(Checks.boxed(checker, join(values), join(shuffled))).isInstanceOf(Verdict.Correct.class);
            Verdict tuple = Checks.boxed(checker, "(" + join(values) + ")", "(" + join(shuffled) + ")");
            assertThat(tuple instanceof Verdict.Correct).isEqualTo(values.equals(shuffled));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void anyTextGetsTheSameVerdictTwiceAndNoException(long seed) {
        var random = new Random(seed);
        List<String> pieces = List.of(
                "\\boxed{",
                "}",
                "{",
                "(",
                ")",
                "[",
                "]",
                "\\frac",
                "12",
                "3.5",
                ",",
                "$",
                "####",
                "answer is ",
                " ",
                "\n",
                "\\text{",
                "x",
                "apples",
                "=",
                "-",
                "/",
                "^",
                "%",
                "\\",
                "and",
                "\\{",
                "\\}",
                "\\,",
                "1e9",
                ".",
                "\u00bd");
        for (int i = 0; i < CASES; i++) {
            var text = new StringBuilder();
            for (int k = 0; k < random.nextInt(25); k++) {
                text.append(pick(pieces, random));
            }
            String other = text.toString();
            String reference = i % 2 == 0 ? "12" : other;
            Verdict first = checker.check(reference, other);
            assertThat(new AnswerChecker().check(reference, other)).isEqualTo(first);
            assertThat(first.explanation()).isNotBlank();
        }
    }

    @Test
    void oneReferenceServesManyThreads() throws Exception {
        CompiledReference reference = checker.forReference("1/2, \\sqrt{3}, (1, 2)");
        List<String> completions = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            completions.add("\\boxed{(1, 2), 0.5, \\sqrt3}".replace("0.5", "0." + (5 + i % 2)));
        }
        List<Verdict> expected = completions.stream().map(reference::check).toList();
        List<Callable<List<Verdict>>> tasks = Collections.nCopies(
                8, () -> completions.stream().map(reference::check).toList());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<Verdict>> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
        assertThat(expected.get(0)).isInstanceOf(Verdict.Correct.class);
        assertThat(expected.get(1)).isInstanceOf(Verdict.Incorrect.class);
    }

    private static Rational rational(Random random) {
        BigInteger numerator = BigInteger.valueOf(random.nextLong(-5_000_000, 5_000_000));
        return switch (random.nextInt(3)) {
            case 0 -> new Rational(numerator, BigInteger.ONE);
            case 1 -> new Rational(numerator, BigInteger.TEN.pow(1 + random.nextInt(4)));
            default -> new Rational(numerator, BigInteger.valueOf(random.nextInt(1, 999)));
        };
    }

    private static Rational perturbation(Random random) {
        // More than half a unit of the second decimal: less may be rounding.
        Rational size =
                new Rational(BigInteger.valueOf(random.nextInt(1, 50)), BigInteger.valueOf(random.nextInt(1, 99)));
        return random.nextBoolean() ? size : size.negate();
    }

    /** The ways to write a number that these tests know. */
    private static List<String> forms(Rational value) {
        String sign = value.numerator().signum() < 0 ? "-" : "";
        BigInteger n = value.numerator().abs();
        BigInteger d = value.denominator();
        List<String> forms = new ArrayList<>();
        forms.add(sign + n + "/" + d);
        forms.add(sign + "\\frac{" + n + "}{" + d + "}");
        forms.add("\\dfrac{" + sign + n.shiftLeft(1) + "}{" + d.shiftLeft(1) + "}");
        if (value.isInteger()) {
            forms.add(sign + n);
            forms.add(sign + grouped(n, ","));
            forms.add(sign + grouped(n, "{,}"));
            forms.add(sign + "\\$" + grouped(n, ",") + ".00");
            forms.add(sign + n + "\\text{ apples}");
            forms.add(sign + n + "e0");
            forms.add((sign.isEmpty() ? "+" : sign) + "00" + n);
        } else if (n.compareTo(d) > 0) {
            forms.add(sign + n.divide(d) + "\\frac{" + n.mod(d) + "}{" + d + "}");
        }
        decimal(n, d).ifPresent(text -> {
            forms.add(sign + text);
            forms.add(sign + text + "0 dollars");
            forms.add(sign + text + " \\times 10^{0}");
        });
        return forms;
    }

    private static Optional<String> decimal(BigInteger n, BigInteger d) {
        try {
            return Optional.of(
                    new BigDecimal(n).divide(new BigDecimal(d)).setScale(12).toPlainString());
        } catch (ArithmeticException e) {
            // Not a finite decimal of twelve digits: this form does not exist.
            return Optional.empty();
        }
    }

    private static String grouped(BigInteger n, String separator) {
        return String.format(Locale.ROOT, "%,d", n).replace(",", separator);
    }

    private static String join(List<Rational> values) {
        return values.stream().map(Rational::toString).collect(Collectors.joining(", "));
    }

    private static String frame(String answer, Random random) {
        return pick(FRAMES, random).replace("%s", answer);
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
