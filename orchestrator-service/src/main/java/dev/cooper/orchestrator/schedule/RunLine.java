package dev.cooper.orchestrator.schedule;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The order in which runs get their turn: one is active, the others wait behind it, the oldest first. */
public final class RunLine {

    private RunLine() {}

    /** The run whose turn it is: the one that has begun and not ended, or else the oldest that waits. */
    public static Optional<Run> current(List<Run> oldestFirst) {
        Optional<Run> active = oldestFirst.stream()
                .filter(run -> !run.state().isFinal() && run.state() != RunState.QUEUED)
                .findFirst();
        return active.isPresent() ? active : waiting(oldestFirst).stream().findFirst();
    }

    /** What a queued run waits for, for people; empty when it is its turn, or it is not queued. */
    public static String behindWhom(Run run, List<Run> oldestFirst) {
        if (run.state() != RunState.QUEUED) {
            return "";
        }
        List<Run> ahead = ahead(run, oldestFirst);
        return current(ahead)
                .map(first ->
                        "waits behind run " + first.id() + " (" + first.spec().name() + "), which is "
                                + first.state()
                                + (ahead.size() > 1 ? ", and " + (ahead.size() - 1) + " more" : ""))
                .orElse("");
    }

    /** Those that have begun, and those that were queued earlier. */
    private static List<Run> ahead(Run run, List<Run> oldestFirst) {
        List<Run> ahead = new ArrayList<>();
        boolean older = true;
        for (Run other : oldestFirst) {
            if (other.id().equals(run.id())) {
                older = false;
            } else if (other.state() == RunState.QUEUED) {
                if (older && other.wish() != Wish.CANCEL) {
                    ahead.add(other);
                }
            } else if (!other.state().isFinal()) {
                ahead.add(other);
            }
        }
        return ahead;
    }

    private static List<Run> waiting(List<Run> oldestFirst) {
        return oldestFirst.stream()
                .filter(run -> run.state() == RunState.QUEUED && run.wish() != Wish.CANCEL)
                .toList();
    }
}
