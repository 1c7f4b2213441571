package dev.cooper.orchestrator.schedule;

import dev.cooper.orchestrator.run.HeldOutSet;
import dev.cooper.orchestrator.run.Prompts;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.proto.v1.Problem;
import java.util.List;

/** Prompts of tests that never get as far as a step. */
enum TestingPrompts implements Prompts {
    NONE;

    @Override
    public List<Problem> training(Run run, long step) {
        return List.of();
    }

    @Override
    public List<HeldOutSet> heldOut(Run run) {
        return List.of();
    }
}
