package dev.cooper.pretraining;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.pretraining.corpus.Corpus;
import dev.cooper.pretraining.tokenizer.TokenizerFiles;
import dev.cooper.pretraining.tokenizer.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Makes a model from nothing: the corpus, a tokenizer of its words, new weights, training on the completions, and the
 * model folder. The same settings give the same weights bit for bit on one machine with one number of threads.
 */
public final class Pretrainer {
    private static final int LONGEST = 1024;
    // Every word of the templates occurs in far fewer texts than these.
    private static final int VOCABULARY_TEXTS = 5000;

    private final PretrainSettings settings;
    private final Consumer<Progress> progress;
    private final Corpus corpus;

    private Pretrainer(PretrainSettings settings, Consumer<Progress> progress) {
        this.settings = settings;
        this.progress = progress;
        this.corpus = settings.tasks().corpus(settings.seed(), settings.solutions());
    }

    /**
     * Trains a model and writes its folder: config.json, generation_config.json, model.safetensors, tokenizer.json,
     * tokenizer_config.json and {@value PretrainingReport#FILE}.
     *
     * @param output a new or empty folder, or one that an earlier run wrote, which is replaced
     * @param progress told about the run on the calling thread
     * @throws IllegalArgumentException if the folder holds something else
     * @throws IOException if the folder cannot be written
     */
    public static PretrainingReport run(PretrainSettings settings, Path output, Consumer<Progress> progress)
            throws IOException {
        ModelFolder.prepare(output);
        Pretrainer pretrainer = new Pretrainer(settings, progress);
        try (LanguageModel model = pretrainer.newModel()) {
            PretrainingReport report = pretrainer.train(model);
            model.save(output);
            report.write(output);
            return report;
        }
    }

    private LanguageModel newModel() throws IOException {
        Vocabulary vocabulary =
                Vocabulary.of(corpus.first(VOCABULARY_TEXTS).map(example -> example.prompt() + example.completion()));
        Path folder = Files.createTempDirectory("cooper-tokenizer");
        try {
            TokenizerFiles.write(vocabulary, LONGEST, folder);
            return LanguageModel.initialise(
                    ModelConfig.small(settings.size(), vocabulary.size(), LONGEST),
                    Tokenizer.load(folder),
                    settings.seed());
        } finally {
            TokenizerFiles.delete(folder);
        }
    }

    private PretrainingReport train(LanguageModel model) {
        HeldOutProblems heldOut = new HeldOutProblems(settings.seed(), settings.evaluationProblems());
        SupervisedPhase phase = new SupervisedPhase(
                "base", settings.steps(), settings.batchSize(), settings.schedule(), corpus::example);
        double loss = phase.train(model, progress, step -> {
            if (step < settings.steps() && step % settings.evaluateEvery() == 0) {
                progress.accept(new Progress.Evaluated(step, heldOut.evaluate(model)));
            }
        });
        return PretrainingReport.of(settings, model, loss, finalFigures(model, heldOut));
    }

    private PretrainingReport.Figures finalFigures(LanguageModel model, HeldOutProblems heldOut) {
        Evaluation evaluation = heldOut.evaluate(model);
        progress.accept(new Progress.Evaluated(settings.steps(), evaluation));
        double greedyAccuracy = heldOut.greedyAccuracy(model);
        RewriteEvaluation rewrites = heldOut.evaluateRewrites(model);
        progress.accept(new Progress.Rewritten(greedyAccuracy, rewrites));
        return new PretrainingReport.Figures(evaluation, greedyAccuracy, rewrites);
    }
}
