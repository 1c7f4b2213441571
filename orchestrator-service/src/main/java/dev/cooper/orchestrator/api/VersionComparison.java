package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.models.ParameterDistance;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Two versions of a run's model beside each other.
 *
 * @param difference the second's metric less the first's, for those that both have
 * @param distance of their parameters; null unless asked for
 */
@JsonNaming(SnakeCaseStrategy.class)
public record VersionComparison(
        MadeVersion first,
        MadeVersion second,
        Map<String, Double> difference,
        @Nullable ParameterDistance distance) {}
