package dev.cooper.cli.command;

import dev.cooper.cli.inference.Generation;
import dev.cooper.cli.inference.JsonLines;
import dev.cooper.cli.inference.Prompts;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Texts drawn from a model. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description =
                "Let a model go on from a prompt. One sample of --prompt is printed while it is drawn; several, and"
                        + " those of a file, are one JSON line each.")
public final class GenerateCommand implements Callable<Integer> {
    @Mixin
    private ModelOption model = new ModelOption();

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    /** Where prompts come from: one of the two. */
    private static final class Source {
        @Option(
                names = "--prompt",
                paramLabel = "TEXT",
                required = true,
                description =
                        "The text to go on from, with the special tokens around it that the tokenizer adds to a text.")
        private @Nullable String prompt;

        @Option(
                names = "--jsonl",
                paramLabel = "FILE",
                required = true,
                description = "One JSON object with a prompt a line: {\"prompt\": \"...\"} or {\"token_ids\": [...]}.")
        private @Nullable Path jsonl;
    }

    @Option(
            names = "--chat",
            description = "A prompt is a user's turn in the model's chat template, and a line of a file may have"
                    + " {\"messages\": [{\"role\": \"...\", \"content\": \"...\"}]}.")
    private boolean chat;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "1",
            description = "Completions of each prompt (default: ${DEFAULT-VALUE}).")
    private int samples = 1;

    @Option(
            names = "--temperature",
            defaultValue = "1",
            description = "Divides the logits; 0 takes the most probable token (default: ${DEFAULT-VALUE}).")
    private double temperature = 1;

    @Option(
            names = "--top-p",
            defaultValue = "1",
            description = "Draw from the most probable tokens with this mass (default: ${DEFAULT-VALUE}, all).")
    private double topP = 1;

    @Option(
            names = "--top-k",
            defaultValue = "0",
            description = "Draw from this many most probable tokens (default: ${DEFAULT-VALUE}, all).")
    private int topK;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description = "Longest completion (default: ${DEFAULT-VALUE}).")
    private int maxNewTokens = 256;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "A text that ends a completion and is not part of it; may be given several times.")
    private List<String> stop = new ArrayList<>();

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private SamplerOptions sampler = new SamplerOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        SamplingSettings settings = SamplerOptions.settings(temperature, topP, topK, maxNewTokens, stop);
        engine.apply();
        try (LanguageModel loaded = model.open(engine.dtype())) {
            Generation.Plan plan = new Generation.Plan(settings, sampler.limits(loaded.network()), samples, seed);
            Prompts prompts = new Prompts(
                    loaded, ModelOption.template(chat, loaded), plan.limits().contextLength());
            PrintWriter out = command.commandLine().getOut();
            Generation generation = new Generation(loaded, plan);
            if (source.prompt == null) {
                try (JsonLines lines = JsonLines.open(file())) {
                    generation.lines(lines, prompts, out);
                }
            } else {
                TokenIds prompt = prompts.of(source.prompt);
                if (samples == 1) {
                    generation.stream(prompt, out);
                } else {
                    generation.lines(prompt, out);
                }
            }
        }
        return 0;
    }

    private Path file() {
        if (source.jsonl == null) {
            throw new IllegalArgumentException("give --prompt or --jsonl");
        }
        return source.jsonl;
    }
}
