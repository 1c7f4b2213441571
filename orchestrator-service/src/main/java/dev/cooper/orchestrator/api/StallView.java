package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Stall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A run in which nothing has moved for too long.
 *
 * @param state of the step that stands still
 * @param since when something moved last, and how many seconds that is ago
 * @param openGroups slots that each service has not finished, by the service's name; none for a trainer
 * @param detail all of it, for people
 */
@JsonNaming(SnakeCaseStrategy.class)
public record StallView(
        String state, Instant since, double seconds, SortedMap<String, List<Integer>> openGroups, String detail) {
    static StallView of(Stall stall, Instant now) {
        return new StallView(
                stall.state(),
                stall.since(),
                Duration.between(stall.since(), now).toMillis() / 1000.0,
                stall.openGroups(),
                stall.inWords(now));
    }
}
