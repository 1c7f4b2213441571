package dev.cooper.cli.command;

import dev.cooper.cli.evaluation.LabelledSet;
import dev.cooper.cli.evaluation.RewardFigures;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.reward.RewardInput.Cut;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.platform.labelled.LabelledExample;
import dev.cooper.platform.spec.SpecDocument;
import dev.cooper.reward.annotation.AnnotationSpecReader;
import dev.cooper.reward.annotation.JudgeSpec;
import dev.cooper.reward.annotation.LlmJudge;
import dev.cooper.reward.annotation.Opinion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A reward model's judgement beside the rule's and a language model's, on completions that people judged. */
@Command(
        name = "evaluate-reward",
        mixinStandardHelpOptions = true,
        description =
                "Compare a reward model, and beside it the rule verifier and, with --judge, a language model, with"
                        + " labels: accuracy, AUC and calibration by type of answer. For files in VerifyBench's"
                        + " format.")
public final class EvaluateRewardCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A reward model's folder in Hugging Face layout.")
    private Path model = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "JSON lines with question, answer (the reference), completion, gold_correct and, if there,"
                    + " answer_type.")
    private Path data = Path.of("");

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            description = "What the model reads, as reward.template of a run: {{completion}}, and {{question}} and"
                    + " {{reference}} if wanted (default: VerifyRM's).")
    private @Nullable String template;

    @Option(
            names = "--token-budget",
            paramLabel = "N",
            defaultValue = "8192",
            description = "Most tokens scored at once (default: ${DEFAULT-VALUE}).")
    private int tokenBudget = 8192;

    @Option(
            names = "--judge",
            paramLabel = "SPEC",
            description =
                    "Also ask a language model: a file, YAML or JSON, with a section judge as in the specification"
                            + " of an annotation, or such a specification itself.")
    private @Nullable Path judge;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures here.")
    private @Nullable Path json;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (tokenBudget < 1) {
            throw new IllegalArgumentException("--token-budget must be at least 1, not " + tokenBudget);
        }
        if (engine.dtype() != EngineOptions.ComputedIn.FLOAT32) {
            throw new IllegalArgumentException("--dtype: a reward model is computed in float32");
        }
        RewardInput input = template == null ? RewardInput.STANDARD : new RewardInput(template, Cut.STANDARD);
        LabelledSet labelled = LabelledSet.read("--data", data);
        Optional<JudgeSpec> asked = judgeSpec();
        engine.apply();
        PrintWriter out = command.commandLine().getOut();
        Optional<List<Optional<Opinion>>> opinions = Optional.empty();
        if (asked.isPresent()) {
            opinions = Optional.of(opinions(asked.get(), labelled.examples(), out));
        }
        try (RewardModel loaded = RewardModel.load(model)) {
            Map<String, RewardFigures> figures = RewardFigures.of(loaded, input, labelled, tokenBudget, opinions);
            out.print(RewardFigures.table(figures));
            out.flush();
            if (json != null) {
                Files.writeString(
                        json,
                        JsonMapper.builder()
                                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build()
                                .writeValueAsString(figures));
            }
        }
        return 0;
    }

    private Optional<JudgeSpec> judgeSpec() throws IOException {
        if (judge == null) {
            return Optional.empty();
        }
        SpecText text = new SpecText(judge);
        var reader = new AnnotationSpecReader(text.folders(), System.getenv());
        return Optional.of(text.read(
                yaml -> reader.readJudge(SpecDocument.yaml(yaml)), json -> reader.readJudge(SpecDocument.json(json))));
    }

    private static List<Optional<Opinion>> opinions(JudgeSpec spec, List<LabelledExample> examples, PrintWriter out)
            throws InterruptedException {
        Clock clock = Clock.systemUTC();
        AnnotationLines lines = new AnnotationLines(out, clock);
        List<Optional<Opinion>> opinions = new LlmJudge(spec, clock).opinions(examples, lines::print);
        long unanswered = opinions.stream().filter(Optional::isEmpty).count();
        if (unanswered > 0) {
            out.println(unanswered + " completions without the judge's answer, counted as undecided");
        }
        return opinions;
    }
}
