package dev.cooper.cli.command;

import dev.cooper.cli.evaluation.EvaluationFolder;
import dev.cooper.cli.evaluation.Evaluator;
import dev.cooper.cli.evaluation.ProblemSet;
import dev.cooper.cli.evaluation.Protocol;
import dev.cooper.cli.evaluation.ResultTable;
import dev.cooper.cli.evaluation.SetResult;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A model's accuracy on benchmarks. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description =
                "Sample a model on benchmarks and report mean@k and pass@k by the rule verifier. Started again with the"
                        + " same options it goes on where it stopped.")
public final class EvaluateCommand implements Callable<Integer> {
    private static final String PLAIN = "{{question}}\n";
    private static final String INSTRUCTED =
            "{{question}}\nPlease reason step by step, and put your final answer within \\boxed{}.";
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            arity = "1..*",
            description =
                    "Problems as JSON lines, JSON, CSV or Parquet: GSM8K, SVAMP, MATH500, OlympiadBench and Math Odyssey as"
                            + " published, or columns question and answer.")
    private List<Path> data = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Problems from the beginning of each file (default: ${DEFAULT-VALUE}, all).")
    private int limit;

    @Option(
            names = "--samples",
            paramLabel = "K",
            defaultValue = "8",
            description = "Completions of each problem (default: ${DEFAULT-VALUE}).")
    private int samples = 8;

    @Option(
            names = "--temperature",
            defaultValue = "0.7",
            description = "Divides the logits (default: ${DEFAULT-VALUE}).")
    private double temperature = 0.7;

    @Option(
            names = "--top-p",
            defaultValue = "0.95",
            description = "Draw from the most probable tokens with this mass (default: ${DEFAULT-VALUE}).")
    private double topP = 0.95;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "3072",
            description = "Longest completion; a completion that is cut off is incorrect (default: ${DEFAULT-VALUE}).")
    private int maxNewTokens = 3072;

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            description = "The prompt, with {{question}} in it (default: the question and a line break; in a chat, the"
                    + " question and the request to put the answer in a box).")
    private @Nullable String template;

    @Option(names = "--chat", description = "Ask in a user's turn of the model's chat template.")
    private boolean chat;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where samples and results are kept (default: evaluations/MODEL).")
    private @Nullable Path out;

    @Mixin
    private SamplerOptions sampler = new SamplerOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Protocol protocol = protocol();
        SamplingSettings settings = SamplerOptions.settings(temperature, topP, 0, maxNewTokens, List.of());
        List<ProblemSet> sets = sets();
        engine.apply();
        List<SetResult> results = new ArrayList<>();
        try (LanguageModel loaded = model.open(engine.dtype())) {
            EvaluationFolder folder =
                    EvaluationFolder.open(folder(), model.folder(), loaded.checksum(), protocol, sets);
            Evaluator evaluator = new Evaluator(
                    loaded, ModelOption.template(chat, loaded), protocol, settings, sampler.limits(loaded.network()));
            for (ProblemSet set : sets) {
                results.add(evaluator.evaluate(set, folder, new Lines()));
            }
            Path written = folder.writeResults(results);
            PrintWriter table = command.commandLine().getOut();
            table.print(ResultTable.of(results));
            table.println("samples and figures: " + written.toAbsolutePath().getParent());
            table.flush();
        }
        return 0;
    }

    private List<ProblemSet> sets() throws IOException {
        if (limit < 0) {
            throw new IllegalArgumentException("--limit must be at least 0, not " + limit);
        }
        List<ProblemSet> sets = new ArrayList<>();
        for (Path file : data) {
            ProblemSet set = ProblemSet.read(file, limit);
            if (sets.stream().anyMatch(other -> other.name().equals(set.name()))) {
                throw new IllegalArgumentException(
                        "--data: two files are called " + set.name() + "; evaluate one of them at a time");
            }
            sets.add(set);
        }
        return sets;
    }

    private Protocol protocol() {
        String asked = template == null ? (chat ? INSTRUCTED : PLAIN) : template;
        String dtype = engine.dtype().name().toLowerCase(Locale.ROOT);
        return new Protocol(samples, temperature, topP, maxNewTokens, asked, chat, dtype, seed);
    }

    private Path folder() {
        return out == null
                ? Path.of("evaluations")
                        .resolve(Objects.requireNonNull(
                                model.folder().toAbsolutePath().normalize().getFileName()))
                : out;
    }

    /** A line now and then on standard error, and one at the end of each set. */
    private final class Lines implements Evaluator.Progress {
        private final long began = System.nanoTime();
        private long last = began;
        private int before = -1;

        @Override
        public void done(ProblemSet set, int done, double correct) {
            long now = System.nanoTime();
            if (before < 0) {
                before = done - 1;
            }
            int all = set.problems().size();
            if (done < all && now - last < NANOS_BETWEEN_LINES) {
                return;
            }
            last = now;
            long left = (long) ((now - began) / 1e9 / (done - before) * (all - done));
            PrintWriter err = command.commandLine().getErr();
            err.printf(
                    Locale.ROOT,
                    "%s: %d of %d problems, %.1f %% correct%s%n",
                    set.name(),
                    done,
                    all,
                    100 * correct,
                    done < all ? ", about " + left + " s left" : "");
            err.flush();
        }
    }
}
