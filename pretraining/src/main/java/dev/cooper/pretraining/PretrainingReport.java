package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a model was made and what came out, kept beside it as {@value #FILE}.
 *
 * @param settings what the run depended on
 * @param engine what computed it; another engine, processor or number of threads rounds differently
 * @param parameters number of weights
 * @param vocabulary number of tokens
 * @param loss mean loss (nats a token) of the last reported steps
 * @param evaluation after the last step
 * @param checksum of the weights, as {@link LanguageModel#checksum()} makes it
 */
public record PretrainingReport(
        PretrainSettings settings,
        String engine,
        long parameters,
        int vocabulary,
        double loss,
        Evaluation evaluation,
        String checksum) {
    /** The file's name. */
    public static final String FILE = "pretraining.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static PretrainingReport of(PretrainSettings settings, LanguageModel model, double loss, Evaluation evaluation) {
        return new PretrainingReport(
                settings,
                TorchEngine.describe(),
                model.network().weights().count(),
                model.config().vocabSize(),
                loss,
                evaluation,
                model.checksum());
    }

    /** Reads the report of a model folder. */
    public static PretrainingReport read(Path folder) throws IOException {
        return JSON.readValue(Files.readString(folder.resolve(FILE)), PretrainingReport.class);
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), JSON.writeValueAsString(this) + "\n");
    }
}
