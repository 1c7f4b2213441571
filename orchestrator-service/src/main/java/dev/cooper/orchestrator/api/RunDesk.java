package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.file.RunStorage;
import dev.cooper.orchestrator.preflight.Estimate;
import dev.cooper.orchestrator.preflight.Preflight;
import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Rollback;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.Wish;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.failure.NotFoundException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.failure.QuotaException;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Takes in what users ask of runs. Knows nothing of HTTP. */
public final class RunDesk {

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int NAME_LENGTH = 32;

    private final RunLedger ledger;
    private final RunStorage storage;
    private final Admission admission;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * What a new run must pass.
     *
     * @param preflight tells whether it can end well
     * @param mostUnfinished runs that may be queued, active or paused at once
     */
    public record Admission(Preflight preflight, int mostUnfinished) {

        Estimate check(RunSpec spec, RunLedger ledger) {
            if (ledger.runs().stream().filter(run -> !run.state().isFinal()).count() >= mostUnfinished) {
                throw new QuotaException("there are " + mostUnfinished + " unfinished runs: let one end, cancel one,"
                        + " or raise cooper.orchestrator.quota.unfinished-runs");
            }
            return preflight.check(spec);
        }
    }

    /** @param random makes the ends of run ids; thread-safe */
    public RunDesk(RunLedger ledger, RunStorage storage, Admission admission, Clock clock, RandomGenerator random) {
        this.ledger = ledger;
        this.storage = storage;
        this.admission = admission;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A new run at the end of the queue.
     *
     * @throws dev.cooper.platform.failure.CooperException when it cannot end well, as {@link Preflight#check} says
     * @throws QuotaException when there are as many unfinished runs as may be
     */
    public Run create(RunSpec spec) {
        return create(newId(spec.name()), spec, Map.of());
    }

    /** @param told with the event that tells of the new run */
    Run create(String id, RunSpec spec, Map<String, Object> told) {
        Estimate estimate = admission.check(spec, ledger);
        // As fine as the database keeps it.
        Run run = Run.queued(id, spec, clock.instant().truncatedTo(ChronoUnit.MICROS));
        Map<String, Object> data = new TreeMap<>(told);
        data.put("name", spec.name());
        data.put("estimates", estimate.toMap());
        ledger.create(run, new RunEvent(0, run.id(), 0, "RunQueued", run.createdAt(), data));
        return run;
    }

    /** The name as far as it is fit for a folder and a header, and six letters of chance. */
    String newId(String name) {
        String fit = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        StringBuilder id = new StringBuilder(fit.substring(0, Math.min(fit.length(), NAME_LENGTH)));
        id.append(id.isEmpty() ? "run-" : "-");
        for (int i = 0; i < 6; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    /** Asks for a pause, which comes with the driver's next move; nothing changes for a run that is paused. */
    public Run pause(String runId) {
        Run run = run(runId);
        return switch (run.state()) {
            case PREPARING, RUNNING, PAUSED -> wish(run, Wish.PAUSE);
            case QUEUED -> throw refused(run, "paused", "it has not begun; cancel it instead");
            case COMPLETED, FAILED, CANCELLED -> throw refused(run, "paused", "it has ended");
        };
    }

    /** Lets a paused run go on; nothing changes for one that runs. */
    public Run resume(String runId) {
        Run run = run(runId);
        return switch (run.state()) {
            case PREPARING, RUNNING, PAUSED -> wish(run, Wish.RUN);
            case QUEUED -> throw refused(run, "resumed", "it waits for its turn");
            case COMPLETED, FAILED, CANCELLED -> throw refused(run, "resumed", "it has ended");
        };
    }

    /** Asks for the run's end; nothing changes for one that is cancelled. */
    public Run cancel(String runId) {
        Run run = run(runId);
        return switch (run.state()) {
            case QUEUED, PREPARING, RUNNING, PAUSED -> wish(run, Wish.CANCEL);
            case CANCELLED -> run;
            case COMPLETED, FAILED -> throw refused(run, "cancelled", "it has ended");
        };
    }

    /**
     * Has models go back to what they were after a step; the run then goes on under new version numbers.
     *
     * @param asked empty: all that the run trains
     */
    public Run rollBack(String runId, long toStep, Set<ModelKind> asked) {
        Run run = run(runId);
        if (run.state() != RunState.RUNNING && run.state() != RunState.PAUSED) {
            throw refused(
                    run, "rolled back", run.state().isFinal() ? "it has ended; fork it instead" : "it has not begun");
        }
        if (run.wish() == Wish.CANCEL) {
            throw refused(run, "rolled back", "it is being cancelled");
        }
        if (toStep >= run.step()) {
            throw refused(
                    run, "rolled back", "it is at step " + run.step() + ", so step must be below that, got " + toStep);
        }
        Set<ModelKind> models = asked.isEmpty() ? trained(run) : asked;
        if (!trained(run).containsAll(models)) {
            throw refused(
                    run,
                    "rolled back",
                    "it trains no reward model in mode "
                            + run.spec().mode().name().toLowerCase(Locale.ROOT));
        }
        Step step = step(run, toStep);
        for (ModelKind kind : models) {
            ModelUpdate update =
                    kind == ModelKind.POLICY ? step.policy() : step.reward().orElseThrow();
            if (update.after().isEmpty()) {
                String name = kind.name().toLowerCase(Locale.ROOT);
                throw refused(run, "rolled back", "step " + toStep + " has not trained its " + name + " model");
            }
        }
        ledger.rollBack(run.id(), new Rollback(toStep, models));
        return run(runId);
    }

    private static Set<ModelKind> trained(Run run) {
        return run.spec().mode() == Mode.COOPER
                ? EnumSet.of(ModelKind.POLICY, ModelKind.REWARD)
                : EnumSet.of(ModelKind.POLICY);
    }

    /** Removes a run that has ended, with all that it has. What it has on the log goes with its retention. */
    public void delete(String runId) {
        Run run = run(runId);
        if (!run.state().isFinal()) {
            throw refused(run, "deleted", "cancel it first");
        }
        // The row goes last: should this be cut off, the run can be deleted again.
        storage.delete(run.id());
        ledger.delete(run.id());
    }

    private Run wish(Run run, Wish wish) {
        if (run.wish() == Wish.CANCEL && wish != Wish.CANCEL) {
            throw refused(run, wish == Wish.PAUSE ? "paused" : "resumed", "it is being cancelled");
        }
        ledger.wish(run.id(), wish);
        return run(run.id());
    }

    /** The run itself. */
    public Run run(String runId) {
        return ledger.run(runId)
                .orElseThrow(() -> new NotFoundException("there is no run " + runId + "; GET /api/v1/runs lists them"));
    }

    /** A run's evaluations, in the order of its steps. */
    public List<Evaluation> evaluations(String runId) {
        return ledger.evaluations(run(runId).id());
    }

    /** A run's step. */
    public Step step(Run run, long number) {
        return ledger.step(run.id(), number)
                .orElseThrow(() ->
                        new NotFoundException("run " + run.id() + " has no step " + number + " yet; it is at step "
                                + run.step() + " of " + run.spec().steps()));
    }

    /** A run's steps from a number on. */
    public List<Step> steps(String runId, long from) {
        return ledger.steps(run(runId).id(), from);
    }

    private static PreconditionException refused(Run run, String verb, String why) {
        RunState state = run.state();
        return new PreconditionException("run " + run.id() + " is " + state + " and cannot be " + verb + ": " + why);
    }
}
