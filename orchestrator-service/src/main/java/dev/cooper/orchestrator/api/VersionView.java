package dev.cooper.orchestrator.api;

import dev.cooper.proto.v1.ModelRef;

/**
 * A version of a model.
 *
 * @param checksum SHA-256 over the tensors, lower-case hex
 */
public record VersionView(long number, int incarnation, String checksum) {
    static VersionView of(ModelRef version) {
        return new VersionView(version.getNumber(), version.getIncarnation(), version.getChecksum());
    }
}
