package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.random.Shuffle;
import dev.cooper.languagemodel.reward.LabelMetrics;
import dev.cooper.languagemodel.reward.LabelledTokens;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.RewardTrainer;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.pretraining.corpus.RewardProblems;
import dev.cooper.pretraining.corpus.Task;
import dev.cooper.pretraining.problems.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Makes a reward model from a base: the base samples completions, the known answers label them, a copy of it learns to
 * judge, gets a scalar head, and learns the labels. The same settings and base give the same weights bit for bit on one
 * machine with one number of threads.
 */
public final class RewardPretrainer {
    /** What the made model reads. */
    public static final RewardInput INPUT = new RewardInput(Task.Judge.TEMPLATE, RewardInput.Cut.STANDARD);

    /** File of the completions that the reward model learns from. */
    public static final String LABELLED = "labelled.jsonl";

    /** File of the completions of held-out problems. */
    public static final String PROBE = "probe.jsonl";

    // The first problems of this many belong to the judge-only phase.
    private static final long FIRST_LABELLED_PROBLEM = 1L << 32;
    private static final int TOKEN_BUDGET = 2048;

    private final RewardSettings settings;
    private final Consumer<Progress> progress;

    private RewardPretrainer(RewardSettings settings, Consumer<Progress> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains a reward model and writes its folder: config.json, model.safetensors, tokenizer.json,
     * tokenizer_config.json and {@value PretrainingReport#FILE}.
     *
     * @param base folder of the base, which stays as it is
     * @param output a new or empty folder, or one that an earlier run wrote, which is replaced
     * @param progress told about the run on the calling thread
     * @throws IllegalArgumentException if the output folder holds something else
     * @throws IOException if the base cannot be read or the folder cannot be written
     */
    public static RewardReport run(RewardSettings settings, Path base, Path output, Consumer<Progress> progress)
            throws IOException {
        if (output.toAbsolutePath().normalize().equals(base.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(output + " is the base itself; give the reward model another folder");
        }
        ModelFolder.prepare(output);
        try (LanguageModel model = LanguageModel.load(base)) {
            return new RewardPretrainer(settings, progress).make(model, output);
        }
    }

    /** The problems whose completions the reward model of these settings learns from. */
    static List<Problem> labelledProblems(RewardSettings settings) {
        RewardProblems problems = new RewardProblems(settings.seed());
        return LongStream.range(0, settings.labelling().problems())
                .mapToObj(i -> problems.at(FIRST_LABELLED_PROBLEM + i))
                .toList();
    }

    /**
     * Writes the labelled completions of a base: {@value #LABELLED}, which a reward model of these settings learns
     * from, and {@value #PROBE}, on which it is measured. They are as those of {@link #run} where the same machine and
     * number of threads sample them.
     *
     * @param folder where they go; there or not
     * @throws IOException if the base cannot be read or a file cannot be written
     */
    public static void writeLabelled(RewardSettings settings, Path base, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (LanguageModel model = LanguageModel.load(base)) {
            LabelledCompletion.write(training(settings, model), folder.resolve(LABELLED));
            LabelledCompletion.write(heldOut(settings, model), folder.resolve(PROBE));
        }
    }

    private static List<LabelledCompletion> training(RewardSettings settings, LanguageModel model) {
        return LabelledCompletion.sample(
                model,
                labelledProblems(settings),
                settings.labelling().completions(),
                CounterRandom.key(settings.seed(), "labelled"));
    }

    private static List<LabelledCompletion> heldOut(RewardSettings settings, LanguageModel model) {
        return new HeldOutProblems(settings.seed(), settings.labelling().heldOutProblems())
                .labelled(model, settings.labelling().heldOutCompletions());
    }

    private RewardReport make(LanguageModel model, Path output) throws IOException {
        String baseChecksum = model.checksum();
        // Sampled before the judge-only phase changes the weights: the reward model is for the base's completions.
        List<LabelledCompletion> training = training(settings, model);
        double correctShare = LabelledCompletion.correctShare(training);
        progress.accept(new Progress.Labelled(training.size(), correctShare));
        List<LabelledCompletion> heldOut = heldOut(settings, model);
        double judgingLoss = judge(model);
        try (RewardModel reward = RewardModel.fromBase(model, settings.seed())) {
            double scoringLoss = score(reward, training);
            RewardEvaluation evaluation = evaluate(reward, heldOut);
            progress.accept(new Progress.RewardEvaluated(evaluation));
            RewardReport report = new RewardReport(
                    settings,
                    baseChecksum,
                    TorchEngine.describe(),
                    reward.network().weights().count(),
                    INPUT.template(),
                    new RewardReport.Figures(judgingLoss, correctShare, scoringLoss, evaluation),
                    reward.checksum());
            reward.save(output);
            report.write(output);
            return report;
        }
    }

    /** Tries a reward model on labelled completions. */
    static RewardEvaluation evaluate(RewardModel reward, List<LabelledCompletion> completions) {
        List<TokenIds> tokens = completions.stream().map(c -> tokens(reward, c)).toList();
        return RewardEvaluation.of(completions, reward.logits(tokens, TOKEN_BUDGET));
    }

    private double judge(LanguageModel model) {
        RewardSettings.Judging judging = settings.judging();
        if (judging.steps() == 0) {
            return 0;
        }
        Task task = Task.BalancedJudge.of(settings.seed(), settings.solutions());
        return new SupervisedPhase("judge", judging.steps(), judging.batchSize(), judging.schedule(), task::example)
                .train(model, progress, _ -> {});
    }

    private double score(RewardModel reward, List<LabelledCompletion> completions) {
        RewardSettings.Scoring scoring = settings.scoring();
        List<LabelledTokens> examples = completions.stream()
                .map(c -> new LabelledTokens(tokens(reward, c), c.correct() ? 1 : 0))
                .toList();
        int epochs = scoring.epochs();
        int stepsAnEpoch = Math.ceilDiv(examples.size(), scoring.batchSize());
        Pace pace = new Pace("reward", epochs * stepsAnEpoch);
        try (RewardTrainer trainer = new RewardTrainer(reward, AdamWSettings.STANDARD, TOKEN_BUDGET)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                List<LabelledTokens> shuffled = shuffled(examples, epoch);
                for (int from = 0; from < shuffled.size(); from += scoring.batchSize()) {
                    int to = Math.min(from + scoring.batchSize(), shuffled.size());
                    LabelMetrics metrics = trainer.fit(shuffled.subList(from, to), scoring.learningRate());
                    pace.add(metrics.loss(), metrics.tokens());
                }
                progress.accept(pace.report((epoch + 1) * stepsAnEpoch, scoring.learningRate()));
            }
        }
        return pace.lastLoss();
    }

    /** The examples in the order of an epoch. */
    private List<LabelledTokens> shuffled(List<LabelledTokens> examples, int epoch) {
        long key = CounterRandom.key(CounterRandom.key(settings.seed(), "order"), epoch);
        return Shuffle.order(key, examples.size()).stream().map(examples::get).toList();
    }

    private static TokenIds tokens(RewardModel reward, LabelledCompletion completion) {
        return reward.tokens(INPUT.render(
                completion.problem().question(),
                String.valueOf(completion.problem().answer()),
                completion.text()));
    }
}
