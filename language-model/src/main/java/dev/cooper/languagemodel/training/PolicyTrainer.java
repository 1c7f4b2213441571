package dev.cooper.languagemodel.training;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.Recorded;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.model.TokenScores;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains a policy by GRPO. The same sequences in the same order, from the same weights and optimiser state, give the
 * same weights bit for bit on one machine with one number of threads. For one thread.
 */
public final class PolicyTrainer implements AutoCloseable {
    private final CausalLanguageModel policy;
    private final Optional<CausalLanguageModel> reference;
    private final PolicySettings settings;
    private final GrpoLoss loss;
    private final AdamW optimizer;

    /**
     * A trainer of a policy's weights.
     *
     * @param reference the policy to stay near, only used if there is a divergence term; not closed here
     * @throws IllegalArgumentException if a divergence term is asked for without a reference
     */
    public PolicyTrainer(CausalLanguageModel policy, Optional<CausalLanguageModel> reference, PolicySettings settings) {
        if (settings.loss().klCoefficient() > 0 && reference.isEmpty()) {
            throw new IllegalArgumentException("klCoefficient is above 0, but there is no reference model");
        }
        this.policy = policy;
        this.reference = settings.loss().klCoefficient() > 0 ? reference : Optional.empty();
        this.settings = settings;
        this.loss = new GrpoLoss(settings.loss());
        this.optimizer = new AdamW(policy.weights(), settings.optimizer());
    }

    /** Optimiser state, to be saved and restored. */
    public AdamW optimizer() {
        return optimizer;
    }

    /**
     * One update: {@link PolicySettings#miniBatches} optimiser steps, or as many as there are sequences if these are
     * fewer.
     */
    public PolicyMetrics update(List<PolicySequence> sequences, double learningRate) {
        if (sequences.isEmpty()) {
            throw new IllegalArgumentException("An update needs at least one sequence");
        }
        int steps = Math.min(settings.miniBatches(), sequences.size());
        List<Example> examples = examples(sequences, steps > 1);
        Totals totals = new Totals();
        for (int step = 0; step < steps; step++) {
            int from = (int) ((long) step * examples.size() / steps);
            int to = (int) ((step + 1L) * examples.size() / steps);
            optimizerStep(examples.subList(from, to), learningRate, totals);
        }
        return totals.metrics();
    }

    /**
     * With one optimiser step the old policy is the one in training, so its log-probabilities need no pass of their
     * own.
     */
    private record Example(
            PolicySequence source,
            ScoredSequence tokens,
            Optional<TokenValues> oldLogProbs,
            Optional<TokenValues> referenceLogProbs) {}

    private List<Example> examples(List<PolicySequence> sequences, boolean severalSteps) {
        List<ScoredSequence> tokens =
                sequences.stream().map(PolicySequence::scored).toList();
        List<Optional<TokenValues>> old = score(severalSteps ? Optional.of(policy) : Optional.empty(), tokens);
        List<Optional<TokenValues>> ref = score(reference, tokens);
        return IntStream.range(0, sequences.size())
                .mapToObj(i -> new Example(sequences.get(i), tokens.get(i), old.get(i), ref.get(i)))
                .toList();
    }

    private List<Optional<TokenValues>> score(Optional<CausalLanguageModel> model, List<ScoredSequence> tokens) {
        return model.map(m -> new SequenceScorer(m, settings.temperature(), settings.tokenBudget())
                        .score(tokens).stream().map(Optional::of).toList())
                .orElseGet(() ->
                        tokens.stream().map(_ -> Optional.<TokenValues>empty()).toList());
    }

    private void optimizerStep(List<Example> examples, double learningRate, Totals totals) {
        List<ScoredSequence> tokens = examples.stream().map(Example::tokens).toList();
        double denominator =
                loss.denominator(tokens.stream().map(ScoredSequence::targets).toList());
        optimizer.discardGradients(); // of a step that failed half-way
        for (List<Integer> places : MicroBatches.split(ScoredSequence.lengths(tokens), settings.tokenBudget())) {
            accumulate(places.stream().map(examples::get).toList(), denominator, totals);
        }
        totals.addStep(optimizer.step(learningRate));
    }

    private void accumulate(List<Example> batch, double denominator, Totals totals) {
        List<ScoredSequence> tokens = batch.stream().map(Example::tokens).toList();
        try (GradientMode _ = GradientMode.recording();
                NDManager scope = TorchEngine.newManager()) {
            Recorded<TokenScores> recorded =
                    policy.record(scope, TokenBatch.scoring(tokens), settings.temperature(), settings.checkpointing());
            List<TokenValues> logProbs = SequenceScorer.bySequence(recorded.values(), tokens);
            List<GrpoTerms> terms = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                terms.add(terms(batch.get(i), logProbs.get(i)));
            }
            GrpoLoss.Result result = loss.of(terms, denominator);
            recorded.backward(flatten(result.gradients()));
            totals.add(result, recorded.values().entropySum());
        }
    }

    private static GrpoTerms terms(Example example, TokenValues logProbs) {
        return new GrpoTerms(
                logProbs,
                example.oldLogProbs().orElse(logProbs),
                example.source().samplerValues(),
                example.referenceLogProbs(),
                example.source().advantage());
    }

    private static float[] flatten(List<TokenValues> values) {
        float[] flat = new float[values.stream().mapToInt(TokenValues::size).sum()];
        int next = 0;
        for (TokenValues sequence : values) {
            for (int i = 0; i < sequence.size(); i++) {
                flat[next++] = (float) sequence.get(i);
            }
        }
        return flat;
    }

    /** Sums over the parts of an update. */
    private static final class Totals {
        private GrpoDiagnostics diagnostics = GrpoDiagnostics.NONE;
        private double loss;
        private double entropySum;
        private double normSum;
        private int steps;

        void add(GrpoLoss.Result result, double entropies) {
            loss += result.loss();
            diagnostics = diagnostics.plus(result.diagnostics());
            entropySum += entropies;
        }

        void addStep(double gradientNorm) {
            normSum += gradientNorm;
            steps++;
        }

        PolicyMetrics metrics() {
            return new PolicyMetrics(
                    loss / steps,
                    normSum / steps,
                    steps,
                    diagnostics.tokens(),
                    diagnostics.share(diagnostics.clippedLow()),
                    diagnostics.share(diagnostics.clippedHigh()),
                    diagnostics.share(diagnostics.dualClipped()),
                    diagnostics.perToken(diagnostics.klSum()),
                    diagnostics.perToken(diagnostics.oldKlSum()),
                    diagnostics.perToken(entropySum),
                    diagnostics.perToken(diagnostics.mismatchSum()),
                    diagnostics.mismatchMax());
        }
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
