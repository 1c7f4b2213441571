package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.Problem;
import java.util.List;

/**
 * Problems that are evaluated on together and have figures of their own.
 *
 * @param problems with their prompts rendered
 */
public record HeldOutSet(String name, List<Problem> problems) {
    public HeldOutSet {
        problems = List.copyOf(problems);
    }

    /** The problems of all sets, one set after the other: their places are the slots of an evaluation. */
    static List<Problem> all(List<HeldOutSet> sets) {
        return sets.stream().flatMap(set -> set.problems().stream()).toList();
    }
}
