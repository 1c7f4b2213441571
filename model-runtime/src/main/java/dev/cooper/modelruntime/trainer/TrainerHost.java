package dev.cooper.modelruntime.trainer;

import dev.cooper.modelruntime.storage.StorageNames;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer of one model. It keeps a run's model at a version and brings it to the next one, and every command may be
 * repeated:
 *
 * <pre>
 *   attach                     load the newest intact checkpoint, or the initial model as version 0
 *   attach, newest allowed     the same, but none of a later version: the run goes back
 *   train, base = version      train on the manifest, publish version + 1, checkpoint when due
 *   train, asked before        the answer given before, if the version it made is the current one
 *   train, under way           the answer of the update under way
 *   train, base ≠ version      refused with the version held: the caller sends the missing steps
 *   train, other bytes         than expected: refused, or kept under the next incarnation if the request says so
 *   adopt, held = version      publish the version under its new number and write a checkpoint: the run has gone back
 *   fence below the highest    refused, also after a restart
 *   update failed half way     the model is dropped; the next call starts from the last checkpoint
 * </pre>
 *
 * Only checkpoints count after a restart, and they are written whole or not at all. Calls may come from any thread; the
 * work is done by the executor, which must run one task at a time in the order given.
 */
public final class TrainerHost implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrainerHost.class);

    private final ModelKind kind;
    private final String instance;
    private final TrainerPorts ports;
    private final Executor executor;

    /** Updates asked for and not yet answered, guarded by this. */
    private final Map<UpdateKey, UnderWay> underWay = new LinkedHashMap<>();

    private final Fences fences;

    private volatile TrainerState state;
    private volatile @Nullable Instant checkpointAt;
    private volatile long trainingStep;

    /** Used by the executor's tasks only. */
    private @Nullable TrainerSession session;

    /** The run to load again after an update that failed; used by the executor's tasks only. */
    private @Nullable AttachRequest toReload;

    /**
     * @param instance name of this trainer, for people
     * @param executor runs one task at a time; {@code Runnable::run} makes every call synchronous
     */
    public TrainerHost(ModelKind kind, String instance, TrainerPorts ports, Executor executor) {
        StorageNames.kind(kind);
        this.kind = kind;
        this.instance = instance;
        this.ports = ports;
        this.executor = executor;
        this.fences = new Fences(ports.checkpoints(), kind);
        this.state =
                TrainerState.newBuilder().setKind(kind).setInstance(instance).build();
    }

    /**
     * What makes two requests the same, whoever asks.
     *
     * @param manifestSha256 stands for the manifest
     * @param others the request without fence and manifest
     */
    private record UpdateKey(String manifestSha256, TrainRequest others) {

        static UpdateKey of(TrainRequest request) {
            return new UpdateKey(
                    Sha256.hex(request.getManifest().toByteArray()),
                    request.toBuilder().clearFence().clearManifest().build());
        }
    }

    /** With the highest fence of those who asked for the update: it stands as long as one of them steers the run. */
    private record UnderWay(CompletableFuture<TrainResult> answer, long fence) {}

    /** As {@link #attachLater}, waiting for the end. */
    public TrainerState attach(AttachRequest request) {
        return await(attachLater(request));
    }

    /** As {@link #trainLater}, waiting for the end. */
    public TrainResult train(TrainRequest request) {
        return await(trainLater(request));
    }

    /** As {@link #adoptLater}, waiting for the end. */
    public TrainResult adopt(AdoptRequest request) {
        return await(adoptLater(request));
    }

    /** What the trainer holds now: no run before the first attach, no version after an update that failed. */
    public TrainerState describe() {
        return state.toBuilder().setTrainingStep(trainingStep).build();
    }

    /** Since when work is lost in a crash: when the version that a restart would begin from was made. */
    public Optional<Instant> checkpointAt() {
        return Optional.ofNullable(checkpointAt);
    }

    /**
     * Loads the run's model unless it is loaded, and refuses lower fences from now on.
     *
     * @return completed with the state; or with a {@link PreconditionException} for a lower fence, or a
     *     {@link CooperException} if the model cannot be loaded
     */
    public CompletableFuture<TrainerState> attachLater(AttachRequest request) {
        return submit(() -> {
            requireKind(request.getKind());
            admitFence(request.getRunId(), request.getFence());
            return () -> load(request);
        });
    }

    /**
     * Trains on the manifest. The future is the caller's own: giving it up stops nothing.
     *
     * @return completed with the result; or with a {@link PreconditionException} for a lower fence, another version or
     *     another run, or with a {@link CooperException}
     */
    public CompletableFuture<TrainResult> trainLater(TrainRequest request) {
        UpdateKey key = UpdateKey.of(request);
        CompletableFuture<TrainResult> answer;
        synchronized (this) {
            try {
                admitFence(request.getRunId(), request.getFence());
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
            UnderWay same = underWay.get(key);
            answer = same == null ? new CompletableFuture<>() : same.answer();
            underWay.put(key, new UnderWay(answer, request.getFence()));
            if (same != null) {
                return answer.copy();
            }
        }
        execute(answer, () -> update(request, fenceOf(key)), () -> forget(key));
        return answer.copy();
    }

    /**
     * Makes the version held the run's next one, for good.
     *
     * @return completed with the result; or with a {@link PreconditionException} for a lower fence, another version or
     *     another run, or with a {@link CooperException}
     */
    public CompletableFuture<TrainResult> adoptLater(AdoptRequest request) {
        return submit(() -> {
            requireKind(request.getKind());
            admitFence(request.getRunId(), request.getFence());
            return () -> adoptNow(request);
        });
    }

    private synchronized long fenceOf(UpdateKey key) {
        UnderWay update = underWay.get(key);
        return update == null ? 0 : update.fence();
    }

    private synchronized void forget(UpdateKey key) {
        underWay.remove(key);
    }

    private <T> CompletableFuture<T> submit(Supplier<Supplier<T>> admitted) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            Supplier<T> work = admitted.get();
            execute(answer, work, () -> {});
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    /** What a task throws is for its callers. */
    private <T> void execute(CompletableFuture<T> answer, Supplier<T> work, Runnable done) {
        try {
            executor.execute(() -> {
                T result;
                try {
                    result = work.get();
                } catch (RuntimeException | Error e) {
                    done.run();
                    answer.completeExceptionally(e);
                    return;
                }
                done.run();
                answer.complete(result);
            });
        } catch (RejectedExecutionException e) {
            done.run();
            answer.completeExceptionally(new CooperException(FailureReason.CANCELLED, "the trainer is closing", e));
        }
    }

    private void requireKind(ModelKind asked) {
        if (asked != kind) {
            throw CooperException.badInput("kind", "this trainer trains the " + kind + " model, asked was " + asked);
        }
    }

    private void admitFence(String runId, long fence) {
        fences.admit(runId, fence);
        synchronized (this) {
            if (state.getRunId().equals(runId)) {
                state = state.toBuilder().setFence(fences.of(runId)).build();
            }
        }
    }

    private TrainerState load(AttachRequest request) {
        admitFence(request.getRunId(), request.getFence());
        if (session == null || !session.serves(request)) {
            drop();
            session = TrainerSession.open(request, kind, ports);
        }
        toReload = request;
        return publishState(session);
    }

    private TrainResult update(TrainRequest request, long fence) {
        admitFence(request.getRunId(), fence);
        TrainerSession current = loaded(request.getRunId());
        var answered = current.answered(request);
        if (answered.isPresent()) {
            return answered.get();
        }
        trainingStep = request.getStep();
        try {
            TrainerSession.Update update = current.prepare(request);
            TrainResult result = update.prepared().teaches() ? applyOrDrop(current, update) : current.skip(update);
            publishState(current);
            return result;
        } finally {
            trainingStep = 0;
        }
    }

    private TrainResult adoptNow(AdoptRequest request) {
        admitFence(request.getRunId(), request.getFence());
        TrainerSession current = loaded(request.getRunId());
        TrainResult result = current.adopt(request);
        toReload = current.attached();
        publishState(current);
        return result;
    }

    private TrainerSession loaded(String runId) {
        AttachRequest attached = toReload;
        if (attached == null || !attached.getRunId().equals(runId)) {
            throw new PreconditionException("this trainer holds "
                    + (attached == null ? "no run" : "run '" + attached.getRunId() + "'") + ": attach run '" + runId
                    + "' first");
        }
        if (session == null) {
            session = TrainerSession.open(attached, kind, ports);
            publishState(session);
        }
        return session;
    }

    private TrainResult applyOrDrop(TrainerSession current, TrainerSession.Update update) {
        boolean done = false;
        try {
            TrainResult result = current.apply(update);
            done = true;
            return result;
        } finally {
            if (!done) {
                log.warn(
                        "the update of step {} failed: the model is dropped and the last checkpoint counts",
                        update.request().getStep());
                drop();
                synchronized (this) {
                    state = state.toBuilder().clearVersion().build();
                }
            }
        }
    }

    private void drop() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private synchronized TrainerState publishState(TrainerSession current) {
        String runId = current.attached().getRunId();
        checkpointAt = current.checkpointAt();
        state = TrainerState.newBuilder()
                .setRunId(runId)
                .setFence(fences.of(runId))
                .setKind(kind)
                .setVersion(current.version())
                .setCheckpoint(current.checkpoint())
                .setInstance(instance)
                .setInitialChecksum(current.initialChecksum())
                .setParameters(current.parameters())
                .addAllWarnings(current.warnings())
                .putAllMetrics(current.metrics())
                .build();
        return state;
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /** Frees the model, after the work that was asked for before. */
    @Override
    public void close() {
        await(submit(() -> () -> {
            drop();
            toReload = null;
            return true;
        }));
    }
}
