package dev.cooper.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.health.Workers.Sight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class WorkersTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration ALLOWED = Duration.ofMinutes(10);

    private final AtomicBoolean hasWork = new AtomicBoolean(true);
    private Instant now = START;
    private long used;
    private final Workers workers = new Workers(ALLOWED, new Moving(), _ -> used);

    private final class Moving extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Sight afterMinutes(int minutes) {
        now = now.plus(Duration.ofMinutes(minutes));
        return workers.look().values().iterator().next();
    }

    @Test
    void aThreadThatLoadsOrComputesForHoursIsNotStuck() {
        workers.watch("sampler", Thread.currentThread(), hasWork::get);
        for (int i = 0; i < 30; i++) {
            used += 1_000;
            assertThat(afterMinutes(9)).isEqualTo(new Sight(null, false));
        }
    }

    @Test
    void aThreadThatHoldsWorkAndDoesNothingIsStuckAfterTheTimeAllowedAndAliveWhenItMovesAgain() {
        workers.watch("sampler", Thread.currentThread(), hasWork::get);
        used = 5;
        assertThat(afterMinutes(1).stuck()).isFalse();
        assertThat(afterMinutes(10)).isEqualTo(new Sight(START.plus(Duration.ofMinutes(1)), false));
        assertThat(new WorkersHealth(workers).health().getStatus()).isEqualTo(Status.UP);
        assertThat(afterMinutes(1).stuck()).isTrue();
        assertThat(new WorkersHealth(workers).health())
                .satisfies(health -> assertThat(health.getStatus()).isEqualTo(Status.DOWN))
                .satisfies(health -> assertThat(health.getDetails().get("sampler"))
                        .asString()
                        .contains("has work and has not moved since 2026-01-01T00:01:00Z"));
        used = 6;
        assertThat(afterMinutes(1)).isEqualTo(new Sight(null, false));
    }

    @Test
    void aThreadWithoutWorkMayDoNothingForEver() {
        workers.watch("sampler", Thread.currentThread(), hasWork::get);
        hasWork.set(false);
        assertThat(afterMinutes(600)).isEqualTo(new Sight(null, false));
        hasWork.set(true);
        assertThat(afterMinutes(9).stuck()).isFalse();
    }

    @Test
    void aThreadThatHasEndedWhileWorkWaitsIsStuck() {
        workers.watch("sampler", Thread.currentThread(), hasWork::get);
        used = -1;
        assertThat(afterMinutes(11).stuck()).isTrue();
        workers.forget("sampler");
        assertThat(workers.look()).isEmpty();
    }

    @Test
    void theProcessorTimeOfARealThreadTellsWaitingFromComputing() throws Exception {
        Workers real = new Workers(ALLOWED, new Moving());
        AtomicBoolean computes = new AtomicBoolean(true);
        CountDownLatch never = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().start(() -> {
            long sum = 0;
            while (computes.get()) {
                sum += System.nanoTime();
            }
            try {
                never.await();
            } catch (InterruptedException e) {
                assertThat(sum).isNotZero();
            }
        });
        try {
            real.watch("worker", thread, () -> true);
            for (int i = 0; i < 3; i++) {
                Thread.sleep(50);
                now = now.plus(ALLOWED).plusSeconds(1);
                assertThat(real.look().get("worker")).isEqualTo(new Sight(null, false));
            }
            computes.set(false);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.sleep(10);
            }
            // The last of its computing is seen once.
            assertThat(real.look().get("worker")).isNotNull();
            now = now.plus(ALLOWED).plusSeconds(1);
            assertThat(real.look().get("worker")).extracting(Sight::stuck).isEqualTo(true);
        } finally {
            thread.interrupt();
            thread.join();
        }
    }
}
