package dev.cooper.perturbation.assistant;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.modelruntime.hosting.HostedFolder;
import dev.cooper.modelruntime.hosting.ModelHost;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version of the policy from the weight store as assistant. One thread has the model; it takes all requests that wait
 * and writes them as one batch, always in deterministic shapes, so that a text does not depend on what else is in the
 * batch.
 */
public final class EmbeddedAssistant implements Assistant {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedAssistant.class);
    /** A batch costs the same with one text as with many, so the first waits a moment for others. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    /** How soon a close is noticed while there is nothing to do. */
    private static final Duration IDLE = Duration.ofMillis(200);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(15);

    private final Shape shape;
    private final ModelHost<HostedFolder<LanguageModel>> host;
    private final BlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * What a batch is computed at; part of what makes a text.
     *
     * @param rows texts that are written at the same time
     * @param contextLength longest prompt with its text, in tokens; a model with fewer positions sets a lower bound
     */
    public record Shape(int rows, int contextLength) {}

    /** A request and who waits for its text. */
    record Pending(RewriteRequest request, CompletableFuture<Rewrite> text) {

        void fail(CooperException failure) {
            text.completeExceptionally(failure);
        }

        boolean sharesBatch(Pending other) {
            return request.runId().equals(other.request.runId())
                    && request.model().equals(other.request.model())
                    && request.temperature() == other.request.temperature();
        }
    }

    private EmbeddedAssistant(WeightStore weights, Shape shape) {
        this.shape = shape;
        this.host =
                new ModelHost<>(ModelKind.POLICY, weights, folder -> new HostedFolder<>(LanguageModel.load(folder)));
        this.thread = Thread.ofPlatform().name("assistant").unstarted(this::work);
    }

    /** An assistant that loads a model when it is first asked. */
    public static EmbeddedAssistant start(WeightStore weights, Shape shape) {
        EmbeddedAssistant assistant = new EmbeddedAssistant(weights, shape);
        assistant.thread.start();
        return assistant;
    }

    @Override
    public Rewrite rewrite(RewriteRequest request) throws InterruptedException {
        Pending pending = new Pending(request, new CompletableFuture<>());
        waiting.add(pending);
        if (closed) {
            pending.fail(closing());
        }
        try {
            return pending.text().get();
        } catch (ExecutionException e) {
            throw CooperException.of(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            pending.text().cancel(false);
            throw e;
        }
    }

    private void work() {
        List<Pending> open = new ArrayList<>();
        try {
            while (!closed) {
                gather(open);
                runBatch(open);
            }
        } catch (InterruptedException e) {
            log.warn("the assistant was interrupted and ends");
        } finally {
            closed = true;
            waiting.drainTo(open);
            open.forEach(pending -> pending.fail(closing()));
            host.close();
        }
    }

    private void gather(List<Pending> open) throws InterruptedException {
        if (open.isEmpty()) {
            Pending first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                return;
            }
            open.add(first);
            Thread.sleep(GATHERING);
        }
        waiting.drainTo(open);
    }

    private void runBatch(List<Pending> open) {
        for (Pending pending : open) {
            if (!pending.request().wanted().getAsBoolean()) {
                pending.fail(new CooperException(FailureReason.CANCELLED, "nobody wants the rewrite any more"));
            }
        }
        open.removeIf(pending -> pending.text().isDone());
        if (open.isEmpty()) {
            return;
        }
        List<Pending> batch = open.stream().filter(open.getFirst()::sharesBatch).toList();
        open.removeAll(batch);
        new RewriteBatch(batch, shape, () -> closed).run(host);
    }

    private static CooperException closing() {
        return new CooperException(FailureReason.CANCELLED, "the assistant is closed");
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(LONGEST_CLOSE)) {
                log.warn("the assistant did not end within {}", LONGEST_CLOSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
