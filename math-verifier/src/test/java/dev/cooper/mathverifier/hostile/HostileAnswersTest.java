package dev.cooper.mathverifier.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.UnscorableReason;
import dev.cooper.mathverifier.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No hostile text is accepted, none makes the verifier fail, and each is answered at once, whatever side it stands on.
 */
class HostileAnswersTest {
    /**
     * Of processor time, generous while the JVM is cold: the work is bounded by counted steps, the benchmark holds its
     * time.
     */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private static final int TRIES = 3;
    private static final int SHOWN = 8;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final AnswerChecker CHECKER = new AnswerChecker();
    private static final TreeMap<Long, String> SLOWEST = new TreeMap<>(Comparator.reverseOrder());

    @BeforeAll
    static void warmUp() {
        List.of("77", "\\frac{1}{2}", "(1,2)").forEach(text -> CHECKER.check(text, "\\boxed{" + text + "}"));
    }

    @AfterAll
    static void reportTheSlowest() {
        SLOWEST.entrySet().stream()
                .limit(SHOWN)
                .map(slow -> "slowest hostile texts: %.1f ms, %s".formatted(slow.getKey() / 1e6, slow.getValue()))
                .forEach(System.out::println);
    }

    static Stream<HostileCase> tooMuchWork() {
        return TooMuchWork.cases();
    }

    static Stream<HostileCase> deceptions() {
        return Deceptions.cases();
    }

    @ParameterizedTest
    @MethodSource("tooMuchWork")
    void whatAsksForTooMuchWorkIsAnsweredAtOnce(HostileCase hostile) {
        assertNotAccepted(hostile);
        assertNotAccepted(hostile.mirrored());
    }

    @ParameterizedTest
    @MethodSource("deceptions")
    void whatDeceivesIsNotAccepted(HostileCase hostile) {
        assertNotAccepted(hostile);
    }

    private static void assertNotAccepted(HostileCase hostile) {
        long fastest = Long.MAX_VALUE;
        for (int tried = 0; tried < TRIES && fastest > LIMIT.toNanos() / TRIES; tried++) {
            long start = THREADS.getCurrentThreadCpuTime();
            Verdict verdict = CHECKER.check(hostile.reference(), hostile.completion());
            fastest = Math.min(fastest, THREADS.getCurrentThreadCpuTime() - start);
            assertThat(verdict).as(hostile.name()).isNotInstanceOf(Verdict.Correct.class);
            assertThat(isFault(verdict)).as(hostile.name()).isFalse();
        }
        SLOWEST.put(fastest, hostile.name());
        assertThat(Duration.ofNanos(fastest)).as(hostile.name()).isLessThan(LIMIT);
    }

    private static boolean isFault(Verdict verdict) {
        return verdict instanceof Verdict.Unscorable unscorable
                && unscorable.reason() == UnscorableReason.VERIFIER_FAULT;
    }
}
