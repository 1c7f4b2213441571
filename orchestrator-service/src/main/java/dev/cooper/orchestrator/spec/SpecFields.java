package dev.cooper.orchestrator.spec;

import dev.cooper.orchestrator.spec.RunSpec.Data;
import dev.cooper.orchestrator.spec.RunSpec.Recovery;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.spec.Fields;
import dev.cooper.platform.spec.Fields.Range;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.SamplingSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The fields of a run specification: their names, ranges and defaults, as docs/run-spec.md lists them. */
final class SpecFields {

    static final Map<String, Mode> MODES = ordered("rule", Mode.RULE, "static", Mode.STATIC, "cooper", Mode.COOPER);
    static final Map<String, Recovery> RECOVERIES = ordered("exact", Recovery.EXACT, "continue", Recovery.CONTINUE);
    static final Range TEMPERATURES = Range.above(0, 10);
    static final Range SHARES = Range.above(0, 1);

    private static final int MANY = 1_000_000;

    private final Fields top;

    SpecFields(JsonNode document, List<FieldProblem> problems) {
        this.top = new Fields(document, "", problems);
    }

    /** Reads the whole document; worth something only when no problem was noted. */
    RunSpec read() {
        String name = top.requiredText("name", "a name for people, such as gsm8k-first-try");
        Optional<Mode> mode = mode();
        long seed = top.whole("seed", 1L, Long.MIN_VALUE, Long.MAX_VALUE);
        int steps = top.requiredWhole("steps", 1, MANY, "the number of training steps");
        double quorum = top.number("quorum", 1, SHARES);
        int attempts = top.whole("max_attempts", 3, 1, 100);
        Recovery recovery = top.choice("recovery", Recovery.EXACT, RECOVERIES);
        Data data = DataFields.read(top.object("data"));
        RunSpec.Prompt prompt = prompt(top.object("prompt"));
        RunSpec.Policy policy = policy(top.object("policy"));
        RunSpec.Sampling sampling = sampling(top.object("sampling"));
        var training = TrainingFields.read(top.object("training"), sampling);
        Optional<RunSpec.Evaluation> evaluation =
                top.optionalObject("evaluation").map(fields -> evaluation(fields, sampling));
        if (evaluation.isPresent() && data.heldout().isEmpty()) {
            top.problem(
                    "data.heldout", "is missing: an evaluation needs held-out problems; give them or drop evaluation");
        }
        Optional<RunSpec.Reward> reward = RewardFields.read(top, mode, steps, seed);
        Optional<RunSpec.Pairing> pairing = PairingFields.read(top, mode);
        Optional<RunSpec.Webhook> webhook = top.optionalObject("notify").map(WebhookFields::read);
        Optional<RunSpec.Hacking> hacking = HackingFields.read(top, mode);
        top.refuseUnknown();
        return new RunSpec(
                name,
                mode.orElse(Mode.RULE),
                seed,
                steps,
                quorum,
                attempts,
                recovery,
                data,
                prompt,
                policy,
                sampling,
                training,
                evaluation,
                reward,
                pairing,
                webhook,
                hacking);
    }

    /** Empty when it cannot be read: what depends on it is not judged then. */
    private Optional<Mode> mode() {
        Mode mode = top.choice("mode", Mode.RULE, MODES);
        return top.isClean("mode") ? Optional.of(mode) : Optional.empty();
    }

    private static RunSpec.Prompt prompt(Fields fields) {
        String template = fields.text("template", "{{question}}\n");
        if (!template.contains("{{question}}")) {
            fields.problem("template", "must contain {{question}}, or the policy never sees the question");
        }
        fields.refuseUnknown();
        return new RunSpec.Prompt(template);
    }

    private static RunSpec.Policy policy(Fields fields) {
        String model = fields.requiredText("model", "a folder in Hugging Face layout");
        String checksum = checksum(fields);
        fields.refuseUnknown();
        return new RunSpec.Policy(model, checksum);
    }

    /** Of a model; empty when any will do. */
    static String checksum(Fields fields) {
        String checksum = fields.text("checksum", "").toLowerCase(Locale.ROOT);
        if (!checksum.isEmpty() && !checksum.matches("[0-9a-f]{64}")) {
            fields.problem(
                    "checksum", "must be a SHA-256 in hex (64 digits), as runs and exports show it, got " + checksum);
        }
        return checksum;
    }

    private static RunSpec.Sampling sampling(Fields fields) {
        int prompts = fields.whole("prompts_per_step", 16, 1, MANY);
        SamplingSettings settings = SamplingSettings.newBuilder()
                .setGroupSize(groupSize(fields))
                .setTemperature(fields.number("temperature", 1, TEMPERATURES))
                .setTopP(fields.number("top_p", 1, SHARES))
                .setTopK(fields.whole("top_k", 0, 0, MANY))
                .setMaxNewTokens(fields.whole("max_new_tokens", 512, 1, MANY))
                .addAllStopStrings(fields.texts("stop", List.of()))
                .setDeterministic(fields.flag("deterministic", false))
                .setPrecision(fields.choice("precision", "float32", same("float32", "bfloat16")))
                .build();
        Duration allowed = fields.duration("time_allowed", Duration.ofMinutes(2));
        fields.refuseUnknown();
        return new RunSpec.Sampling(prompts, settings, allowed);
    }

    private static int groupSize(Fields fields) {
        int size = fields.whole("group_size", 8, 1, 1024);
        if (size == 1) {
            fields.problem(
                    "group_size", "a group of one has no spread, so its advantage is always zero; use at least 2");
        }
        return size;
    }

    private static RunSpec.Evaluation evaluation(Fields fields, RunSpec.Sampling sampling) {
        SamplingSettings training = sampling.settings();
        int every = fields.whole("every", 10, 1, MANY);
        int problems = fields.whole("problems", 0, 0, Integer.MAX_VALUE);
        SamplingSettings settings = training.toBuilder()
                .setGroupSize(fields.whole("samples", 8, 1, 1024))
                .setTemperature(fields.number("temperature", 0.7, TEMPERATURES))
                .setTopP(fields.number("top_p", 0.95, SHARES))
                .setTopK(fields.whole("top_k", 0, 0, MANY))
                .setMaxNewTokens(fields.whole("max_new_tokens", training.getMaxNewTokens(), 1, MANY))
                .build();
        Duration allowed = fields.duration("time_allowed", sampling.timeAllowed());
        fields.refuseUnknown();
        return new RunSpec.Evaluation(every, problems, settings, allowed);
    }

    static Map<String, String> same(String... names) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String name : names) {
            map.put(name, name);
        }
        return map;
    }

    static <E> Map<String, E> ordered(String a, E first, String b, E second) {
        Map<String, E> map = new LinkedHashMap<>();
        map.put(a, first);
        map.put(b, second);
        return map;
    }

    static <E> Map<String, E> ordered(String a, E first, String b, E second, String c, E third) {
        Map<String, E> map = ordered(a, first, b, second);
        map.put(c, third);
        return map;
    }
}
