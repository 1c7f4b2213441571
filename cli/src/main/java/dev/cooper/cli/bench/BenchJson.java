package dev.cooper.cli.bench;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Benchmarks as JSON, for other programs to compare with. */
public final class BenchJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private BenchJson() {}

    /** What is measured, and with what. */
    public static ObjectNode header(BenchModel model, Workload workload, EngineSettings settings) {
        ObjectNode header = MAPPER.createObjectNode();
        header.put("engine", "cooper")
                .put("engine_version", TorchEngine.describe())
                .put("threads", TorchEngine.threads())
                .put("device", TorchEngine.device().name())
                .put("dtype", model.network().precision().name().toLowerCase(Locale.ROOT));
        ModelConfig config = model.network().config();
        header.putObject("model")
                .put("name", model.name())
                .put("parameters", model.network().weights().count())
                .put("layers", config.layers())
                .put("hidden_size", config.hiddenSize())
                .put("intermediate_size", config.intermediateSize())
                .put("heads", config.heads())
                .put("key_value_heads", config.keyValueHeads())
                .put("head_size", config.headSize())
                .put("vocab_size", config.vocabSize());
        ObjectNode work = header.putObject("workload")
                .put("seed", workload.seed())
                .put("prompts", workload.prompts())
                .put("group_size", workload.groupSize())
                .put("lengths", workload.lengths().text());
        add(work.putArray("completion_lengths"), workload.completionLengths());
        add(work.putArray("prompt_lengths"), workload.promptLengths());
        header.putObject("settings")
                .put("rows", settings.sampler().rows())
                .put("cache_bytes", settings.sampler().cacheBytes())
                .put("deterministic", settings.sampler().deterministic())
                .put("token_budget", settings.tokenBudget())
                .put("scoring_budget", settings.scoringBudget())
                .put("checkpointing", settings.checkpointing());
        return header;
    }

    private static void add(ArrayNode array, List<Integer> values) {
        values.forEach(array::add);
    }

    /** A measurement as one line. */
    public static String line(Measurement measurement) {
        ObjectNode line = sized(measurement).put("seconds", measurement.seconds());
        line.put("tokens_per_second", measurement.tokensPerSecond());
        line.put("sequences_per_second", measurement.sequencesPerSecond());
        if (!measurement.parts().isEmpty()) {
            ObjectNode parts = line.putObject("parts");
            measurement.parts().forEach(parts::put);
        }
        line.put("rss_before_bytes", measurement.residentBefore());
        line.put("peak_rss_bytes", measurement.residentPeak());
        return text(line);
    }

    /** A work that failed as one line. */
    public static String failure(String work, RuntimeException failure) {
        return text(MAPPER.createObjectNode().put("work", work).put("error", String.valueOf(failure.getMessage())));
    }

    /** Header and results. */
    public static String document(ObjectNode header, List<BenchResult> results) {
        ObjectNode document = header.deepCopy();
        ArrayNode array = document.putArray("results");
        for (BenchResult result : results) {
            ObjectNode object = sized(result.repeats().getFirst());
            ArrayNode seconds = object.putArray("seconds");
            result.repeats().forEach(repeat -> seconds.add(repeat.seconds()));
            object.put("median_seconds", result.medianSeconds())
                    .put("tokens_per_second", result.tokensPerSecond())
                    .put("sequences_per_second", result.sequencesPerSecond())
                    .put("peak_rss_bytes", result.residentPeak());
            array.add(object);
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }

    /** On one line. */
    public static String text(ObjectNode object) {
        return MAPPER.writeValueAsString(object);
    }

    private static ObjectNode sized(Measurement measurement) {
        Measurement.Size size = measurement.size();
        return MAPPER.createObjectNode()
                .put("work", measurement.work().text())
                .put("batch", size.sequences())
                .put("sequences", size.sequences())
                .put("prompt_tokens", size.promptTokens())
                .put("new_tokens", size.newTokens())
                .put("tokens", measurement.tokens());
    }
}
