package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A step begins, and waits for its groups until their manifest is frozen. */
final class Sampling implements AwaitedGroups<Judged> {

    private final DriverPorts ports;
    private final Journal journal;
    private final Steering steering;
    private final Archiving archiving;
    private final HackingGuard guard;
    private final OpenGroups<Judged> groups;

    Sampling(
            DriverPorts ports,
            Journal journal,
            Steering steering,
            Watchdog watchdog,
            Archiving archiving,
            HackingGuard guard) {
        this.ports = ports;
        this.guard = guard;
        this.journal = journal;
        this.steering = steering;
        this.archiving = archiving;
        this.groups = new OpenGroups<>(this, ports.log(), journal, steering, watchdog);
    }

    /** Opens the step after this one, or ends the run. */
    Tick next(Run run, Step done) {
        if (done.number() >= run.spec().steps()) {
            archiving.archive(run, done.number());
            return steering.finish(run, RunState.COMPLETED, "");
        }
        Run running = run.at(done.number() + 1);
        List<Problem> problems = problems(running);
        Dispatch dispatch = dispatch(running, Topic.SCORED, problems.size());
        Step step = Step.sampling(running, running.step(), dispatch, pairs(running, problems.size()), journal.begun());
        return send(running, step, problems, List.of());
    }

    /** The models hold what the step went back to. */
    Tick startAfterRollback(Run run, Step step) {
        List<Problem> problems = problems(run);
        Dispatch dispatch = step.dispatch()
                .map(before -> before.again(before.slots(), journal.now(), run.fence(), true))
                .orElseGet(() -> dispatch(run, Topic.SCORED, problems.size()));
        Optional<Dispatch> pairs = step.reward().flatMap(ModelUpdate::dispatch).or(() -> pairs(run, problems.size()));
        Map<String, Object> versions =
                new TreeMap<>(Map.of("policy", run.policy().getNumber()));
        run.reward().ifPresent(reward -> versions.put("reward", reward.getNumber()));
        return send(run, step.sampling(dispatch, pairs), problems, List.of(journal.event(run, "RolledBack", versions)));
    }

    /** The policy that sampled has come out with other bytes: its groups are void, and are sampled anew. */
    Tick startAnew(Run run, Step step, String why) {
        Dispatch dispatch = step.groups().again(step.groups().slots(), journal.now(), run.fence(), true);
        Step anew = step.with(ModelKind.POLICY, step.policy().thawed())
                .sampling(dispatch, step.reward().flatMap(ModelUpdate::dispatch));
        RunEvent event = journal.event(
                run,
                "GroupsRedispatched",
                Map.of("awaited", what(), "slots", dispatch.slots(), "attempt", dispatch.attempt(), "why", why));
        return send(run, anew, problems(run), List.of(event));
    }

    private Tick send(Run run, Step step, List<Problem> problems, List<RunEvent> before) {
        List<OutgoingRecord> records = new ArrayList<>();
        records.add(Announcements.control(run, step));
        records.addAll(Announcements.requests(run, step, problems, step.groups().slots()));
        groups.forget();
        List<RunEvent> events = new ArrayList<>(before);
        if (step.groups().attempt() == 1) {
            events.add(journal.event(run, "StepStarted", Map.of("groups", problems.size())));
        }
        return journal.commit(run, step, events, records);
    }

    private List<Problem> problems(Run run) {
        return ports.prompts().training(run, run.step());
    }

    /** Where the step's pairs are looked for, when it trains the reward model. */
    private Optional<Dispatch> pairs(Run run, int slots) {
        return run.spec().trainsRewardIn(run.step())
                ? Optional.of(dispatch(run, Topic.PAIRS, slots))
                : Optional.empty();
    }

    private Dispatch dispatch(Run run, Topic closes, int slots) {
        return Dispatch.first(Purpose.TRAINING, slots, ports.log().end(closes), journal.now(), run.fence());
    }

    Tick await(Run run, Step step) {
        archiving.archive(run, step.number() - 1);
        GroupWatch<Judged> read = groups.read(run, step);
        int needed = (int) Math.ceil(run.spec().quorum() * read.total());
        if (read.hasReadThePast() && read.usable().size() >= needed) {
            return freeze(run, step, read);
        }
        return groups.redispatchIfNeeded(run, step, read)
                .orElseGet(() -> read.missing().isEmpty() ? freeze(run, step, read) : Tick.WAITING);
    }

    private Tick freeze(Run run, Step step, GroupWatch<Judged> closed) {
        FrozenGroups frozen = FrozenGroups.of(run, step, closed, ports.topics());
        if (frozen.manifest().getRecordsCount() == 0) {
            return steering.fail(
                    run, "step " + step.number() + " has no group to train on: " + frozen.excludedInWords());
        }
        HackingGuard.Finding found = guard.look(run, step, frozen.measured(), frozen.judged());
        Map<String, Double> measured = new TreeMap<>(frozen.measured());
        measured.putAll(found.measured());
        Step training = step.frozen(frozen.manifest(), frozen.excluded(), measured, journal.now());
        List<RunEvent> events = new ArrayList<>();
        events.add(told(run, frozen));
        events.addAll(found.events());
        // Nobody need finish what the quorum went on without.
        List<OutgoingRecord> records =
                closed.missing().isEmpty() ? List.of() : List.of(Announcements.control(run, training));
        groups.forget();
        return found.pause()
                .map(why -> steering.pause(run, training, why, events))
                .orElseGet(() -> journal.commit(run, training, events, records));
    }

    private RunEvent told(Run run, FrozenGroups frozen) {
        return journal.event(
                run,
                "ManifestFrozen",
                Map.of(
                        "records",
                        frozen.manifest().getRecordsCount(),
                        "excluded",
                        frozen.excluded().size(),
                        "sha256",
                        frozen.sha256()));
    }

    void forget() {
        groups.forget();
    }

    @Override
    public Topic topic() {
        return Topic.SCORED;
    }

    @Override
    public ClosingRecord<Judged> reader(Step step) {
        return Judged::scored;
    }

    @Override
    public String what() {
        return "training groups";
    }

    @Override
    public Duration timeAllowed(Run run) {
        return run.spec().sampling().timeAllowed();
    }

    @Override
    public boolean outlivesItsFence() {
        return false;
    }

    @Override
    public List<OutgoingRecord> ask(Run run, Step step, List<Integer> slots) {
        return Announcements.requests(run, step, ports.prompts().training(run, step.number()), slots);
    }
}
