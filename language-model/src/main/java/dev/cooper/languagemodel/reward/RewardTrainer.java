package dev.cooper.languagemodel.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.model.Recorded;
import dev.cooper.languagemodel.model.RewardNetwork;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Losses;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.training.AdamW;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.MicroBatches;
import dev.cooper.languagemodel.training.PartSums;
import java.util.List;
import java.util.function.Function;

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

    /** One update from pairs: mean over all of them of {@link RewardLoss#ofPairs}. */
    public PairMetrics update(List<TokenPair> pairs, double learningRate) {
        return update(pairs, AnchorTerm.NONE, learningRate).pairs();
    }

    /** One update from the sum of the pairs' mean loss and the anchor's weighted one. */
    public AnchoredMetrics update(List<TokenPair> pairs, AnchorTerm anchor, double learningRate) {
        requireSome(pairs.size());
        optimizer.discardGradients();
        int anchored = anchor.examples().size();
        try (PartSums ofPairs = new PartSums();
                PartSums ofAnchor = new PartSums()) {
            addPairs(pairs, ofPairs);
            addLabels(anchor.examples(), anchored / anchor.weight(), ofAnchor);
            double norm = optimizer.step(learningRate);
            double[] total = ofPairs.total();
            PairMetrics done = new PairMetrics(
                    pairs.size(),
                    total[0],
                    total[1] / pairs.size(),
                    total[2] / pairs.size(),
                    marginMean(pairs),
                    norm,
                    pairs.stream().mapToLong(TokenPair::tokens).sum());
            if (anchored == 0) {
                return new AnchoredMetrics(done, 0, 0);
            }
            double[] labels = ofAnchor.total();
            return new AnchoredMetrics(done, labels[0] / anchor.weight(), labels[1] / anchored);
        }
    }

    /** One update from labelled examples: mean over all of them of {@link RewardLoss#ofLabels}. */
    public LabelMetrics fit(List<LabelledTokens> examples, double learningRate) {
        requireSome(examples.size());
        optimizer.discardGradients();
        try (PartSums sums = new PartSums()) {
            addLabels(examples, examples.size(), sums);
            double norm = optimizer.step(learningRate);
            double[] total = sums.total();
            return new LabelMetrics(
                    examples.size(),
                    total[0],
                    total[1] / examples.size(),
                    norm,
                    examples.stream().mapToLong(e -> e.tokens().size()).sum());
        }
    }

    private void addPairs(List<TokenPair> pairs, PartSums sums) {
        List<Integer> lengths = pairs.stream().map(TokenPair::tokens).toList();
        for (List<Integer> places : MicroBatches.split(lengths, tokenBudget)) {
            List<TokenPair> batch = places.stream().map(pairs::get).toList();
            accumulate(sides(batch), logits -> RewardLoss.ofPairs(logits, pairs.size()), sums);
        }
    }

    private void addLabels(List<LabelledTokens> examples, double denominator, PartSums sums) {
        List<Integer> lengths = examples.stream().map(e -> e.tokens().size()).toList();
        for (List<Integer> places : MicroBatches.split(lengths, tokenBudget)) {
            List<LabelledTokens> batch = places.stream().map(examples::get).toList();
            double[] labels = batch.stream().mapToDouble(LabelledTokens::label).toArray();
            accumulate(
                    batch.stream().map(LabelledTokens::tokens).toList(),
                    logits -> RewardLoss.ofLabels(logits, labels, denominator),
                    sums);
        }
    }

    private void accumulate(List<TokenIds> sequences, Function<NDArray, Losses.Part> loss, PartSums sums) {
        try (GradientMode _ = GradientMode.recording();
                NDManager scope = TorchEngine.newManager()) {
            Recorded<NDArray> logits = network.record(scope, sequences, checkpointing);
            Losses.Part part = loss.apply(logits.values());
            logits.backward(part.gradient());
            sums.add(part.sums());
        }
    }

    private double marginMean(List<TokenPair> pairs) {
        float[] logits = model.logits(sides(pairs), tokenBudget);
        double sum = 0;
        for (int i = 0; i < pairs.size(); i++) {
            sum += (double) logits[2 * i] - logits[2 * i + 1];
        }
        return sum / pairs.size();
    }

    /** Positive and negative by turns. */
    private static List<TokenIds> sides(List<TokenPair> pairs) {
        return pairs.stream().flatMap(pair -> pair.sides().stream()).toList();
    }

    private static void requireSome(int size) {
        if (size == 0) {
            throw new IllegalArgumentException("An update needs at least one pair or example");
        }
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
