package dev.cooper.cli.command;

import dev.cooper.cli.command.EngineOptions.ComputedIn;
import dev.cooper.languagemodel.chat.ChatTemplate;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.torch.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of commands that compute with the model of a folder, without changing it. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A model's folder in Hugging Face layout.")
    private Path folder = Path.of("");

    Path folder() {
        return folder;
    }

    /** The model with its tokenizer; the caller closes it. */
    LanguageModel open(ComputedIn dtype) throws IOException {
        return switch (dtype) {
            case FLOAT32 -> LanguageModel.load(folder);
            case BFLOAT16 -> LanguageModel.load(folder, Precision.BFLOAT16);
            case STORED -> LanguageModel.map(folder);
        };
    }

    /** The network alone, which needs no tokenizer; the caller closes it. */
    CausalLanguageModel openNetwork(ComputedIn dtype) throws IOException {
        return switch (dtype) {
            case FLOAT32 -> LanguageModel.loadNetwork(folder);
            case BFLOAT16 -> LanguageModel.loadNetwork(folder, Precision.BFLOAT16);
            case STORED -> LanguageModel.mapNetwork(folder);
        };
    }

    /** The model's chat template, if the command is asked for a chat. */
    static Optional<ChatTemplate> template(boolean chat, LanguageModel loaded) {
        return chat
                ? Optional.of(ChatTemplate.of(loaded.tokenizer().files(), Clock.system(ZoneId.systemDefault())))
                : Optional.empty();
    }
}
