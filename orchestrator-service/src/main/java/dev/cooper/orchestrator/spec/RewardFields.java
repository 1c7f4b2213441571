package dev.cooper.orchestrator.spec;

import dev.cooper.platform.spec.Fields;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ProbeSettings;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.TrainingSettings;
import java.util.Optional;

/** The section {@code reward} of a run specification: there in modes static and cooper, and only there. */
final class RewardFields {

    private static final int MANY = 1_000_000;
    private static final int CUT_OVER = 1500;
    private static final int KEEP_FIRST = 500;
    private static final int KEEP_LAST = 1000;

    private RewardFields() {}

    /** @param mode empty when it could not be read: then only what is wrong in every mode is reported */
    static Optional<RunSpec.Reward> read(Fields top, Optional<Mode> mode, int steps, long seed) {
        boolean given = top.has("reward");
        if (mode.isPresent() && mode.get() == Mode.RULE) {
            if (given) {
                top.problem(
                        "reward",
                        "is not used in mode rule, whose reward is the verifier's verdict; drop it, or set mode to"
                                + " static or cooper");
            }
            return Optional.empty();
        }
        if (mode.isEmpty() && !given) {
            return Optional.empty();
        }
        return Optional.of(section(top.object("reward"), mode, steps, seed));
    }

    private static RunSpec.Reward section(Fields fields, Optional<Mode> mode, int steps, long seed) {
        String model = fields.requiredText(
                "model", "the folder of a reward model in Hugging Face layout, with a head of one label");
        String checksum = SpecFields.checksum(fields);
        ScoringSettings scoring = scoring(fields);
        int every = fields.whole("every", 1, 1, MANY);
        int trainFrom = fields.whole("train_from", 1, 1, MANY);
        int trainTo = fields.whole("train_to", 0, 0, MANY);
        if (trainTo != 0 && trainTo < trainFrom) {
            fields.problem(
                    "train_to",
                    "must be at least train_from, " + trainFrom + ", got " + trainTo
                            + "; for a reward model that is never trained set mode to static");
        }
        Optional<TrainingSettings> training = Optional.empty();
        boolean trained = mode.isEmpty() || mode.get() != Mode.STATIC;
        if (trained) {
            int updates = updates(every, trainFrom, trainTo == 0 ? steps : Math.min(trainTo, steps));
            training = Optional.of(TrainingFields.readReward(fields.object("training"), scoring, updates, seed));
        } else {
            refuseInStatic(fields, "every", "train_from", "train_to", "training");
        }
        Optional<ProbeSettings> probe = LabelledFields.probe(fields, trained);
        fields.refuseUnknown();
        return new RunSpec.Reward(model, checksum, scoring, every, trainFrom, trainTo, training, probe);
    }

    /** Numbers from one to the other that {@code every} divides. */
    private static int updates(int every, int from, int to) {
        return Math.max(0, to / every - (from - 1) / every);
    }

    static void refuseInStatic(Fields fields, String... keys) {
        for (String key : keys) {
            if (fields.has(key)) {
                fields.problem(
                        key,
                        "is not used in mode static, whose reward model is never trained; drop it, or set mode to"
                                + " cooper");
            }
        }
    }

    private static ScoringSettings scoring(Fields fields) {
        String template = fields.text("template", "");
        if (!template.isEmpty() && !template.contains("{{completion}}")) {
            fields.problem(
                    "template", "must contain {{completion}}, or the reward model never sees what it is to judge");
        }
        Fields cut = fields.object("cut");
        int over = cut.whole("over", CUT_OVER, 1, Integer.MAX_VALUE);
        int first = cut.whole("first", KEEP_FIRST, 1, Integer.MAX_VALUE);
        int last = cut.whole("last", KEEP_LAST, 1, Integer.MAX_VALUE);
        if ((long) first + last > over) {
            cut.problem(
                    "over",
                    "must be at least first + last, " + ((long) first + last) + ", got " + over
                            + ": what is kept of a text cannot be longer than it");
        }
        cut.refuseUnknown();
        return ScoringSettings.newBuilder()
                .setTemplate(template)
                .setCutOverCharacters(over)
                .setKeepFirstCharacters(first)
                .setKeepLastCharacters(last)
                .build();
    }
}
