package dev.cooper.orchestrator.spec;

import dev.cooper.orchestrator.spec.RunSpec.HackingPolicy;
import dev.cooper.platform.spec.Fields;
import dev.cooper.platform.spec.Fields.Range;
import dev.cooper.proto.v1.Mode;
import java.util.Map;
import java.util.Optional;

/** The section {@code hacking} of a run specification: there in modes static and cooper, given or not. */
final class HackingFields {

    static final Map<String, HackingPolicy> POLICIES = SpecFields.ordered(
            "alert", HackingPolicy.ALERT, "pause", HackingPolicy.PAUSE, "rollback", HackingPolicy.ROLLBACK);

    private static final int MANY = 1_000_000;
    /** Each example may take some thousand characters of an event. */
    private static final int MANY_EXAMPLES = 20;

    private HackingFields() {}

    /** @param mode empty when it could not be read: then only what is wrong in every mode is reported */
    static Optional<RunSpec.Hacking> read(Fields top, Optional<Mode> mode) {
        boolean given = top.has("hacking");
        if (mode.isPresent() && mode.get() == Mode.RULE) {
            if (given) {
                top.problem(
                        "hacking",
                        "is not used in mode rule, which has no reward model to hack; drop it, or set mode to static"
                                + " or cooper");
            }
            return Optional.empty();
        }
        return mode.isEmpty() && !given ? Optional.empty() : Optional.of(section(top.object("hacking"), mode));
    }

    private static RunSpec.Hacking section(Fields fields, Optional<Mode> mode) {
        RunSpec.Hacking hacking = new RunSpec.Hacking(
                fields.whole("baseline_steps", 10, 1, MANY),
                // From -1 to 1, so it can grow by 2.
                fields.number("gap_excess", 0.1, Range.above(0, 2)),
                fields.number("false_positive_excess", 0.15, SpecFields.SHARES),
                fields.number("auc_drop", 0.1, SpecFields.SHARES),
                fields.whole("window", 5, 1, MANY),
                fields.whole("least_completions", 30, 1, MANY),
                fields.choice("policy", HackingPolicy.ALERT, POLICIES),
                fields.whole("examples", 5, 0, MANY_EXAMPLES));
        if (mode.equals(Optional.of(Mode.STATIC)) && hacking.policy() == HackingPolicy.ROLLBACK) {
            fields.problem(
                    "policy",
                    "cannot be rollback in mode static, whose reward model is always the same; use alert or pause, or"
                            + " set mode to cooper");
        }
        fields.refuseUnknown();
        return hacking;
    }
}
