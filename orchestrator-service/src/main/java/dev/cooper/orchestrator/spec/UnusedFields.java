package dev.cooper.orchestrator.spec;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a mode has no use for, and a specification of that mode is refused for. */
public final class UnusedFields {

    private UnusedFields() {}

    /**
     * Takes it away, so that a specification of another mode can serve for this one.
     *
     * @param spec as it is written
     * @param mode as a specification names it; any other text takes nothing away
     */
    public static void remove(ObjectNode spec, String mode) {
        if (mode.equals("rule")) {
            spec.remove(List.of("reward", "pairing", "hacking"));
        }
        if (mode.equals("static")) {
            removeTraining(spec);
        }
    }

    private static void removeTraining(ObjectNode spec) {
        spec.remove("pairing");
        if (spec.path("reward") instanceof ObjectNode reward) {
            reward.remove(List.of("every", "train_from", "train_to", "training"));
            if (reward.path("probe") instanceof ObjectNode probe) {
                probe.remove(List.of("every", "metric", "max_drop"));
            }
        }
        // A reward model that never changes has nothing to go back to: the default takes the place of rollback.
        if (spec.path("hacking") instanceof ObjectNode hacking
                && hacking.path("policy").asString("").equals("rollback")) {
            hacking.remove("policy");
        }
    }
}
