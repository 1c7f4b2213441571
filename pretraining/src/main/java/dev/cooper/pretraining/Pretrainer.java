package dev.cooper.pretraining;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.LearningRate;
import dev.cooper.languagemodel.training.SupervisedTrainer;
import dev.cooper.pretraining.corpus.Corpus;
import dev.cooper.pretraining.corpus.Example;
import dev.cooper.pretraining.corpus.Task;
import dev.cooper.pretraining.tokenizer.TokenizerFiles;
import dev.cooper.pretraining.tokenizer.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Makes a model from nothing: the corpus, a tokenizer of its words, new weights, training on the completions, and the
 * model folder. The same settings give the same weights bit for bit on one machine with one number of threads.
 */
public final class Pretrainer {
    private static final int LONGEST = 1024;
    // Every word of the templates occurs in far fewer texts than these.
    private static final int VOCABULARY_TEXTS = 5000;
    private static final int TOKEN_BUDGET = 2048;
    private static final int STEPS_A_REPORT = 50;

    private final PretrainSettings settings;
    private final Consumer<Progress> progress;
    private final Corpus corpus;

    private Pretrainer(PretrainSettings settings, Consumer<Progress> progress) {
        this.settings = settings;
        this.progress = progress;
        this.corpus = new Corpus(List.of(new Corpus.Share(Task.Solve.of(settings.seed(), settings.solutions()), 1)));
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
        checkReplaceable(output);
        Files.createDirectories(output);
        Pretrainer pretrainer = new Pretrainer(settings, progress);
        try (LanguageModel model = pretrainer.newModel()) {
            PretrainingReport report = pretrainer.train(model);
            model.save(output);
            report.write(output);
            return report;
        }
    }

    private static void checkReplaceable(Path output) throws IOException {
        if (!Files.exists(output) || Files.exists(output.resolve(PretrainingReport.FILE))) {
            return;
        }
        if (!Files.isDirectory(output)) {
            throw new IllegalArgumentException(output + " is a file; give a folder for the model");
        }
        try (Stream<Path> entries = Files.list(output)) {
            if (entries.findAny().isPresent()) {
                throw new IllegalArgumentException(output + " is not empty and holds no " + PretrainingReport.FILE
                        + " of an earlier run; give a new folder");
            }
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
        LearningRate schedule = settings.schedule();
        Pace pace = new Pace(settings.steps());
        Evaluation evaluation = Evaluation.NONE;
        try (SupervisedTrainer trainer = new SupervisedTrainer(model.network(), AdamWSettings.STANDARD, TOKEN_BUDGET)) {
            for (int step = 1; step <= settings.steps(); step++) {
                List<ScoredSequence> batch = batch(model.tokenizer(), step - 1);
                double learningRate = schedule.at(step - 1);
                pace.add(batch, trainer.step(batch, learningRate).loss());
                boolean last = step == settings.steps();
                if (last || step % STEPS_A_REPORT == 0) {
                    progress.accept(pace.report(step, learningRate));
                }
                if (last || step % settings.evaluateEvery() == 0) {
                    evaluation = heldOut.evaluate(model);
                    progress.accept(new Progress.Evaluated(step, evaluation));
                }
            }
        }
        return PretrainingReport.of(settings, model, pace.lastLoss(), evaluation);
    }

    private List<ScoredSequence> batch(Tokenizer tokenizer, int step) {
        long from = (long) step * settings.batchSize();
        return LongStream.range(from, from + settings.batchSize())
                .mapToObj(index -> sequence(tokenizer, corpus.example(index)))
                .toList();
    }

    private static ScoredSequence sequence(Tokenizer tokenizer, Example example) {
        TokenIds end = TokenIds.of(tokenizer.specialTokens().endOfText().get(0));
        return ScoredSequence.of(
                tokenizer.encode(example.prompt()),
                tokenizer.encode(example.completion()).followedBy(end));
    }
}
