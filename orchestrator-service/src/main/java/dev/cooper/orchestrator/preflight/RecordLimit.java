package dev.cooper.orchestrator.preflight;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.FailureReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The largest record that a group may be, as the broker says when it is asked; unknown while it does not answer. */
public final class RecordLimit implements Supplier<OptionalLong> {

    private static final Logger LOG = LoggerFactory.getLogger(RecordLimit.class);
    private static final List<Topic> OF_GROUPS =
            List.of(Topic.PROMPTS, Topic.ROLLOUTS, Topic.VERIFIED, Topic.SCORED, Topic.PAIRS);
    private static final long PATIENCE_SECONDS = 5;

    /** A run that waits for room is checked again and again. */
    private static final Duration HOLDS = Duration.ofSeconds(30);

    private final Supplier<Map<Topic, Integer>> broker;
    private final Clock clock;
    private OptionalLong known = OptionalLong.empty();
    private Instant asked = Instant.MIN;

    /** @param broker asks for the limit of each topic, in bytes; may take its time, or throw */
    public RecordLimit(Supplier<Map<Topic, Integer>> broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    @Override
    public synchronized OptionalLong get() {
        Instant now = clock.instant();
        if (known.isEmpty() || asked.isBefore(now.minus(HOLDS))) {
            known = ask();
            asked = now;
        }
        return known;
    }

    private OptionalLong ask() {
        try {
            Map<Topic, Integer> limits = CompletableFuture.supplyAsync(broker).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return OF_GROUPS.stream()
                    .filter(limits::containsKey)
                    .mapToLong(topic -> limits.get(topic))
                    .min();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the size of groups cannot be checked against the log: {}", e.toString());
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CooperException(FailureReason.CANCELLED, "interrupted while asking for the size of records", e);
        }
    }
}
