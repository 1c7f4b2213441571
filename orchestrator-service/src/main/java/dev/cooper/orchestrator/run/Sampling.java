package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A step begins, and waits for its groups until their manifest is frozen. */
final class Sampling implements AwaitedGroups<Judged> {

    private final DriverPorts ports;
    private final Journal journal;
    private final Steering steering;
    private final Archiving archiving;
    private final OpenGroups<Judged> groups;

    Sampling(DriverPorts ports, Journal journal, Steering steering, Watchdog watchdog, Archiving archiving) {
        this.ports = ports;
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
        List<Problem> problems = ports.prompts().training(running, running.step());
        Dispatch dispatch = dispatch(running, Topic.SCORED, problems.size());
        Optional<Dispatch> pairs = running.spec().trainsRewardIn(running.step())
                ? Optional.of(dispatch(running, Topic.PAIRS, problems.size()))
                : Optional.empty();
        Step step = Step.sampling(running, running.step(), dispatch, pairs, journal.begun());
        List<OutgoingRecord> records = new ArrayList<>();
        records.add(Announcements.control(running, step));
        records.addAll(Announcements.requests(running, step, problems, dispatch.slots()));
        groups.forget();
        RunEvent started = journal.event(running, "StepStarted", Map.of("groups", problems.size()));
        return journal.commit(running, step, List.of(started), records);
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
        Step training = step.frozen(frozen.manifest(), frozen.excluded(), frozen.measured(), journal.now());
        RunEvent event = journal.event(
                run,
                "ManifestFrozen",
                Map.of(
                        "records",
                        frozen.manifest().getRecordsCount(),
                        "excluded",
                        frozen.excluded().size(),
                        "sha256",
                        frozen.sha256()));
        // Nobody need finish what the quorum went on without.
        List<OutgoingRecord> records =
                closed.missing().isEmpty() ? List.of() : List.of(Announcements.control(run, training));
        groups.forget();
        return journal.commit(run, training, List.of(event), records);
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
