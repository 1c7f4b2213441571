package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Origin;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads from a run's steps which versions of a model it has made. */
final class VersionHistory {

    private static final Pattern OF_THE_REWARD_MODEL = Pattern.compile(
            "probe_(accuracy|auc|ece)|reward_(pair|margin|anchor|loss|accuracy|auc|grad_norm).*|score_gap");
    private static final Pattern OF_THE_POLICY = Pattern.compile("rule_accuracy|reward_mean|loss|kl|entropy|grad_norm");

    private VersionHistory() {}

    /** In the order in which they were made. */
    static List<MadeVersion.Row> of(List<Step> steps, ModelKind kind) {
        List<MadeVersion.Row> made = new ArrayList<>();
        for (Step step : steps) {
            update(step, kind).ifPresent(update -> add(made, step, update, kind));
        }
        return made;
    }

    private static Optional<ModelUpdate> update(Step step, ModelKind kind) {
        return kind == ModelKind.REWARD ? step.reward() : Optional.of(step.policy());
    }

    private static void add(List<MadeVersion.Row> made, Step step, ModelUpdate update, ModelKind kind) {
        ModelRef before = update.before();
        Optional<ModelRef> origin = update.origin().map(Origin::version);
        if (made.isEmpty()) {
            made.add(new MadeVersion.Row(before, "initial", step.number(), Optional.empty(), initial(step, kind)));
        } else if (origin.isPresent()) {
            made.add(new MadeVersion.Row(before, "adopted", step.number(), origin, Map.of()));
        }
        if (update.updated()) {
            made.add(new MadeVersion.Row(
                    update.after().orElseThrow(), "trained", step.number(), Optional.of(before), metrics(step, kind)));
        }
    }

    /** Step 0 trains nothing: what it has was measured of the initial models. */
    private static Map<String, Double> initial(Step step, ModelKind kind) {
        return step.number() == 0 ? metrics(step, kind) : Map.of();
    }

    private static Map<String, Double> metrics(Step step, ModelKind kind) {
        Pattern names = kind == ModelKind.REWARD ? OF_THE_REWARD_MODEL : OF_THE_POLICY;
        Map<String, Double> metrics = new TreeMap<>(step.metrics());
        metrics.keySet().removeIf(name -> !names.matcher(name).matches());
        return metrics;
    }
}
