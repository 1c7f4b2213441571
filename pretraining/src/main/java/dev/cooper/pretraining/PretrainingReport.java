package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How a base model was made and what came out, kept beside it as {@value #FILE}.
 *
 * @param settings what the run depended on
 * @param engine what computed it; another engine, processor or number of threads rounds differently
 * @param parameters number of weights
 * @param vocabulary number of tokens
 * @param loss mean loss (nats a token) of the last reported steps
 * @param figures after the last step
 * @param checksum of the weights, as {@link LanguageModel#checksum()} makes it
 */
public record PretrainingReport(
        PretrainSettings settings,
        String engine,
        long parameters,
        int vocabulary,
        double loss,
        Figures figures,
        String checksum) {
    /** The file's name. */
    public static final String FILE = "pretraining.json";

    /**
     * How the model does on held-out problems.
     *
     * @param sampled at temperature 1, as it samples in training
     * @param greedyAccuracy share of problems that the likeliest tokens solve
     * @param rewrites as the assistant
     */
    public record Figures(Evaluation sampled, double greedyAccuracy, RewriteEvaluation rewrites) {}

    static PretrainingReport of(PretrainSettings settings, LanguageModel model, double loss, Figures figures) {
        return new PretrainingReport(
                settings,
                TorchEngine.describe(),
                model.network().weights().count(),
                model.config().vocabSize(),
                loss,
                figures,
                model.checksum());
    }

    /** Reads the report of a model folder. */
    public static PretrainingReport read(Path folder) throws IOException {
        return ReportFile.read(folder, PretrainingReport.class);
    }

    void write(Path folder) throws IOException {
        ReportFile.write(folder, this);
    }
}
