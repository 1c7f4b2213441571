package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.ModelRef;

/**
 * Where a version has its weights from when the run has gone back.
 *
 * @param step that the run went back to
 * @param version that the model had after it
 */
public record Origin(long step, ModelRef version) {}
