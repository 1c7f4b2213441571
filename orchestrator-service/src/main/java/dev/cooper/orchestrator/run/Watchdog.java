package dev.cooper.orchestrator.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a run waits for, and tells once when nothing has moved for too long: no state, no group, no update. It
 * names the services that are waited for, and tells again when the run goes on.
 */
final class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final RunLedger ledger;
    private final Journal journal;
    private final Whereabouts whereabouts;
    private final StallAlarm alarm;
    private volatile RunProgress progress;

    private Optional<Standing> standing = Optional.empty();
    private Optional<Stall> stall = Optional.empty();
    private Instant since = Instant.MIN;
    private Instant nextLook = Instant.MIN;

    Watchdog(String runId, DriverPorts ports, Journal journal, StallAlarm alarm) {
        this.ledger = ports.ledger();
        this.journal = journal;
        this.whereabouts = new Whereabouts(ports.log());
        this.alarm = alarm;
        this.progress = RunProgress.none(runId);
    }

    /** What changes when a run moves. */
    private record Standing(RunState state, long step, String phase, int groupsClosed) {}

    RunProgress progress() {
        return progress;
    }

    void show(RunProgress now) {
        progress = now.with(stall);
    }

    /** Something has moved that the progress does not show. */
    void alive() {
        standing = Optional.empty();
    }

    /** Asked before each move, with the run's row as it is. */
    void look(Run run) {
        Instant now = journal.now();
        Optional<Standing> seen =
                Optional.of(new Standing(run.state(), progress.step(), progress.phase(), progress.groupsClosed()));
        boolean waits = run.state() == RunState.PREPARING || run.state() == RunState.RUNNING;
        if (!waits || !seen.equals(standing)) {
            standing = seen;
            since = now;
            goesOn(run, now);
        } else if (!now.isBefore(since.plus(alarm.after())) && (stall.isEmpty() || !now.isBefore(nextLook))) {
            stalls(run, now);
        }
    }

    private void stalls(Run run, Instant now) {
        boolean first = stall.isEmpty();
        Stall found = new Stall(progress.phase(), since, openGroups(run));
        nextLook = now.plus(alarm.after());
        stall = Optional.of(found);
        progress = progress.with(stall);
        alarm.listener().accept(run.id(), stall);
        if (first) {
            LOG.warn("run {} step {}: {}", run.id(), run.step(), found.inWords(now));
            Map<String, Object> data = Map.of("state", found.state(), "open_groups", found.openGroups());
            journal.tell(run, List.of(journal.event(run, "StepStalled", data)), List.of());
        }
    }

    private SortedMap<String, List<Integer>> openGroups(Run run) {
        SortedMap<String, List<Integer>> waits = new TreeMap<>();
        if (!progress.service().isEmpty()) {
            waits.put(progress.service(), List.of());
        } else if (progress.missing().isEmpty()) {
            waits.put(Services.LOG, List.of());
        } else {
            ledger.step(run.id(), run.step())
                    .ifPresent(step -> waits.putAll(whereabouts.of(run, step, progress.missing())));
        }
        return waits;
    }

    private void goesOn(Run run, Instant now) {
        if (stall.isPresent()) {
            Stall over = stall.get();
            stall = Optional.empty();
            progress = progress.with(stall);
            alarm.listener().accept(run.id(), stall);
            long seconds = Duration.between(over.since(), now).toSeconds();
            LOG.info("run {} step {} goes on after {} s", run.id(), run.step(), seconds);
            Map<String, Object> data = Map.of("state", over.state(), "seconds", seconds);
            journal.tell(run, List.of(journal.event(run, "StepWentOn", data)), List.of());
        }
    }

    /** Somebody else drives the run from now on, or nobody. */
    void leave(String runId) {
        if (stall.isPresent()) {
            stall = Optional.empty();
            alarm.listener().accept(runId, stall);
        }
    }
}
