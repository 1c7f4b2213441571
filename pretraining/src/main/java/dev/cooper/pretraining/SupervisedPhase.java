package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.LearningRate;
import dev.cooper.languagemodel.training.SupervisedTrainer;
import dev.cooper.pretraining.corpus.Example;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Training on the completions of examples, which are read in their order from index 0 on.
 *
 * @param name what progress calls it
 * @param steps optimiser steps
 * @param batchSize examples a step
 */
record SupervisedPhase(String name, int steps, int batchSize, LearningRate schedule, LongFunction<Example> examples) {
    private static final int TOKEN_BUDGET = 2048;
    private static final int STEPS_A_REPORT = 50;

    /**
     * Trains a model.
     *
     * @param afterStep told the number of steps done, after each
     * @return mean loss of the last reported steps, in nats a token
     */
    double train(LanguageModel model, Consumer<Progress> progress, IntConsumer afterStep) {
        Pace pace = new Pace(name, steps);
        try (SupervisedTrainer trainer = new SupervisedTrainer(model.network(), AdamWSettings.STANDARD, TOKEN_BUDGET)) {
            for (int step = 1; step <= steps; step++) {
                List<ScoredSequence> batch = batch(model.tokenizer(), step - 1);
                double learningRate = schedule.at(step - 1);
                double loss = trainer.step(batch, learningRate).loss();
                pace.add(loss, batch.stream().mapToLong(s -> s.tokens().size()).sum());
                if (step == steps || step % STEPS_A_REPORT == 0) {
                    progress.accept(pace.report(step, learningRate));
                }
                afterStep.accept(step);
            }
        }
        return pace.lastLoss();
    }

    private List<ScoredSequence> batch(Tokenizer tokenizer, int step) {
        long from = (long) step * batchSize;
        return LongStream.range(from, from + batchSize)
                .mapToObj(index -> sequence(tokenizer, examples.apply(index)))
                .toList();
    }

    private static ScoredSequence sequence(Tokenizer tokenizer, Example example) {
        TokenIds end = TokenIds.of(tokenizer.specialTokens().endOfText().get(0));
        return ScoredSequence.of(
                tokenizer.encode(example.prompt()),
                tokenizer.encode(example.completion()).followedBy(end));
    }
}
