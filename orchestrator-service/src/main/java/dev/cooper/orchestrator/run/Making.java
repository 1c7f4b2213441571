package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;

/**
 * How a version of a model came to be: a step's update made it, or a step began with it by going back.
 *
 * @param from the version that it was made from
 * @param made the version
 * @param trained whether it was trained, not adopted
 */
record Making(Step step, ModelRef from, ModelRef made, boolean trained) {

    /** @param step the one that the ledger names for the version */
    static Making of(Step step, ModelKind kind, long version) {
        ModelUpdate update = step.update(kind);
        return update.updated() && update.after().orElseThrow().getNumber() == version
                ? new Making(step, update.before(), update.after().orElseThrow(), true)
                : new Making(step, update.origin().orElseThrow().version(), update.before(), false);
    }
}
