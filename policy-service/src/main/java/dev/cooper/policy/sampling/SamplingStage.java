package dev.cooper.policy.sampling;

import dev.cooper.modelruntime.hosting.Worker;
import dev.cooper.platform.line.Work;
import dev.cooper.platform.line.WorkSource;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sampler's part of the line. One thread takes all prompts that are there, and samples together those that can
 * share a batch; each group is finished as soon as its completions are there, or dropped once nobody wants it any more,
 * also while it is being sampled. A group that could not be sent stays and is sampled again: its noise is the same.
 */
public final class SamplingStage implements Worker {

    /** The stage's name in failures and metrics. */
    public static final String NAME = "sampling";

    private static final Logger log = LoggerFactory.getLogger(SamplingStage.class);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final SamplerIdentity identity;
    private final WorkSource<SampleRequest, RolloutGroup> source;
    private final SamplingEngine engine;
    private final SamplingObserver observer;
    private final Duration finishWithin;

    /** Taken and not finished; used by the engine's thread only. */
    private final List<Work<SampleRequest, RolloutGroup>> open = new ArrayList<>();

    private volatile int taken;
    private volatile int inFlight;
    private volatile boolean closed;
    private volatile Instant handBackAt = Instant.MAX;

    /** A stage that ends at once when it is told to; the caller has one thread {@link #run} it. */
    public SamplingStage(
            SamplerIdentity identity,
            WorkSource<SampleRequest, RolloutGroup> source,
            SamplingEngine engine,
            SamplingObserver observer) {
        this(identity, source, engine, observer, Duration.ZERO);
    }

    /**
     * A stage; the caller has one thread {@link #run} it.
     *
     * @param finishWithin how long it goes on with its batch after it was told to end
     */
    public SamplingStage(
            SamplerIdentity identity,
            WorkSource<SampleRequest, RolloutGroup> source,
            SamplingEngine engine,
            SamplingObserver observer,
            Duration finishWithin) {
        this.identity = identity;
        this.source = source;
        this.engine = engine;
        this.observer = observer;
        this.finishWithin = finishWithin;
    }

    /**
     * Who samples.
     *
     * @param instance name for reports
     */
    public record SamplerIdentity(String instance, Clock clock) {}

    /** Groups that were taken and not finished. */
    public int taken() {
        return taken;
    }

    /** Groups of the batch that is being sampled. */
    public int inFlight() {
        return inFlight;
    }

    /** Works until closed. Groups that could not be finished are tried again after a pause. */
    @Override
    public void run() throws InterruptedException {
        while (!closed) {
            try {
                runOnce(open.isEmpty() ? IDLE : Duration.ZERO);
            } catch (RuntimeException e) {
                // Whatever it is, the thread stays: groups that nobody finishes are dispatched again and become stale.
                log.error("groups could not be finished and are sampled again", e);
                Thread.sleep(BEFORE_RETRY);
            }
        }
    }

    /**
     * Ends {@link #run} after its batch, or in the batch once the time to finish it is over; what is not finished stays
     * unacknowledged, and is delivered to another instance or after the next start.
     */
    @Override
    public void close() {
        handBackAt = identity.clock().instant().plus(finishWithin);
        closed = true;
    }

    @Override
    public Duration closesWithin() {
        return Worker.super.closesWithin().plus(finishWithin);
    }

    /**
     * Takes all prompts that are there and samples one batch.
     *
     * @param atMost how long to wait for the first prompt
     * @return whether there was anything to do
     * @throws RuntimeException if a group could not be finished; it and those after it stay
     */
    public boolean runOnce(Duration atMost) throws InterruptedException {
        take(atMost);
        for (Work<SampleRequest, RolloutGroup> stale :
                open.stream().filter(work -> !work.isCurrent()).toList()) {
            stale.drop();
            forget(stale);
        }
        if (open.isEmpty()) {
            return false;
        }
        Work<SampleRequest, RolloutGroup> first = open.getFirst();
        List<Work<SampleRequest, RolloutGroup>> batch =
                open.stream().filter(work -> shareBatch(first, work)).toList();
        inFlight = batch.size();
        try {
            new SamplingBatch(batch, engine, new Outlet()).run();
        } finally {
            inFlight = 0;
        }
        return true;
    }

    private void take(Duration atMost) throws InterruptedException {
        Optional<? extends Work<SampleRequest, RolloutGroup>> next = source.poll(atMost);
        while (next.isPresent()) {
            open.add(next.get());
            next = source.poll(Duration.ZERO);
        }
        taken = open.size();
    }

    private void forget(Work<SampleRequest, RolloutGroup> work) {
        open.remove(work);
        taken = open.size();
    }

    private static boolean shareBatch(
            Work<SampleRequest, RolloutGroup> first, Work<SampleRequest, RolloutGroup> other) {
        SampleRequest a = first.message();
        SampleRequest b = other.message();
        return a.getGroup().getRunId().equals(b.getGroup().getRunId())
                && a.getPolicy().equals(b.getPolicy())
                && a.getSampling().toBuilder()
                        .clearGroupSize()
                        .build()
                        .equals(b.getSampling().toBuilder().clearGroupSize().build());
    }

    /** What a batch needs of its stage. */
    final class Outlet {

        Clock clock() {
            return identity.clock();
        }

        String instance() {
            return identity.instance();
        }

        boolean closing() {
            return closed && !identity.clock().instant().isBefore(handBackAt);
        }

        void forget(Work<SampleRequest, RolloutGroup> work) {
            SamplingStage.this.forget(work);
        }

        void sampled(int completions, long tokens, Duration duration) {
            observer.sampled(completions, tokens, duration);
        }
    }
}
