package dev.cooper.orchestrator.run;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Purpose;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which service holds up the groups that have not closed: how far along the line have their records come? */
final class Whereabouts {

    /** Records looked at, at the end of each partition. */
    private static final int LOOK_BACK = 256;

    private final ClosedGroups log;

    Whereabouts(ClosedGroups log) {
        this.log = log;
    }

    /** The open slots, by the service that has to finish them next. */
    SortedMap<String, List<Integer>> of(Run run, Step step, List<Integer> open) {
        SortedMap<String, List<Integer>> waits = new TreeMap<>();
        if (step.state() == StepState.PAIRING) {
            waits.put(Services.PAIRING, open);
            return waits;
        }
        try {
            Set<Integer> left = new TreeSet<>(open);
            if (step.awaited().purpose() == Purpose.TRAINING) {
                take(waits, Services.SCORING, left, reached(Topic.VERIFIED, run, step));
            }
            take(waits, Services.VERIFYING, left, reached(Topic.ROLLOUTS, run, step));
            take(waits, Services.SAMPLING, left, Set.copyOf(left));
        } catch (CooperException e) {
            waits.clear();
            waits.put(Services.LOG, open);
        }
        return waits;
    }

    private static void take(
            SortedMap<String, List<Integer>> waits, String service, Set<Integer> left, Set<Integer> reached) {
        List<Integer> here = left.stream().filter(reached::contains).toList();
        if (!here.isEmpty()) {
            waits.put(service, here);
            here.forEach(left::remove);
        }
    }

    private Set<Integer> reached(Topic topic, Run run, Step step) {
        Dispatch dispatch = step.awaited();
        return log.last(topic, LOOK_BACK).stream()
                .filter(record -> record.forgery() == null)
                .flatMap(record -> GroupHeaders.read(record.headers()).stream())
                .filter(headers -> headers.runId().equals(run.id())
                        && headers.step() == step.number()
                        && headers.purpose() == dispatch.purpose()
                        && headers.attempt() == dispatch.attemptOf(headers.slot()))
                .map(GroupHeaders::slot)
                .collect(Collectors.toSet());
    }
}
