package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.ModelKind;
import java.util.Set;

/**
 * What a run's user asks for: the run is to go on from earlier weights.
 *
 * @param toStep the step after which the models had them
 * @param models which models go back; at least one
 */
public record Rollback(long toStep, Set<ModelKind> models) {
    public Rollback {
        models = Set.copyOf(models);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("a rollback without a model");
        }
    }
}
