package dev.cooper.reward.updating;

import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.ScoreQuality;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.labelled.LabelledExample;
import dev.cooper.platform.labelled.LabelledFile;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ProbeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The labelled examples of {@code reward.probe}, on which versions of a model are measured. */
final class Probe {

    private static final String FIELD = "reward.probe";

    private final ProbeSettings settings;
    private final List<TokenIds> texts;
    private final List<Boolean> labels;

    private Probe(ProbeSettings settings, List<TokenIds> texts, List<Boolean> labels) {
        this.settings = settings;
        this.texts = texts;
        this.labels = labels;
    }

    /**
     * Reads the examples as this model will.
     *
     * @throws CooperException BAD_INPUT, naming file and line, for another file or a text that the model cannot read
     */
    static Probe read(ProbeSettings settings, RewardModel model, RewardInput input) {
        Path path = Path.of(settings.getPath());
        LabelledFile file = LabelledFile.read(FIELD, path, settings.getLimit(), settings.getSha256());
        List<TokenIds> texts = new ArrayList<>();
        for (LabelledExample example : file.examples()) {
            try {
                texts.add(model.tokens(input.render(example.question(), example.reference(), example.completion())));
            } catch (IllegalArgumentException e) {
                throw new CooperException(
                        FailureReason.BAD_INPUT,
                        path + ", line " + (texts.size() + 1) + ": " + e.getMessage(),
                        e,
                        FIELD + ".path");
            }
        }
        return new Probe(
                settings,
                texts,
                file.examples().stream().map(LabelledExample::correct).toList());
    }

    /** How far a version may fall below the best one before it; empty: as far as it will. */
    Optional<Double> maxDrop() {
        return settings.hasMaxDrop() ? Optional.of(settings.getMaxDrop()) : Optional.empty();
    }

    /** The figure that versions are judged by. */
    double figure(ScoreQuality quality) {
        return settings.getMetric().equals("auc") ? quality.auc().orElse(0.5) : quality.accuracy();
    }

    /** @param update number of the update that made the version, from 1 */
    boolean measures(long update) {
        return update % Math.max(1, settings.getEvery()) == 0;
    }

    /**
     * Scores all examples.
     *
     * @throws CooperException MODEL_FAULT, naming the line, for a score that is no number
     */
    ScoreQuality measure(RewardModel model, int tokenBudget) {
        float[] logits = model.logits(texts, tokenBudget);
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new CooperException(
                        FailureReason.MODEL_FAULT,
                        "the reward model's logit is " + logits[i] + " on line " + (i + 1) + " of " + settings.getPath()
                                + "; lower reward.training.learning_rate");
            }
        }
        return ScoreQuality.of(logits, labels);
    }

    /** By their names in docs/metrics.md. */
    static Map<String, Double> metrics(ScoreQuality quality) {
        return metrics("probe_", quality);
    }

    /** Of a version that was undone. */
    static Map<String, Double> rejected(ScoreQuality quality) {
        return metrics("probe_rejected_", quality);
    }

    private static Map<String, Double> metrics(String prefix, ScoreQuality quality) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put(prefix + "accuracy", quality.accuracy());
        quality.auc().ifPresent(auc -> metrics.put(prefix + "auc", auc));
        metrics.put(prefix + "ece", quality.calibrationError());
        return metrics;
    }
}
