package dev.cooper.orchestrator.spec;

import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.orchestrator.spec.RunSpec.HeldOut;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.spec.Durations;
import dev.cooper.proto.v1.AnchorSettings;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.ProbeSettings;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run specification as JSON with every default filled in; what is written here, {@link #read} gives back equal. */
public final class RunSpecJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private RunSpecJson() {}

    public static ObjectNode write(RunSpec spec) {
        ObjectNode top = JSON.createObjectNode();
        top.put("name", spec.name());
        top.put("mode", nameOf(SpecFields.MODES, spec.mode()));
        top.put("seed", spec.seed());
        top.put("steps", spec.steps());
        top.put("quorum", spec.quorum());
        top.put("max_attempts", spec.maxAttempts());
        top.put("recovery", nameOf(SpecFields.RECOVERIES, spec.recovery()));
        ObjectNode data = top.putObject("data");
        source(data.putObject("train"), spec.data().train());
        heldout(data, spec.data().heldout());
        top.putObject("prompt").put("template", spec.prompt().template());
        model(top.putObject("policy"), spec.policy().model(), spec.policy().checksum());
        sampling(top.putObject("sampling"), spec.sampling());
        training(top.putObject("training"), spec.training());
        spec.evaluation().ifPresent(evaluation -> evaluation(top.putObject("evaluation"), evaluation));
        spec.reward().ifPresent(reward -> reward(top.putObject("reward"), spec.mode(), reward));
        spec.pairing().ifPresent(pairing -> pairing(top.putObject("pairing"), pairing));
        spec.hacking().ifPresent(hacking -> hacking(top.putObject("hacking"), hacking));
        spec.webhook().ifPresent(webhook -> webhook(top.putObject("notify"), webhook));
        return top;
    }

    /**
     * Reads what {@link #write} wrote. Looks at no file: a run's model may be gone by the time that its row is shown.
     *
     * @throws BadInputException when the text is no specification
     */
    public static RunSpec read(JsonNode written) {
        List<FieldProblem> problems = new ArrayList<>();
        RunSpec spec = new SpecFields(written, problems).read();
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        return spec;
    }

    private static void source(ObjectNode node, DataSource source) {
        node.put("path", source.path());
        node.put("format", source.format());
        ObjectNode columns = node.putObject("columns");
        columns.put("id", source.id());
        columns.put("question", source.question());
        columns.put("answer", source.answer());
        node.put("limit", source.limit());
        node.put("sha256", source.sha256());
    }

    /** A single set stands alone, as most people write it. */
    private static void heldout(ObjectNode data, List<HeldOut> sets) {
        if (sets.size() == 1) {
            heldout(data.putObject("heldout"), sets.getFirst());
        } else if (!sets.isEmpty()) {
            ArrayNode list = data.putArray("heldout");
            sets.forEach(set -> heldout(list.addObject(), set));
        }
    }

    private static void heldout(ObjectNode node, HeldOut set) {
        node.put("name", set.name());
        source(node, set.source());
    }

    private static void sampling(ObjectNode node, RunSpec.Sampling sampling) {
        SamplingSettings settings = sampling.settings();
        node.put("prompts_per_step", sampling.promptsPerStep());
        node.put("group_size", settings.getGroupSize());
        node.put("temperature", settings.getTemperature());
        node.put("top_p", settings.getTopP());
        node.put("top_k", settings.getTopK());
        node.put("max_new_tokens", settings.getMaxNewTokens());
        settings.getStopStringsList().forEach(node.putArray("stop")::add);
        node.put("deterministic", settings.getDeterministic());
        node.put("precision", settings.getPrecision());
        node.put("time_allowed", Durations.write(sampling.timeAllowed()));
    }

    private static void model(ObjectNode node, String model, String checksum) {
        node.put("model", model);
        if (!checksum.isEmpty()) {
            node.put("checksum", checksum);
        }
    }

    private static void training(ObjectNode node, TrainingSettings settings) {
        node.put("learning_rate", settings.getLearningRate());
        node.put("warmup_steps", settings.getWarmupSteps());
        node.put("weight_decay", settings.getWeightDecay());
        node.put("max_gradient_norm", settings.getMaxGradientNorm());
        node.put("mini_batches", settings.getMiniBatches());
        node.put("micro_batch_tokens", settings.getMicroBatchTokens());
        node.put("activation_checkpointing", settings.getActivationCheckpointing());
        node.put("checkpoint_every", settings.getCheckpointEvery());
        node.put("keep_versions", settings.getKeepVersions());
        grpo(node.putObject("grpo"), settings.getGrpo());
    }

    private static void grpo(ObjectNode node, GrpoSettings settings) {
        node.put("clip_low", settings.getClipLow());
        node.put("clip_high", settings.getClipHigh());
        node.put("dual_clip", settings.getDualClip());
        node.put("kl_coefficient", settings.getKlCoefficient());
        node.put("kl_estimator", settings.getKlEstimator());
        node.put("aggregation", settings.getAggregation());
        node.put("constant_length", settings.getConstantLength());
        node.put("divide_by_std", settings.getDivideByStd());
        node.put("leave_one_out", settings.getLeaveOneOut());
        node.put("advantage_epsilon", settings.getAdvantageEpsilon());
        node.put("mask_truncated", settings.getMaskTruncated());
        node.put("mask_undecided", settings.getMaskUndecided());
    }

    private static void evaluation(ObjectNode node, RunSpec.Evaluation evaluation) {
        SamplingSettings settings = evaluation.settings();
        node.put("every", evaluation.every());
        node.put("problems", evaluation.problems());
        node.put("samples", settings.getGroupSize());
        node.put("temperature", settings.getTemperature());
        node.put("top_p", settings.getTopP());
        node.put("top_k", settings.getTopK());
        node.put("max_new_tokens", settings.getMaxNewTokens());
        node.put("time_allowed", Durations.write(evaluation.timeAllowed()));
    }

    private static void reward(ObjectNode node, Mode mode, RunSpec.Reward reward) {
        model(node, reward.model(), reward.checksum());
        ScoringSettings scoring = reward.scoring();
        node.put("template", scoring.getTemplate());
        ObjectNode cut = node.putObject("cut");
        cut.put("over", scoring.getCutOverCharacters());
        cut.put("first", scoring.getKeepFirstCharacters());
        cut.put("last", scoring.getKeepLastCharacters());
        if (mode == Mode.COOPER) {
            node.put("every", reward.every());
            node.put("train_from", reward.trainFrom());
            node.put("train_to", reward.trainTo());
        }
        reward.training().ifPresent(training -> rewardTraining(node.putObject("training"), training));
        reward.probe().ifPresent(probe -> probe(node.putObject("probe"), mode, probe));
    }

    private static void probe(ObjectNode node, Mode mode, ProbeSettings probe) {
        node.put("path", probe.getPath());
        node.put("sha256", probe.getSha256());
        node.put("limit", probe.getLimit());
        if (mode == Mode.COOPER) {
            node.put("every", probe.getEvery());
            node.put("metric", probe.getMetric());
            if (probe.hasMaxDrop()) {
                node.put("max_drop", probe.getMaxDrop());
            }
        }
    }

    private static void rewardTraining(ObjectNode node, TrainingSettings settings) {
        node.put("learning_rate", settings.getLearningRate());
        node.put("warmup_steps", settings.getWarmupSteps());
        node.put("weight_decay", settings.getWeightDecay());
        node.put("max_gradient_norm", settings.getMaxGradientNorm());
        node.put("micro_batch_tokens", settings.getMicroBatchTokens());
        node.put("activation_checkpointing", settings.getActivationCheckpointing());
        node.put("checkpoint_every", settings.getCheckpointEvery());
        node.put("keep_versions", settings.getKeepVersions());
        if (settings.hasAnchor()) {
            AnchorSettings anchor = settings.getAnchor();
            ObjectNode written = node.putObject("anchor");
            written.put("path", anchor.getPath());
            written.put("sha256", anchor.getSha256());
            written.put("weight", anchor.getWeight());
            written.put("examples", anchor.getExamples());
        }
    }

    private static void pairing(ObjectNode node, RunSpec.Pairing pairing) {
        PairingSettings settings = pairing.settings();
        ObjectNode sources = node.putObject("sources");
        settings.getSourcesList()
                .forEach(share -> sources.put(nameOf(PairingFields.SOURCES, share.getSource()), share.getShare()));
        node.put("style", nameOf(PairingFields.STYLES, settings.getStyle()));
        node.put("attempts", settings.getAttempts());
        node.put("temperature", settings.getTemperature());
        node.put("extra_tokens", settings.getExtraTokens());
        node.put("assistant", nameOf(PairingFields.ASSISTANTS, settings.getAssistant()));
        node.put("prompt", settings.getPrompt());
        node.putObject("length_ratio")
                .put("least", settings.getLengthRatio().getLeast())
                .put("most", settings.getLengthRatio().getMost());
        node.put("digit_copies", settings.getDigitCopies());
        node.put("same_form", settings.getSameForm());
        node.put("time_allowed", Durations.write(pairing.timeAllowed()));
    }

    private static void hacking(ObjectNode node, RunSpec.Hacking hacking) {
        node.put("baseline_steps", hacking.baselineSteps());
        node.put("gap_excess", hacking.gapExcess());
        node.put("false_positive_excess", hacking.falsePositiveExcess());
        node.put("auc_drop", hacking.aucDrop());
        node.put("window", hacking.window());
        node.put("least_completions", hacking.leastCompletions());
        node.put("policy", nameOf(HackingFields.POLICIES, hacking.policy()));
        node.put("examples", hacking.examples());
    }

    private static void webhook(ObjectNode node, RunSpec.Webhook webhook) {
        node.put("url", webhook.url());
        ArrayNode on = node.putArray("on");
        WebhookFields.OCCASIONS.forEach((name, occasion) -> {
            if (webhook.on().contains(occasion)) {
                on.add(name);
            }
        });
    }

    private static <E> String nameOf(Map<String, E> names, E value) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(value + " has no name in a run specification"));
    }
}
