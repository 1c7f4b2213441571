package dev.cooper.reward.jobs;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.NotFoundException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.failure.QuotaException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Takes jobs, does them one after the other in the order of requests, and tells of them. States and their transitions
 * are those of {@link JobState}.
 */
public final class JobDesk implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobDesk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final JobStore store;
    private final Map<String, JobKind> kinds;
    private final int mostUnfinished;
    private final Clock clock;
    private final SortedMap<Long, JobView> jobs = new TreeMap<>();
    private long next = 1;
    private boolean closing;
    private @Nullable Thread worker;

    /**
     * A desk that works once it is started.
     *
     * @param root folder of the jobs of this instance, and of no other
     * @param mostUnfinished jobs that may wait or be under way at once
     */
    public JobDesk(Path root, List<JobKind> kinds, int mostUnfinished, Clock clock) {
        this.store = new JobStore(root);
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(JobKind::name, Function.identity()));
        this.mostUnfinished = mostUnfinished;
        this.clock = clock;
    }

    /** Takes up what an earlier process left. */
    public synchronized void start() {
        jobs.putAll(store.load());
        next = store.next();
        for (JobView job : List.copyOf(jobs.values())) {
            if (job.state() == JobState.CANCELLING) {
                keep(job.ended(JobState.CANCELLED, clock.instant(), null, null));
            }
        }
        worker = Thread.ofPlatform().name("jobs").daemon().start(this::work);
    }

    /**
     * Queues a job.
     *
     * @throws CooperException BAD_INPUT, naming the fields that are wrong; nothing is kept then
     * @throws QuotaException when there are as many as may be
     */
    public synchronized JobView submit(String kind, JsonNode spec) {
        if (jobs.values().stream().filter(job -> job.state().isUnfinished()).count() >= mostUnfinished) {
            throw new QuotaException("there are " + mostUnfinished
                    + " unfinished jobs here: let one end, cancel one, or raise cooper.jobs.unfinished");
        }
        long id = next;
        Path work = store.work(id);
        kind(kind).open(spec, work);
        JobView job =
                new JobView(id, kind, JobState.QUEUED, clock.instant(), null, null, work.toString(), null, null, null);
        store.add(job, spec);
        next++;
        jobs.put(id, job);
        notifyAll();
        return job;
    }

    /** The jobs of a kind, the newest first. */
    public synchronized List<JobView> list(String kind) {
        kind(kind);
        List<JobView> found = new ArrayList<>(
                jobs.values().stream().filter(job -> job.kind().equals(kind)).toList());
        found.sort(Comparator.comparingLong(JobView::id).reversed());
        return found;
    }

    /**
     * One job.
     *
     * @throws NotFoundException if there is none of that number and kind
     */
    public synchronized JobView find(String kind, long id) {
        JobView job = jobs.get(id);
        if (job == null || !job.kind().equals(kind)) {
            throw new NotFoundException("there is no job " + id + " among the " + kind + " of this instance");
        }
        return job;
    }

    /**
     * Cancels a job: at once while it waits, at its next place to stop while it works.
     *
     * @throws PreconditionException if it has ended
     */
    public synchronized JobView cancel(String kind, long id) {
        JobView job = find(kind, id);
        return switch (job.state()) {
            case QUEUED -> keep(job.ended(JobState.CANCELLED, clock.instant(), null, null));
            case RUNNING -> keep(job.cancelling());
            case CANCELLING -> job;
            case DONE, FAILED, CANCELLED ->
                throw new PreconditionException(
                        "job " + id + " is " + job.state() + " and cannot be cancelled any more");
        };
    }

    private JobKind kind(String name) {
        JobKind kind = kinds.get(name);
        if (kind == null) {
            throw new NotFoundException("this instance does no " + name + "; it does "
                    + String.join(", ", kinds.keySet().stream().sorted().toList()));
        }
        return kind;
    }

    private JobView keep(JobView job) {
        store.update(job);
        jobs.put(job.id(), job);
        return job;
    }

    private void work() {
        try {
            for (Optional<JobView> job = await(); job.isPresent(); job = await()) {
                run(job.get());
            }
        } catch (InterruptedException e) {
            log.info("interrupted; the job under way goes on after the next start");
            Thread.currentThread().interrupt();
        }
    }

    /** The next job, which is RUNNING then; empty when the desk closes. */
    private synchronized Optional<JobView> await() throws InterruptedException {
        while (!closing) {
            Optional<JobView> job =
                    jobs.values().stream().filter(j -> j.state().isUnfinished()).findFirst();
            if (job.isPresent()) {
                return Optional.of(keep(job.get().running(clock.instant())));
            }
            wait();
        }
        return Optional.empty();
    }

    private void run(JobView job) {
        try {
            Optional<JsonNode> figures = kind(job.kind())
                    .open(store.spec(job.id()), store.work(job.id()))
                    .run(new Control(job.id()));
            end(job.id(), figures);
        } catch (IOException | RuntimeException e) {
            CooperException why = known(e);
            if (why.reason() == FailureReason.INTERNAL) {
                log.error("a fault in job {} ({})", job.id(), job.kind(), e);
            } else {
                log.warn("job {} ({}) failed: {}", job.id(), job.kind(), why.detail());
            }
            fail(job.id(), why);
        }
    }

    /** A model or file that cannot be used is the specification's fault, not ours. */
    private static CooperException known(Exception e) {
        return e instanceof InvalidModelException
                ? new CooperException(FailureReason.BAD_INPUT, String.valueOf(e.getMessage()), e)
                : CooperException.of(e);
    }

    private synchronized void end(long id, Optional<JsonNode> figures) {
        JobView job = current(id);
        if (figures.isPresent()) {
            keep(job.ended(JobState.DONE, clock.instant(), null, figures.get()));
        } else if (job.state() == JobState.CANCELLING) {
            keep(job.ended(JobState.CANCELLED, clock.instant(), null, null));
        }
        // Else the desk closes, and the job goes on after the next start.
    }

    private synchronized void fail(long id, CooperException why) {
        var failure = new JobView.Failure(
                why.reason().name(), why.detail(), why.field().orElse(null));
        keep(current(id).ended(JobState.FAILED, clock.instant(), failure, null));
    }

    private synchronized JobView current(long id) {
        JobView job = jobs.get(id);
        if (job == null) {
            throw new IllegalStateException("job " + id + " is under way and not in the list");
        }
        return job;
    }

    private final class Control implements JobControl {
        private final long id;

        Control(long id) {
            this.id = id;
        }

        @Override
        public boolean stopRequested() {
            synchronized (JobDesk.this) {
                return closing || current(id).state() == JobState.CANCELLING;
            }
        }

        @Override
        public void progress(long done, long total, String line) {
            synchronized (JobDesk.this) {
                // Only in memory: after a restart the job tells it anew.
                jobs.put(id, current(id).with(new JobView.Progress(done, total, line, clock.instant())));
            }
        }
    }

    /** Stops at the next place of the job under way; what is left goes on after the next start. */
    @Override
    public void close() {
        Thread working;
        synchronized (this) {
            closing = true;
            notifyAll();
            working = worker;
        }
        if (working == null) {
            return;
        }
        try {
            if (!working.join(PATIENCE)) {
                log.warn("the job under way does not stop within {} and is interrupted", PATIENCE);
                working.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
