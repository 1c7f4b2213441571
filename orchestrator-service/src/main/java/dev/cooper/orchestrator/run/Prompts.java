package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.Problem;
import java.util.List;

/** The problems of a run, in an order that is a function of the run's seed. */
public interface Prompts {

    /** The problems of a training step, with their prompts rendered; the same whenever asked. */
    List<Problem> training(Run run, long step);

    /** The held-out problems that the run evaluates on, set by set; the same whenever asked. */
    List<HeldOutSet> heldOut(Run run);
}
