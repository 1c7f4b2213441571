package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.proto.v1.ModelKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** A ledger in memory that keeps the same contract as the database. Thread-safe: every method is one transaction. */
public final class TestingRunLedger implements RunLedger {

    private record Lease(String owner, Instant until) {}

    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, Lease> leases = new LinkedHashMap<>();
    private final Map<String, NavigableMap<Long, Step>> steps = new LinkedHashMap<>();
    private final Map<String, NavigableMap<Long, Evaluation>> evaluations = new LinkedHashMap<>();
    private final List<RunEvent> events = new ArrayList<>();
    /** Whose events are shown no more; their numbers stay taken. */
    private final Set<String> deleted = new HashSet<>();

    private final NavigableMap<Long, Pending> outbox = new TreeMap<>();
    private long nextOutboxId = 1;

    @Override
    public synchronized void create(Run run, RunEvent event) {
        if (runs.putIfAbsent(run.id(), run) != null) {
            throw new IllegalStateException("run " + run.id() + " exists already");
        }
        steps.put(run.id(), new TreeMap<>());
        evaluations.put(run.id(), new TreeMap<>());
        add(event);
    }

    @Override
    public synchronized Optional<Run> run(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public synchronized List<Run> runs() {
        return List.copyOf(runs.values());
    }

    @Override
    public synchronized Optional<Step> step(String runId, long number) {
        return Optional.ofNullable(stepsOf(runId).get(number));
    }

    @Override
    public synchronized List<Step> steps(String runId, long from) {
        return List.copyOf(stepsOf(runId).tailMap(from, true).values());
    }

    @Override
    public synchronized Optional<Step> stepThatMade(String runId, ModelKind kind, long version) {
        return stepsOf(runId).values().stream()
                .filter(step -> kind == ModelKind.POLICY || step.reward().isPresent())
                .filter(step -> hasMade(step.update(kind), version))
                .findFirst();
    }

    private static boolean hasMade(ModelUpdate update, long version) {
        boolean trained = update.updated() && update.after().orElseThrow().getNumber() == version;
        return trained || (update.origin().isPresent() && update.before().getNumber() == version);
    }

    @Override
    public synchronized void rollBack(String runId, Rollback rollback) {
        runs.computeIfPresent(runId, (_, run) -> run.with(run.status().asking(Optional.of(rollback))));
    }

    @Override
    public synchronized List<Evaluation> evaluations(String runId) {
        return List.copyOf(evaluations.getOrDefault(runId, new TreeMap<>()).values());
    }

    @Override
    public synchronized List<RunEvent> events(String runId, long after, int limit) {
        return events.stream()
                .filter(event -> !deleted.contains(event.runId()))
                .filter(event -> event.runId().equals(runId) && event.sequence() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<RunEvent> events(String runId, Set<String> types) {
        return events(runId, 0, Integer.MAX_VALUE).stream()
                .filter(event -> types.contains(event.type()))
                .toList();
    }

    @Override
    public synchronized void wish(String runId, Wish wish) {
        runs.computeIfPresent(
                runId,
                (_, run) ->
                        run.wish() == Wish.CANCEL ? run : run.with(run.status().wishing(wish)));
    }

    @Override
    public synchronized OptionalLong takeOver(String runId, String owner, Instant now, Duration lease) {
        Run run = runs.get(runId);
        Lease held = leases.get(runId);
        if (run == null
                || (held != null && !held.owner().equals(owner) && held.until().isAfter(now))) {
            return OptionalLong.empty();
        }
        leases.put(runId, new Lease(owner, now.plus(lease)));
        long fence = run.fence() + 1;
        runs.put(runId, run.with(run.status().under(fence)));
        return OptionalLong.of(fence);
    }

    @Override
    public synchronized boolean renew(String runId, String owner, long fence, Instant now, Duration lease) {
        if (!holds(runId, owner, fence)) {
            return false;
        }
        leases.put(runId, new Lease(owner, now.plus(lease)));
        return true;
    }

    @Override
    public synchronized void release(String runId, String owner, long fence) {
        if (holds(runId, owner, fence)) {
            leases.remove(runId);
        }
    }

    private boolean holds(String runId, String owner, long fence) {
        Run run = runs.get(runId);
        Lease held = leases.get(runId);
        return run != null
                && run.fence() == fence
                && held != null
                && held.owner().equals(owner);
    }

    @Override
    public synchronized void commit(Move move) {
        Run next = move.run();
        Run held = runs.get(next.id());
        if (held == null || held.fence() != next.fence()) {
            throw new StaleFenceException(next.id(), next.fence());
        }
        Optional<Rollback> asked =
                held.rollback().filter(rollback -> !move.followed().equals(Optional.of(rollback)));
        runs.put(next.id(), next.with(next.status().wishing(held.wish()).asking(asked)));
        move.step().ifPresent(step -> stepsOf(next.id()).put(step.number(), step));
        move.evaluation()
                .ifPresent(evaluation -> evaluations
                        .computeIfAbsent(next.id(), _ -> new TreeMap<>())
                        .put(evaluation.step(), evaluation));
        move.records().forEach(this::add);
        move.events().forEach(this::add);
    }

    @Override
    public synchronized List<Pending> outbox(int limit) {
        return outbox.values().stream().limit(limit).toList();
    }

    @Override
    public synchronized void sent(List<Long> ids) {
        ids.forEach(outbox::remove);
    }

    @Override
    public synchronized void delete(String runId) {
        Run run = runs.get(runId);
        if (run != null && run.state().isFinal()) {
            runs.remove(runId);
            leases.remove(runId);
            steps.remove(runId);
            evaluations.remove(runId);
            deleted.add(runId);
            add(RunLedger.removal(runId));
        }
    }

    private NavigableMap<Long, Step> stepsOf(String runId) {
        return steps.computeIfAbsent(runId, _ -> new TreeMap<>());
    }

    private void add(RunEvent event) {
        RunEvent kept = new RunEvent(
                events.size() + 1L, event.runId(), event.step(), event.type(), event.at(), asKept(event.data()));
        events.add(kept);
        add(StepEvents.record(kept));
    }

    private void add(OutgoingRecord record) {
        outbox.put(nextOutboxId, new Pending(nextOutboxId, record));
        nextOutboxId++;
    }

    /** As JSON gives it back: whole numbers are Long, fractions Double. */
    private static Map<String, Object> asKept(Map<?, ?> data) {
        Map<String, Object> kept = new LinkedHashMap<>();
        data.forEach((key, value) -> kept.put(String.valueOf(key), asKept(value)));
        return kept;
    }

    private static Object asKept(Object value) {
        return switch (value) {
            case Float _, Double _ -> ((Number) value).doubleValue();
            case Number number -> number.longValue();
            case List<?> list -> list.stream().map(TestingRunLedger::asKept).toList();
            case Map<?, ?> map -> asKept(map);
            case Boolean flag -> flag;
            default -> value.toString();
        };
    }
}
