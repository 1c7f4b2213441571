package dev.cooper.languagemodel.training;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.Recorded;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Losses;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
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
        try (PartSums sums = new PartSums()) {
            double norms = 0;
            for (int step = 0; step < steps; step++) {
                int from = (int) ((long) step * examples.size() / steps);
                int to = (int) ((step + 1L) * examples.size() / steps);
                norms += optimizerStep(examples.subList(from, to), learningRate, sums);
            }
            long tokens = examples.stream().mapToLong(e -> e.tokens().targets()).sum();
            return metrics(sums.read(), tokens, norms, steps);
        }
    }

    /**
     * With one optimiser step the old policy is the one in training, so its log-probabilities need no pass of their
     * own.
     */
    private record Example(
            PolicySequence source,
            ScoredSequence tokens,
            Optional<TokenValues> oldLogProbs,
            Optional<TokenValues> referenceLogProbs) {
        GrpoTerms terms() {
            return new GrpoTerms(oldLogProbs, source.samplerValues(), referenceLogProbs, source.advantage());
        }
    }

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

    /** Returns the gradient's norm. */
    private double optimizerStep(List<Example> examples, double learningRate, PartSums sums) {
        List<ScoredSequence> tokens = examples.stream().map(Example::tokens).toList();
        double denominator =
                loss.denominator(tokens.stream().map(ScoredSequence::targets).toList());
        optimizer.discardGradients(); // of a step that failed half-way
        for (List<Integer> places : MicroBatches.split(ScoredSequence.lengths(tokens), settings.tokenBudget())) {
            accumulate(places.stream().map(examples::get).toList(), denominator, sums);
        }
        return optimizer.step(learningRate);
    }

    private void accumulate(List<Example> batch, double denominator, PartSums sums) {
        List<ScoredSequence> tokens = batch.stream().map(Example::tokens).toList();
        try (GradientMode _ = GradientMode.recording();
                NDManager scope = TorchEngine.newManager()) {
            Recorded<Torch.Scored> recorded =
                    policy.record(scope, TokenBatch.scoring(tokens), settings.temperature(), settings.checkpointing());
            List<GrpoTerms> terms = batch.stream().map(Example::terms).toList();
            Losses.Part part = loss.of(recorded.values(), terms, denominator);
            recorded.backward(part.gradient());
            sums.add(part.sums());
        }
    }

    private static PolicyMetrics metrics(List<double[]> parts, long tokens, double norms, int steps) {
        double loss = 0;
        double entropies = 0;
        GrpoDiagnostics d = GrpoDiagnostics.ofTokens(tokens);
        for (double[] sums : parts) {
            loss += sums[0];
            d = d.plus(GrpoDiagnostics.of(0, sums));
            entropies += sums[8];
        }
        return new PolicyMetrics(
                loss / steps,
                norms / steps,
                steps,
                tokens,
                d.share(d.clippedLow()),
                d.share(d.clippedHigh()),
                d.share(d.dualClipped()),
                d.perToken(d.klSum()),
                d.perToken(d.oldKlSum()),
                d.perToken(entropies),
                d.perToken(d.mismatchSum()),
                d.mismatchMax());
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
