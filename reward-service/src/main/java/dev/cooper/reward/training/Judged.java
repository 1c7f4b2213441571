package dev.cooper.reward.training;

import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.ScoreQuality;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.reward.training.TrainingData.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Examples and what a model makes of them. */
final class Judged {

    private final Part part;
    private final float[] logits; // one an example

    private Judged(Part part, float[] logits) {
        this.part = part;
        this.logits = logits;
    }

    /** @throws CooperException MODEL_FAULT if a logit is no number */
    static Judged of(RewardModel model, Part part, int tokenBudget) {
        float[] logits = model.logits(part.tokens(), tokenBudget);
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new CooperException(
                        FailureReason.MODEL_FAULT,
                        "the reward model gives an example the score %s: its training diverged; lower training.learning_rate"
                                .formatted(logits[i]));
            }
        }
        return new Judged(part, logits);
    }

    /** Mean binary cross-entropy in nats. */
    double loss() {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double x = part.correct(i) ? logits[i] : -logits[i];
            sum += StrictMath.log1p(StrictMath.exp(-Math.abs(x))) + Math.max(0, -x);
        }
        return sum / logits.length;
    }

    ScoreQuality all() {
        return of(IntStream.range(0, logits.length).boxed().toList());
    }

    /** The quality on each type of answer, by its name, and on all under the empty name. */
    Map<String, ScoreQuality> byType() {
        Map<String, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < logits.length; i++) {
            String type = part.types().get(i);
            if (!type.isEmpty()) {
                places.computeIfAbsent(type, _ -> new ArrayList<>()).add(i);
            }
        }
        Map<String, ScoreQuality> qualities = new TreeMap<>();
        places.forEach((type, of) -> qualities.put(type, of(of)));
        qualities.put("", all());
        return qualities;
    }

    private ScoreQuality of(List<Integer> places) {
        float[] chosen = new float[places.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = logits[places.get(i)];
        }
        return ScoreQuality.of(chosen, places.stream().map(part::correct).toList());
    }
}
