package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the groups that a step waits for, and sends again those that failed or are late.
 *
 * @param <C> what a group holds that came through
 */
final class OpenGroups<C> {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

    private final AwaitedGroups<C> awaited;
    private final ClosedGroups log;
    private final Journal journal;
    private final Steering steering;
    private final Watchdog watchdog;
    private @Nullable GroupWatch<C> watch;
    private Instant nextProgress = Instant.MIN;

    OpenGroups(AwaitedGroups<C> awaited, ClosedGroups log, Journal journal, Steering steering, Watchdog watchdog) {
        this.awaited = awaited;
        this.log = log;
        this.journal = journal;
        this.steering = steering;
        this.watchdog = watchdog;
    }

    /** Begins anew with the next read: the step has left the state, or another dispatch counts. */
    void forget() {
        watch = null;
    }

    /** The groups as the log has them after one more poll. */
    GroupWatch<C> read(Run run, Step step) {
        GroupWatch<C> groups = watch;
        if (groups == null) {
            groups = new GroupWatch<>(
                    run.id(),
                    step.number(),
                    step.awaited(),
                    awaited.reader(step),
                    log.begin(awaited.topic()),
                    log.end(awaited.topic()));
            log.read(awaited.topic(), step.awaited().scanFrom());
            watch = groups;
        }
        int before = groups.closed();
        putAside(run, poll(groups));
        watchdog.show(RunProgress.of(run, step, groups));
        tellProgress(run, groups, before);
        return groups;
    }

    private List<ClosedGroup.Unreadable<C>> poll(GroupWatch<C> groups) {
        List<ClosedGroup.Unreadable<C>> refused = new ArrayList<>();
        for (LogRecord record : log.poll(POLL)) {
            groups.offer(record).ifPresent(refused::add);
        }
        return refused;
    }

    private void putAside(Run run, List<ClosedGroup.Unreadable<C>> refused) {
        if (!refused.isEmpty()) {
            List<RunEvent> events = refused.stream()
                    .map(unreadable -> journal.event(
                            run,
                            "RecordRejected",
                            Map.of("record", unreadable.record().place(), "why", unreadable.detail())))
                    .toList();
            journal.tell(run, events, refused.stream().map(DeadLetters::of).toList());
        }
    }

    private void tellProgress(Run run, GroupWatch<C> groups, int before) {
        Instant now = journal.now();
        if (groups.closed() > before && groups.closed() < groups.total() && !now.isBefore(nextProgress)) {
            nextProgress = now.plus(PROGRESS_EVERY);
            RunEvent event = journal.event(
                    run,
                    "GroupsClosed",
                    Map.of("closed", groups.closed(), "total", groups.total(), "awaited", awaited.what()));
            journal.tell(run, List.of(event), List.of());
        }
    }

    /** Sends groups again that failed, that are late, or that an older fence had sent; empty when there are none. */
    Optional<Tick> redispatchIfNeeded(Run run, Step step, GroupWatch<C> groups) {
        if (!groups.hasReadThePast()) {
            return Optional.of(Tick.WAITING);
        }
        return switch (Redispatch.decide(run, awaited, groups, journal.now())) {
            case Redispatch.None _ -> Optional.empty();
            case Redispatch.GiveUp giveUp -> Optional.of(steering.pause(run, giveUp.why()));
            case Redispatch.Renewed _ -> Optional.of(renew(run, step, groups));
            case Redispatch.Again again -> Optional.of(send(run, step, groups, again));
        };
    }

    private Tick renew(Run run, Step step, GroupWatch<C> groups) {
        Dispatch dispatch = groups.dispatch().resumed(journal.now(), run.fence());
        Step renewed = step.redispatched(dispatch);
        Tick moved = journal.commit(run, renewed, List.of(), List.of(Announcements.control(run, renewed)));
        groups.redispatched(dispatch);
        return moved;
    }

    private Tick send(Run run, Step step, GroupWatch<C> groups, Redispatch.Again again) {
        Dispatch dispatch = groups.dispatch().again(again.slots(), journal.now(), run.fence(), again.budgetAnew());
        Step sentAgain = step.redispatched(dispatch);
        List<OutgoingRecord> records = new ArrayList<>();
        records.add(Announcements.control(run, sentAgain));
        records.addAll(awaited.ask(run, sentAgain, again.slots()));
        RunEvent event = journal.event(
                run,
                "GroupsRedispatched",
                Map.of(
                        "awaited",
                        awaited.what(),
                        "slots",
                        again.slots(),
                        "attempt",
                        dispatch.attempt(),
                        "why",
                        again.why()));
        Tick moved = journal.commit(run, sentAgain, List.of(event), records);
        groups.redispatched(dispatch);
        return moved;
    }
}
