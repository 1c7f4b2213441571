package dev.cooper.cli.command;

import dev.cooper.cli.bench.BenchJson;
import dev.cooper.cli.bench.BenchModel;
import dev.cooper.cli.bench.BenchResult;
import dev.cooper.cli.bench.Benchmark;
import dev.cooper.cli.bench.EngineSettings;
import dev.cooper.cli.bench.LengthDistribution;
import dev.cooper.cli.bench.Measurement;
import dev.cooper.cli.bench.Work;
import dev.cooper.cli.bench.Workload;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.training.PolicySettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast this machine samples, trains and scores. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measure sampling, training and scoring on this machine: tokens a second and peak memory by work, batch and"
                        + " lengths. Prompts, completions and lengths are functions of the seed.")
public final class BenchCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final String NONE = "none";

    @Option(
            names = "--model-size",
            paramLabel = "SIZE",
            defaultValue = "1m",
            description =
                    "1m or 36m for new weights of so many parameters, or a model's folder, which needs no tokenizer"
                            + " (default: ${DEFAULT-VALUE}).")
    private String modelSize = "1m";

    @Option(
            names = "--work",
            split = ",",
            defaultValue = ALL,
            description = "prefill, decode, rollouts, training-ragged, training-equal, grpo-step, score, all or none"
                    + " (default: ${DEFAULT-VALUE}).")
    private List<String> work = List.of(ALL);

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "N",
            defaultValue = "16,64",
            description = "Sequences of decode, and the first also of prefill (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches = List.of();

    @Option(
            names = "--prompts",
            paramLabel = "N",
            description = "Prompts of rollouts and training (default: 8 for 1m, 4 otherwise).")
    private @Nullable Integer prompts;

    @Option(
            names = "--group-size",
            paramLabel = "N",
            defaultValue = "16",
            description = "Completions of each prompt (default: ${DEFAULT-VALUE}).")
    private int groupSize = 16;

    @Option(
            names = "--prompt-length",
            paramLabel = "N",
            description = "Tokens of a prompt where they are fixed (default: 256 for prefill, 32 otherwise).")
    private int promptLength;

    @Option(
            names = "--new-tokens",
            paramLabel = "N",
            description = "Tokens of a completion where they are fixed (default: 128 for decode, 64 for training).")
    private int newTokens;

    @Option(
            names = "--lengths",
            paramLabel = "DISTRIBUTION",
            defaultValue = "lognormal:48:0.8:4:256",
            description = "Lengths of the completions of rollouts, ragged training and a whole step: fixed:N or"
                    + " lognormal:MEDIAN:SIGMA:MIN:MAX (default: ${DEFAULT-VALUE}).")
    private String lengths = "lognormal:48:0.8:4:256";

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "3",
            description = "Measurements of each work; the median counts (default: ${DEFAULT-VALUE}).")
    private int repeat = 3;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "1",
            description = "Measurements before that are not counted (default: ${DEFAULT-VALUE}).")
    private int warmup = 1;

    @Mixin
    private SamplerOptions sampler = new SamplerOptions();

    @Option(
            names = "--token-budget",
            paramLabel = "N",
            description = "Most tokens of one forward pass in training (default: as in a run).")
    private int tokenBudget = PolicySettings.STANDARD.tokenBudget();

    @Option(
            names = "--scoring-budget",
            paramLabel = "N",
            defaultValue = "8192",
            description = "Most tokens that a reward model reads at once (default: ${DEFAULT-VALUE}, as in a run).")
    private int scoringBudget = 8192;

    @Option(names = "--checkpointing", description = "Train with activation checkpointing.")
    private boolean checkpointing;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write everything as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--save-model",
            paramLabel = "DIR",
            description = "Write the model's config.json and weights, for others to measure the same one.")
    private @Nullable Path saveModel;

    @Option(
            names = "--on-request",
            description =
                    "Instead of a table: one JSON line about what is measured; then for each line WORK [BATCH] of the"
                            + " input one measurement as a JSON line.")
    private boolean onRequest;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        List<Work> works = works();
        Workload workload = workload();
        require("--repeat", repeat, 1);
        require("--warmup", warmup, 0);
        batches.forEach(batch -> require("--batch", batch, 1));
        require("--token-budget", tokenBudget, 1);
        require("--scoring-budget", scoringBudget, 1);
        engine.apply();
        try (BenchModel model = BenchModel.open(modelSize, seed, precision())) {
            measure(model, works, workload);
        }
        return 0;
    }

    private void measure(BenchModel model, List<Work> works, Workload workload) throws IOException {
        EngineSettings settings =
                new EngineSettings(sampler.limits(model.network()), tokenBudget, scoringBudget, checkpointing);
        try (Benchmark benchmark = new Benchmark(model, workload, settings)) {
            if (saveModel != null) {
                model.save(saveModel);
            }
            PrintWriter out = command.commandLine().getOut();
            var header = BenchJson.header(model, workload, settings);
            if (onRequest) {
                out.println(BenchJson.text(header));
                out.flush();
                answerRequests(benchmark, out);
            } else if (!works.isEmpty()) {
                out.println(model.name() + ": " + model.network().weights().count() + " parameters, "
                        + header.path("engine_version").asString("") + ", lengths "
                        + workload.lengths().text());
                List<BenchResult> results = measure(benchmark, works, out);
                if (json != null) {
                    Files.writeString(json, BenchJson.document(header, results));
                }
            }
        }
    }

    private Precision precision() {
        return switch (engine.dtype()) {
            case FLOAT32 -> Precision.FLOAT32;
            case BFLOAT16 -> Precision.BFLOAT16;
            case STORED ->
                throw new IllegalArgumentException("--dtype stored is for reading only; give float32 or bfloat16");
        };
    }

    private List<Work> works() {
        if (work.equals(List.of(NONE))) {
            return List.of();
        }
        return work.equals(List.of(ALL))
                ? List.of(Work.values())
                : work.stream().map(Work::of).toList();
    }

    private Workload workload() {
        int count = prompts != null ? prompts : modelSize.equals("1m") ? 8 : 4;
        return new Workload(seed, count, groupSize, promptLength, newTokens, LengthDistribution.parse(lengths));
    }

    private static void require(String option, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, not %d".formatted(option, least, value));
        }
    }

    private List<BenchResult> measure(Benchmark benchmark, List<Work> works, PrintWriter out) {
        List<BenchResult> results = new ArrayList<>();
        out.print(BenchResult.head());
        for (Work each : works) {
            for (int batch : batchesOf(each)) {
                for (int i = 0; i < warmup; i++) {
                    benchmark.measure(each, batch);
                }
                List<Measurement> repeats = new ArrayList<>();
                for (int i = 0; i < repeat; i++) {
                    repeats.add(benchmark.measure(each, batch));
                }
                BenchResult result = new BenchResult(repeats);
                out.print(result.row());
                out.flush();
                results.add(result);
            }
        }
        return results;
    }

    private List<Integer> batchesOf(Work each) {
        return each == Work.DECODE ? batches : batches.subList(0, 1);
    }

    /** A work that fails is an answer too: whoever asks may go on with another. */
    private void answerRequests(Benchmark benchmark, PrintWriter out) throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            if (!line.isBlank()) {
                String[] words = line.strip().split("\\s+", -1);
                try {
                    int batch = words.length > 1 ? Integer.parseInt(words[1]) : batches.getFirst();
                    out.println(BenchJson.line(benchmark.measure(Work.of(words[0]), batch)));
                } catch (RuntimeException e) {
                    out.println(BenchJson.failure(words[0], e));
                }
                out.flush();
            }
        }
    }
}
