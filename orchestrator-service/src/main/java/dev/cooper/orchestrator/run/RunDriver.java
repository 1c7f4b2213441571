package dev.cooper.orchestrator.run;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Moves one run from state to state, under one fence. Everything that it decides on is in the ledger or on the log, so
 * a new driver goes on where a dead one stopped: at whatever point that was, and with the same outcome.
 *
 * <p>One thread calls {@link #tick()} again and again. Each tick makes at most one move, which is one transaction, and
 * blocks no longer than a poll of the log or one call of the trainer. A {@link StaleFenceException} from it means that
 * another driver has taken over.
 */
public final class RunDriver {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

    private final String runId;
    private final long fence;
    private final RunLedger ledger;
    private final ClosedGroups closedGroups;
    private final PolicyTrainer trainer;
    private final Prompts prompts;
    private final StepArchive archive;
    private final TopicNames topics;
    private final Clock clock;

    private @Nullable GroupWatch watch;
    private Instant nextProgress = Instant.MIN;

    /** The newest step that this driver has archived; step 0 has nothing to archive. */
    private long archived;

    /** Whether this tick has committed anything that must be said, even if the run itself stays where it is. */
    private boolean spoke;

    /** When this driver closed the step before: what it does until the next one is sent is that one's time. */
    private Optional<Instant> closedAt = Optional.empty();

    private volatile RunProgress progress;

    public RunDriver(
            String runId,
            long fence,
            RunLedger ledger,
            ClosedGroups closedGroups,
            PolicyTrainer trainer,
            Prompts prompts,
            StepArchive archive,
            TopicNames topics,
            Clock clock) {
        this.runId = runId;
        this.fence = fence;
        this.ledger = ledger;
        this.closedGroups = closedGroups;
        this.trainer = trainer;
        this.prompts = prompts;
        this.archive = archive;
        this.topics = topics;
        this.clock = clock;
        this.progress = RunProgress.none(runId);
    }

    /** What the run waits for, as of the last tick; any thread may ask. */
    public RunProgress progress() {
        return progress;
    }

    /**
     * Makes the next move, if there is one to make.
     *
     * @throws StaleFenceException when another driver steers the run
     */
    public Tick tick() {
        Run run = ledger.run(runId).orElseThrow(() -> new IllegalStateException("no run " + runId));
        if (run.fence() != fence) {
            throw new StaleFenceException(runId, fence);
        }
        if (run.state().isFinal()) {
            return Tick.DONE;
        }
        if (run.wish() == Wish.CANCEL) {
            return finish(run, RunState.CANCELLED, "cancelled by its user");
        }
        spoke = false;
        Tick tick = move(run);
        return tick == Tick.WAITING && spoke ? Tick.MOVED : tick;
    }

    private Tick move(Run run) {
        try {
            return switch (run.state()) {
                case QUEUED -> prepare(run);
                case PREPARING -> attachInitialModel(run);
                case RUNNING -> run.wish() == Wish.PAUSE ? pause(run, "paused by its user") : advance(run);
                case PAUSED -> run.wish() == Wish.RUN ? resume(run) : Tick.WAITING;
                case COMPLETED, FAILED, CANCELLED -> Tick.DONE;
            };
        } catch (CooperException failure) {
            return absorb(run, failure);
        }
    }

    private Tick advance(Run run) {
        Step step = currentStep(run);
        return switch (step.state()) {
            case SAMPLING -> awaitTrainingGroups(run, step);
            case TRAINING_POLICY -> trainPolicy(run, step);
            case COMMITTED -> run.spec().evaluatesAfter(step.number()) ? startEvaluation(run, step) : next(run, step);
            case EVALUATING -> awaitEvaluationGroups(run, step);
            case EVALUATED -> next(run, step);
            case PAIRING, TRAINING_REWARD ->
                throw new IllegalStateException("mode " + run.spec().mode() + " has no " + step.state());
        };
    }

    private Step currentStep(Run run) {
        return ledger.step(run.id(), run.step())
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no step " + run.step()));
    }

    // --- preparing -------------------------------------------------------------------------------------------------

    private Tick prepare(Run run) {
        Run preparing = run.in(RunState.PREPARING, "");
        return commit(preparing, List.of(event(preparing, "RunPreparing", Map.of())), List.of());
    }

    private Tick attachInitialModel(Run run) {
        TrainerState state = trainer.attach(TrainerCalls.attach(run));
        if (state.getVersion().getNumber() != 0) {
            return fail(
                    run,
                    "the trainer holds version " + state.getVersion().getNumber() + " of a run that has not begun;"
                            + " the folder checkpoints/" + run.id() + " is of another installation: move it away");
        }
        Run prepared = run.prepared(state.getVersion(), clock.instant());
        Step step = Step.initial(run.id(), state.getVersion(), clock.instant());
        return commit(
                prepared,
                step,
                List.of(event(
                        prepared,
                        "RunStarted",
                        Map.of("initial_checksum", state.getInitialChecksum(), "parameters", state.getParameters()))),
                List.of(Announcements.control(prepared, step, List.of())));
    }

    // --- sampling --------------------------------------------------------------------------------------------------

    private Tick next(Run run, Step done) {
        Instant begun = closedAt.orElseGet(clock::instant);
        if (done.number() >= run.spec().steps()) {
            archive(run, done.number());
            return finish(run, RunState.COMPLETED, "");
        }
        Run running = run.at(done.number() + 1);
        List<Problem> problems = prompts.training(running, running.step());
        Dispatch dispatch = dispatch(running, Purpose.TRAINING, problems.size());
        Step step = Step.sampling(running, running.step(), dispatch, begun);
        return send(running, step, problems, List.of(event(running, "StepStarted", Map.of("groups", problems.size()))));
    }

    /**
     * Archives a committed step, once in a driver's life. It is called when the next groups are on their way, so that
     * nobody waits for it, and before they can be frozen or scored, so that no step is left out.
     */
    private void archive(Run run, long number) {
        if (number > archived) {
            Step done = ledger.step(run.id(), number).orElseThrow();
            archive.write(run, done, closedGroups.fetch(done.manifest().orElseThrow()));
            archived = number;
        }
    }

    private Dispatch dispatch(Run run, Purpose purpose, int slots) {
        Map<Integer, Long> from = closedGroups.end(topic(purpose));
        return Dispatch.first(purpose, slots, from, clock.instant(), run.fence());
    }

    private static Topic topic(Purpose purpose) {
        return purpose == Purpose.EVALUATION ? Topic.VERIFIED : Topic.SCORED;
    }

    /** The first dispatch of all of a step's groups. */
    private Tick send(Run run, Step step, List<Problem> problems, List<RunEvent> events) {
        List<OutgoingRecord> records = new ArrayList<>();
        records.add(Announcements.control(run, step, List.of()));
        List<Integer> all = IntStream.range(0, problems.size()).boxed().toList();
        records.addAll(Announcements.requests(run, step, problems, all));
        watch = null;
        return commit(run, step, events, records);
    }

    private Tick awaitTrainingGroups(Run run, Step step) {
        archive(run, step.number() - 1);
        GroupWatch groups = read(run, step);
        int needed = (int) Math.ceil(run.spec().quorum() * groups.total());
        if (groups.hasReadThePast() && groups.usable() >= needed) {
            return freeze(run, step, groups);
        }
        return redispatchIfNeeded(run, step, groups)
                .orElseGet(() -> groups.missing().isEmpty() ? freeze(run, step, groups) : Tick.WAITING);
    }

    private Tick freeze(Run run, Step step, GroupWatch groups) {
        FrozenGroups frozen = FrozenGroups.of(run.id(), step.number(), groups, topics);
        if (frozen.manifest().getRecordsCount() == 0) {
            return fail(run, "step " + step.number() + " has no group to train on: " + frozen.excludedInWords());
        }
        Step training = step.frozen(frozen.manifest(), frozen.excluded(), frozen.measured(), clock.instant());
        RunEvent event = event(
                run,
                "ManifestFrozen",
                Map.of(
                        "records",
                        frozen.manifest().getRecordsCount(),
                        "excluded",
                        frozen.excluded().size(),
                        "sha256",
                        frozen.sha256()));
        List<OutgoingRecord> records = groups.missing().isEmpty()
                ? List.of()
                : List.of(Announcements.control(run, training, groups.missing()));
        watch = null;
        return commit(run, training, List.of(event), records);
    }

    // --- waiting for groups, training and held-out alike -------------------------------------------------------------

    private GroupWatch read(Run run, Step step) {
        GroupWatch groups = watch;
        if (groups == null) {
            Dispatch dispatch = step.groups();
            Topic topic = topic(dispatch.purpose());
            groups = new GroupWatch(
                    run.id(), step.number(), dispatch, closedGroups.begin(topic), closedGroups.end(topic));
            closedGroups.read(topic, dispatch.scanFrom());
            watch = groups;
        }
        int before = groups.closed();
        List<RunEvent> events = new ArrayList<>();
        List<OutgoingRecord> rejected = new ArrayList<>();
        for (LogRecord record : closedGroups.poll(POLL)) {
            groups.offer(record).ifPresent(unreadable -> {
                events.add(event(run, "RecordRejected", Map.of("record", record.place(), "why", unreadable.detail())));
                rejected.add(DeadLetters.of(unreadable));
            });
        }
        if (!rejected.isEmpty()) {
            spoke = true;
            commit(run, events, rejected);
        }
        progress = RunProgress.of(run, step, groups);
        tellProgress(run, groups, before);
        return groups;
    }

    private void tellProgress(Run run, GroupWatch groups, int before) {
        Instant now = clock.instant();
        if (groups.closed() > before && groups.closed() < groups.total() && !now.isBefore(nextProgress)) {
            nextProgress = now.plus(PROGRESS_EVERY);
            spoke = true;
            commit(
                    run,
                    List.of(event(run, "GroupsClosed", Map.of("closed", groups.closed(), "total", groups.total()))),
                    List.of());
        }
    }

    /** Sends groups again that failed, that are late, or that an older fence had sent. */
    private Optional<Tick> redispatchIfNeeded(Run run, Step step, GroupWatch groups) {
        if (!groups.hasReadThePast()) {
            return Optional.of(Tick.WAITING);
        }
        Redispatch decision = Redispatch.decide(run, groups, clock.instant());
        return switch (decision) {
            case Redispatch.None _ -> Optional.empty();
            case Redispatch.GiveUp giveUp -> Optional.of(pause(run, giveUp.why()));
            case Redispatch.Again again -> {
                Dispatch dispatch =
                        groups.dispatch().again(again.slots(), clock.instant(), run.fence(), again.budgetAnew());
                Step sentAgain = step.redispatched(dispatch);
                List<Problem> problems = problems(run, step);
                List<OutgoingRecord> records = new ArrayList<>();
                records.add(Announcements.control(run, sentAgain, List.of()));
                records.addAll(Announcements.requests(run, sentAgain, problems, again.slots()));
                RunEvent event = event(
                        run,
                        "GroupsRedispatched",
                        Map.of("slots", again.slots(), "attempt", dispatch.attempt(), "why", again.why()));
                Tick moved = commit(run, sentAgain, List.of(event), records);
                groups.redispatched(dispatch);
                yield Optional.of(moved);
            }
        };
    }

    private List<Problem> problems(Run run, Step step) {
        return step.groups().purpose() == Purpose.EVALUATION
                ? prompts.heldOut(run)
                : prompts.training(run, step.number());
    }

    // --- training --------------------------------------------------------------------------------------------------

    private Tick trainPolicy(Run run, Step step) {
        progress = RunProgress.training(run, step);
        long held = trainer.attach(TrainerCalls.attach(run)).getVersion().getNumber();
        if (held < step.before().getNumber()) {
            return replay(run, held);
        }
        TrainResult result = trainer.train(TrainerCalls.train(run, step, ""));
        Manifest manifest = step.manifest().orElseThrow();
        Instant now = clock.instant();
        Map<String, Double> measured = StepTimes.of(step, result, now);
        Step committed = step.committed(result.getVersion(), result.getBatchSha256(), measured, now);
        Run updated = run.with(result.getVersion());
        List<OutgoingRecord> records = new ArrayList<>();
        records.add(Announcements.control(updated, committed, List.of()));
        if (result.getUpdated()) {
            records.add(Announcements.policyVersion(
                    updated,
                    result.getVersion(),
                    step.before(),
                    manifest,
                    FrozenGroups.sha256(manifest),
                    result.getLocation()));
        }
        closedAt = Optional.of(now);
        List<RunEvent> events = List.of(
                event(
                        updated,
                        "PolicyUpdated",
                        Map.of(
                                "updated",
                                result.getUpdated(),
                                "version",
                                result.getVersion().getNumber(),
                                "checksum",
                                result.getVersion().getChecksum())),
                event(updated, "StepCommitted", Map.of("metrics", committed.metrics())));
        return commit(updated, committed, events, records);
    }

    /**
     * The trainer has lost updates that the ledger has: it makes them again, one a tick, and each must come out the
     * same.
     */
    private Tick replay(Run run, long held) {
        Step missed = ledger.stepThatUpdated(run.id(), held)
                .orElseThrow(() -> new CooperException(
                        FailureReason.INTERNAL,
                        "the trainer is at version " + held + " and no step of run " + run.id() + " starts from it"));
        String expected = missed.after().orElseThrow().getChecksum();
        TrainResult result = trainer.train(TrainerCalls.train(run, missed, expected));
        commit(
                run,
                List.of(event(
                        run,
                        "StepReplayed",
                        Map.of(
                                "step",
                                missed.number(),
                                "version",
                                result.getVersion().getNumber(),
                                "checksum",
                                result.getVersion().getChecksum()))),
                List.of());
        return Tick.MOVED;
    }

    // --- evaluation ------------------------------------------------------------------------------------------------

    private Tick startEvaluation(Run run, Step step) {
        List<Problem> problems = prompts.heldOut(run);
        Step evaluating = step.evaluating(dispatch(run, Purpose.EVALUATION, problems.size()));
        return send(
                run,
                evaluating,
                problems,
                List.of(event(run, "EvaluationStarted", Map.of("problems", problems.size()))));
    }

    private Tick awaitEvaluationGroups(Run run, Step step) {
        archive(run, step.number());
        GroupWatch groups = read(run, step);
        return redispatchIfNeeded(run, step, groups)
                .orElseGet(() -> groups.missing().isEmpty() ? evaluate(run, step, groups) : Tick.WAITING);
    }

    private Tick evaluate(Run run, Step step, GroupWatch groups) {
        Instant now = clock.instant();
        Evaluation evaluation = Scorecard.of(run, step, groups.winners(), now);
        closedAt = Optional.of(now);
        watch = null;
        Step evaluated = step.evaluated();
        Move move = new Move(
                run,
                Optional.of(evaluated),
                Optional.of(evaluation),
                List.of(event(run, "EvaluationCompleted", Scorecard.asData(evaluation))),
                List.of());
        ledger.commit(move);
        return Tick.MOVED;
    }

    // --- pausing and ending ----------------------------------------------------------------------------------------

    /** Also a run that pauses itself stays so until its user wishes it to run again. */
    private Tick pause(Run run, String why) {
        Run paused = run.in(RunState.PAUSED, why);
        ledger.wish(run.id(), Wish.PAUSE);
        return commit(paused, List.of(event(paused, "RunPaused", Map.of("reason", why))), controlOf(paused));
    }

    private Tick resume(Run run) {
        Run running = run.in(RunState.RUNNING, "");
        closedAt = Optional.empty();
        watch = null;
        Step step = currentStep(run);
        Optional<Step> renewed = step.state() == StepState.SAMPLING || step.state() == StepState.EVALUATING
                ? Optional.of(step.redispatched(step.groups().resumed(clock.instant())))
                : Optional.empty();
        Move move = new Move(
                running,
                renewed,
                Optional.empty(),
                List.of(event(running, "RunResumed", Map.of())),
                List.of(Announcements.control(running, renewed.orElse(step), List.of())));
        ledger.commit(move);
        return Tick.MOVED;
    }

    private Tick fail(Run run, String why) {
        return finish(run, RunState.FAILED, why);
    }

    private Tick finish(Run run, RunState end, String why) {
        Run ended = run.finished(end, why, clock.instant());
        String type = switch (end) {
            case COMPLETED -> "RunCompleted";
            case FAILED -> "RunFailed";
            case CANCELLED -> "RunCancelled";
            case QUEUED, PREPARING, RUNNING, PAUSED -> throw new IllegalArgumentException(end + " is not an end");
        };
        commit(ended, List.of(event(ended, type, Map.of("reason", why))), controlOf(ended));
        return Tick.DONE;
    }

    private List<OutgoingRecord> controlOf(Run run) {
        return ledger.step(run.id(), run.step())
                .map(step -> List.of(Announcements.control(run, step, List.of())))
                .orElse(List.of());
    }

    /** A failure that waiting may mend keeps the run; any other ends it, with the reason for its user. */
    private Tick absorb(Run run, CooperException failure) {
        return switch (failure.reason()) {
            case NO_CAPACITY, TIMEOUT -> {
                progress = RunProgress.waitingFor(run, failure.detail());
                yield Tick.WAITING;
            }
            case CANCELLED -> Tick.WAITING;
            case BAD_INPUT, MODEL_FAULT, INTERNAL, FAILURE_REASON_UNSPECIFIED, UNRECOGNIZED -> {
                if (failure instanceof PreconditionException && !isAheadOfTheLedger(run, failure)) {
                    // The trainer restarted after it was attached: the next tick attaches it again and replays. But one
                    // that has seen a higher fence refuses every tick, and people must be able to see why.
                    progress = RunProgress.waitingFor(run, failure.detail());
                    yield Tick.WAITING;
                }
                yield fail(run, failure.detail());
            }
        };
    }

    private static boolean isAheadOfTheLedger(Run run, CooperException failure) {
        return failure instanceof PreconditionException wrong
                && wrong.heldVersion()
                        .filter(held -> held.getNumber() > run.policy().getNumber())
                        .isPresent();
    }

    // --- commits ---------------------------------------------------------------------------------------------------

    private RunEvent event(Run run, String type, Map<String, Object> data) {
        return RunEvent.of(run, run.step(), type, clock.instant(), data);
    }

    private Tick commit(Run run, List<RunEvent> events, List<OutgoingRecord> records) {
        ledger.commit(new Move(run, Optional.empty(), Optional.empty(), events, records));
        return Tick.MOVED;
    }

    private Tick commit(Run run, Step step, List<RunEvent> events, List<OutgoingRecord> records) {
        ledger.commit(new Move(run, Optional.of(step), Optional.empty(), events, records));
        return Tick.MOVED;
    }
}
