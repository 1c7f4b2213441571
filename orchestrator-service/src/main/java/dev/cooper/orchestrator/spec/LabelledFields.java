package dev.cooper.orchestrator.spec;

import dev.cooper.platform.spec.Fields;
import dev.cooper.platform.spec.Fields.Range;
import dev.cooper.proto.v1.AnchorSettings;
import dev.cooper.proto.v1.ProbeSettings;
import java.util.Optional;

/** The sections {@code reward.training.anchor} and {@code reward.probe}: files of labelled completions. */
final class LabelledFields {

    private static final int MANY = 1_000_000;
    private static final String FILE =
            "a file of JSON lines with question, answer, completion and gold_correct, as cooper evaluate-reward reads";

    private LabelledFields() {}

    /** @param seed of the run, which draws the examples of a step */
    static Optional<AnchorSettings> anchor(Fields training, long seed) {
        return training.optionalObject("anchor").map(fields -> {
            AnchorSettings settings = AnchorSettings.newBuilder()
                    .setPath(fields.requiredText("path", FILE))
                    .setSha256(fields.text("sha256", ""))
                    .setWeight(fields.number("weight", 1, Range.above(0, 1000)))
                    .setExamples(fields.whole("examples", 32, 1, MANY))
                    .setSeed(seed)
                    .build();
            fields.refuseUnknown();
            return settings;
        });
    }

    /** @param trained false when the mode is static: then only version 0 is measured */
    static Optional<ProbeSettings> probe(Fields reward, boolean trained) {
        return reward.optionalObject("probe").map(fields -> {
            ProbeSettings.Builder settings = ProbeSettings.newBuilder()
                    .setPath(fields.requiredText("path", FILE))
                    .setSha256(fields.text("sha256", ""))
                    .setLimit(fields.whole("limit", 0, 0, Integer.MAX_VALUE));
            if (trained) {
                settings.setEvery(fields.whole("every", 1, 1, MANY))
                        .setMetric(fields.choice("metric", "accuracy", SpecFields.same("accuracy", "auc")));
                if (fields.has("max_drop")) {
                    settings.setMaxDrop(fields.number("max_drop", 0, Range.of(0, 1)));
                    requireEveryUpdateMeasured(fields, settings.getEvery());
                }
            } else {
                RewardFields.refuseInStatic(fields, "every", "metric", "max_drop");
            }
            fields.refuseUnknown();
            return settings.build();
        });
    }

    /** An update that nobody measured cannot be undone later, when others have been built on it. */
    private static void requireEveryUpdateMeasured(Fields fields, int every) {
        if (every != 1) {
            fields.problem(
                    "every", "must be 1 with max_drop, which judges every update before it counts, got " + every);
        }
    }
}
