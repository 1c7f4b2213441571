package dev.cooper.cli.command;

import dev.cooper.cli.evaluation.LabelledSet;
import dev.cooper.cli.evaluation.RewardFigures;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.reward.RewardInput.Cut;
import dev.cooper.languagemodel.reward.RewardModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A reward model's judgement beside the rule's, on completions that people judged. */
@Command(
        name = "evaluate-reward",
        mixinStandardHelpOptions = true,
        description =
                "Compare a reward model, and beside it the rule verifier, with labels: accuracy, AUC and calibration"
                        + " by type of answer. For files in VerifyBench's format.")
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

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures here.")
    private @Nullable Path json;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (tokenBudget < 1) {
            throw new IllegalArgumentException("--token-budget must be at least 1, not " + tokenBudget);
        }
        if (engine.dtype() != EngineOptions.ComputedIn.FLOAT32) {
            throw new IllegalArgumentException("--dtype: a reward model is computed in float32");
        }
        RewardInput input = template == null ? RewardInput.STANDARD : new RewardInput(template, Cut.STANDARD);
        LabelledSet labelled = LabelledSet.read("--data", data);
        engine.apply();
        try (RewardModel loaded = RewardModel.load(model)) {
            Map<String, RewardFigures> figures = RewardFigures.of(loaded, input, labelled, tokenBudget);
            PrintWriter out = command.commandLine().getOut();
            out.print(RewardFigures.table(figures));
            out.flush();
            if (json != null) {
                Files.writeString(
                        json,
                        JsonMapper.builder()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build()
                                .writeValueAsString(figures));
            }
        }
        return 0;
    }
}
