package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Origin;

/**
 * Where a model's weights are from, when the run has gone back.
 *
 * @param step that the run went back to
 * @param version that the model had after it
 */
public record OriginView(long step, VersionView version) {
    static OriginView of(Origin origin) {
        return new OriginView(origin.step(), VersionView.of(origin.version()));
    }
}
