package dev.cooper.languagemodel.reward;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.model.Recorded;
import dev.cooper.languagemodel.model.RewardNetwork;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.training.AdamW;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.MicroBatches;
import java.util.List;

/**
 * Trains a reward model on pairs or on labels, one optimiser step a call. The same input in the same order, from the
 * same weights and optimiser state, gives the same weights bit for bit on one machine with one number of threads. For
 * one thread.
 */
public final class RewardTrainer implements AutoCloseable {
    private final RewardModel model;
    private final RewardNetwork network;
    private final AdamW optimizer;
    private final int tokenBudget;
    private final boolean checkpointing;

    /** A trainer that keeps everything for the way back. */
    public RewardTrainer(RewardModel model, AdamWSettings settings, int tokenBudget) {
        this(model, settings, tokenBudget, false);
    }

    /**
     * A trainer of a model's weights; the model is not closed here.
     *
     * @param tokenBudget most tokens of one forward pass; the result depends on it only by rounding
     * @param checkpointing keeps only each layer's input for the way back and computes the layer once more
     */
    public RewardTrainer(RewardModel model, AdamWSettings settings, int tokenBudget, boolean checkpointing) {
        if (tokenBudget < 1) {
            throw new IllegalArgumentException("tokenBudget must be at least 1, not " + tokenBudget);
        }
        this.model = model;
        this.network = model.network();
        this.optimizer = new AdamW(network.weights(), settings);
        this.tokenBudget = tokenBudget;
        this.checkpointing = checkpointing;
    }

    /** Optimiser state, to be saved and restored. */
    public AdamW optimizer() {
        return optimizer;
    }

    /** One update from pairs: mean over all of them of {@link RewardLoss#ofPair}. */
    public PairMetrics update(List<TokenPair> pairs, double learningRate) {
        requireSome(pairs.size());
        optimizer.discardGradients();
        Sums sums = new Sums();
        List<Integer> lengths = pairs.stream().map(TokenPair::tokens).toList();
        for (List<Integer> places : MicroBatches.split(lengths, tokenBudget)) {
            List<TokenPair> batch = places.stream().map(pairs::get).toList();
            accumulate(sides(batch), (logits, gradient) -> {
                for (int i = 0; i < batch.size(); i++) {
                    double margin = margin(logits, i);
                    RewardLoss.Term term = RewardLoss.ofPair(margin, pairs.size());
                    gradient[2 * i] = (float) term.derivative();
                    gradient[2 * i + 1] = (float) -term.derivative();
                    sums.add(term.loss(), margin > 0, margin);
                }
            });
        }
        double norm = optimizer.step(learningRate);
        return new PairMetrics(
                pairs.size(),
                sums.loss,
                (double) sums.right / pairs.size(),
                sums.margin / pairs.size(),
                marginMean(pairs),
                norm,
                pairs.stream().mapToLong(TokenPair::tokens).sum());
    }

    /** One update from labelled examples: mean over all of them of {@link RewardLoss#ofLabel}. */
    public LabelMetrics fit(List<LabelledTokens> examples, double learningRate) {
        requireSome(examples.size());
        optimizer.discardGradients();
        Sums sums = new Sums();
        List<Integer> lengths = examples.stream().map(e -> e.tokens().size()).toList();
        for (List<Integer> places : MicroBatches.split(lengths, tokenBudget)) {
            List<LabelledTokens> batch = places.stream().map(examples::get).toList();
            List<TokenIds> tokens = batch.stream().map(LabelledTokens::tokens).toList();
            accumulate(tokens, (logits, gradient) -> {
                for (int i = 0; i < batch.size(); i++) {
                    double label = batch.get(i).label();
                    RewardLoss.Term term = RewardLoss.ofLabel(logits[i], label, examples.size());
                    gradient[i] = (float) term.derivative();
                    sums.add(term.loss(), logits[i] > 0 == label > 0.5, 0);
                }
            });
        }
        double norm = optimizer.step(learningRate);
        return new LabelMetrics(
                examples.size(),
                sums.loss,
                (double) sums.right / examples.size(),
                norm,
                lengths.stream().mapToLong(Integer::longValue).sum());
    }

    /** From the logits of a part of the step to the loss's derivative by each. */
    @FunctionalInterface
    private interface Derivative {
        void of(float[] logits, float[] gradient);
    }

    private void accumulate(List<TokenIds> sequences, Derivative derivative) {
        try (GradientMode _ = GradientMode.recording();
                NDManager scope = TorchEngine.newManager()) {
            Recorded<float[]> logits = network.record(scope, sequences, checkpointing);
            float[] gradient = new float[sequences.size()];
            derivative.of(logits.values(), gradient);
            logits.backward(gradient);
        }
    }

    private double marginMean(List<TokenPair> pairs) {
        float[] logits = model.logits(sides(pairs), tokenBudget);
        double sum = 0;
        for (int i = 0; i < pairs.size(); i++) {
            sum += margin(logits, i);
        }
        return sum / pairs.size();
    }

    /** Positive and negative by turns. */
    private static List<TokenIds> sides(List<TokenPair> pairs) {
        return pairs.stream().flatMap(pair -> pair.sides().stream()).toList();
    }

    private static double margin(float[] logits, int pair) {
        return (double) logits[2 * pair] - logits[2 * pair + 1];
    }

    private static void requireSome(int size) {
        if (size == 0) {
            throw new IllegalArgumentException("An update needs at least one pair or example");
        }
    }

    /** Sums over the parts of a step. */
    private static final class Sums {
        private double loss;
        private double margin;
        private int right;

        void add(double termLoss, boolean isRight, double termMargin) {
            loss += termLoss;
            margin += termMargin;
            right += isRight ? 1 : 0;
        }
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
