package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A committed step has its policy answer the held-out problems. */
final class Evaluating implements AwaitedGroups<Judged> {

    private final DriverPorts ports;
    private final Journal journal;
    private final Archiving archiving;
    private final OpenGroups<Judged> groups;

    Evaluating(DriverPorts ports, Journal journal, Steering steering, Watchdog watchdog, Archiving archiving) {
        this.ports = ports;
        this.journal = journal;
        this.archiving = archiving;
        this.groups = new OpenGroups<>(this, ports.log(), journal, steering, watchdog);
    }

    Tick start(Run run, Step step) {
        List<HeldOutSet> sets = ports.prompts().heldOut(run);
        List<Problem> problems = HeldOutSet.all(sets);
        Dispatch dispatch = Dispatch.first(
                Purpose.EVALUATION, problems.size(), ports.log().end(Topic.VERIFIED), journal.now(), run.fence());
        Step evaluating = step.evaluating(dispatch);
        List<OutgoingRecord> records = new ArrayList<>();
        records.add(Announcements.control(run, evaluating));
        records.addAll(Announcements.requests(run, evaluating, problems, dispatch.slots()));
        groups.forget();
        RunEvent started = journal.event(
                run,
                "EvaluationStarted",
                Map.of(
                        "problems",
                        problems.size(),
                        "sets",
                        sets.stream().map(HeldOutSet::name).toList()));
        return journal.commit(run, evaluating, List.of(started), records);
    }

    Tick await(Run run, Step step) {
        archiving.archive(run, step.number());
        GroupWatch<Judged> read = groups.read(run, step);
        return groups.redispatchIfNeeded(run, step, read)
                .orElseGet(() -> read.missing().isEmpty() ? evaluate(run, step, read) : Tick.WAITING);
    }

    private Tick evaluate(Run run, Step step, GroupWatch<Judged> closed) {
        Instant now = journal.now();
        Evaluation evaluation = Scorecard.of(run, step, ports.prompts().heldOut(run), closed.usable(), now);
        journal.closed(now);
        groups.forget();
        return journal.commit(new Move(
                run,
                Optional.of(step.evaluated()),
                Optional.of(evaluation),
                List.of(journal.event(run, "EvaluationCompleted", Scorecard.asData(evaluation))),
                List.of()));
    }

    void forget() {
        groups.forget();
    }

    @Override
    public Topic topic() {
        return Topic.VERIFIED;
    }

    @Override
    public ClosingRecord<Judged> reader(Step step) {
        return Judged::verified;
    }

    @Override
    public String what() {
        return "evaluation groups";
    }

    @Override
    public Duration timeAllowed(Run run) {
        return run.spec().evaluation().orElseThrow().timeAllowed();
    }

    @Override
    public boolean outlivesItsFence() {
        return false;
    }

    @Override
    public List<OutgoingRecord> ask(Run run, Step step, List<Integer> slots) {
        return Announcements.requests(run, step, HeldOutSet.all(ports.prompts().heldOut(run)), slots);
    }
}
