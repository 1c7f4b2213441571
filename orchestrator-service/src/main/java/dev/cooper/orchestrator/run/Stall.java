package dev.cooper.orchestrator.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A step that has stood where it is for too long.
 *
 * @param state of the step, or PREPARING of a run that has none
 * @param since when something moved last
 * @param openGroups the groups that each service has not finished, by the service's name; no groups for a trainer
 */
public record Stall(String state, Instant since, SortedMap<String, List<Integer>> openGroups) {
    public Stall {
        openGroups = new TreeMap<>(openGroups);
    }

    /** For people: state, groups and services. */
    public String inWords(Instant now) {
        String waits = openGroups.entrySet().stream()
                .map(open -> open.getKey() + (open.getValue().isEmpty() ? "" : " for groups " + open.getValue()))
                .collect(Collectors.joining(", "));
        return "nothing has moved in " + state + " for "
                + Duration.between(since, now).toSeconds() + " s: waits for " + waits;
    }
}
