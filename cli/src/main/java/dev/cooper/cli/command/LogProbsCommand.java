package dev.cooper.cli.command;

import dev.cooper.cli.inference.JsonLines;
import dev.cooper.cli.inference.LogProbLines;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Log-probabilities of given texts under a model. */
@Command(
        name = "logprobs",
        mixinStandardHelpOptions = true,
        description =
                "Score texts with a model: for each line {\"token_ids\": [...]} or {\"text\": \"...\"} of a file, print"
                        + " a line {\"logprobs\": [null, ...]} with the log-probability of each token given those before it. Token"
                        + " ids need no tokenizer in the model's folder.")
public final class LogProbsCommand implements Callable<Integer> {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--jsonl",
            paramLabel = "FILE",
            required = true,
            description =
                    "One JSON object a line. To a text the special tokens are added that the tokenizer adds to a text.")
    private Path jsonl = Path.of("");

    @Option(
            names = "--token-budget",
            paramLabel = "N",
            defaultValue = "2048",
            description = "Most tokens computed at once, unless a line alone has more (default: ${DEFAULT-VALUE}).")
    private int tokenBudget = 2048;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (tokenBudget < 1) {
            throw new IllegalArgumentException("--token-budget must be at least 1, not " + tokenBudget);
        }
        engine.apply();
        try (JsonLines lines = JsonLines.open(jsonl);
                CausalLanguageModel network = model.openNetwork(engine.dtype());
                LogProbLines scored = new LogProbLines(network, model.folder(), tokenBudget)) {
            scored.write(lines, command.commandLine().getOut());
        }
        return 0;
    }
}
