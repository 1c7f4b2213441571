package dev.cooper.languagemodel.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.AdamW;
import dev.cooper.languagemodel.training.AdamWSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardTrainerTest {
    private static final double RATE = 3e-3;
    private static final AdamWSettings DECAYING = new AdamWSettings(0.9, 0.999, 1e-8, 0.01, 1);

    @TempDir
    private Path folder;

    @Test
    void pairsAreLearned() throws IOException {
        try (RewardModel model = model();
                RewardTrainer trainer = new RewardTrainer(model, DECAYING, 1000)) {
            PairMetrics first = trainer.update(pairs(1), RATE);
            assertThat(first.pairs()).isEqualTo(8);
            assertThat(first.gradientNorm()).isPositive();
            assertThat(first.tokens())
                    .isEqualTo(pairs(1).stream().mapToLong(TokenPair::tokens).sum());
            assertThat(first.marginAfterMean()).isGreaterThan(first.marginMean());
            PairMetrics next = trainer.update(pairs(1), RATE);
            assertThat(next.marginMean()).isCloseTo(first.marginAfterMean(), within(1e-5));
            assertThat(next.loss()).isLessThan(first.loss());
            for (int step = 0; step < 120; step++) {
                trainer.update(pairs(step), RATE);
            }
            PairMetrics unseen = trainer.update(pairs(1000), RATE);
            assertThat(unseen.accuracy()).isGreaterThan(0.9);
            assertThat(unseen.loss()).isLessThan(0.3);
        }
    }

    @Test
    void labelsAreLearned() throws IOException {
        try (RewardModel model = model();
                RewardTrainer trainer = new RewardTrainer(model, DECAYING, 200)) {
            LabelMetrics first = trainer.fit(examples(1), RATE);
            assertThat(first.loss()).isBetween(0.1, 3.0);
            assertThat(first.examples()).isEqualTo(16);
            for (int step = 0; step < 60; step++) {
                trainer.fit(examples(step), RATE);
            }
            LabelMetrics unseen = trainer.fit(examples(1000), RATE);
            assertThat(unseen.accuracy()).isGreaterThan(0.9);
            assertThat(unseen.loss()).isLessThan(0.4);
        }
    }

    @Test
    void theSplitIntoMicroBatchesDoesNotChangeTheUpdate() throws IOException {
        try (RewardModel a = model();
                RewardModel b = model();
                RewardTrainer whole = new RewardTrainer(a, DECAYING, 100_000);
                RewardTrainer split = new RewardTrainer(b, DECAYING, 1)) {
            PairMetrics one = whole.update(pairs(1), RATE);
            PairMetrics other = split.update(pairs(1), RATE);
            assertThat(other.loss()).isCloseTo(one.loss(), within(1e-5));
            assertThat(other.gradientNorm()).isCloseTo(one.gradientNorm(), within(1e-4 * one.gradientNorm()));
            assertThat(other.marginMean()).isCloseTo(one.marginMean(), within(1e-5));
            LabelMetrics labels = whole.fit(examples(1), RATE);
            LabelMetrics splitLabels = split.fit(examples(1), RATE);
            assertThat(splitLabels.gradientNorm())
                    .isCloseTo(labels.gradientNorm(), within(1e-3 * labels.gradientNorm()));
        }
    }

    /**
     * With an epsilon far above the gradients, Adam's first step is h times the gradient: the loss falls by h·norm².
     */
    @Test
    void theGradientIsThatOfTheMeanLossOverThePairs() throws IOException {
        double h = 1e-4;
        double epsilon = 1e4;
        List<TokenPair> pairs = pairs(2);
        try (RewardModel model = model();
                RewardTrainer trainer =
                        new RewardTrainer(model, new AdamWSettings(0.9, 0.999, epsilon, 0, 1e9), 1000)) {
            double before = meanLoss(model, pairs);
            PairMetrics update = trainer.update(pairs, h * epsilon);
            assertThat(update.loss()).isCloseTo(before, within(1e-5));
            double expected = h * update.gradientNorm() * update.gradientNorm();
            assertThat(expected).isGreaterThan(1e-4);
            assertThat(before - meanLoss(model, pairs)).isCloseTo(expected, within(0.05 * expected));
        }
    }

    @Test
    void theAnchorsGradientIsAddedWithItsWeight() throws IOException {
        double h = 1e-4;
        double epsilon = 1e4;
        double weight = 3;
        List<TokenPair> pairs = pairs(2);
        AnchorTerm anchor = new AnchorTerm(examples(3), weight);
        try (RewardModel model = model();
                RewardTrainer trainer = new RewardTrainer(model, new AdamWSettings(0.9, 0.999, epsilon, 0, 1e9), 40)) {
            double ofPairs = meanLoss(model, pairs);
            double ofAnchor = meanLabelLoss(model, anchor.examples());
            AnchoredMetrics update = trainer.update(pairs, anchor, h * epsilon);
            assertThat(update.pairs().loss()).isCloseTo(ofPairs, within(1e-5));
            assertThat(update.anchorLoss()).isCloseTo(ofAnchor, within(1e-5));
            assertThat(update.anchorAccuracy()).isBetween(0.0, 1.0);
            double norm = update.pairs().gradientNorm();
            double expected = h * norm * norm;
            double fell = ofPairs
                    + weight * ofAnchor
                    - meanLoss(model, pairs)
                    - weight * meanLabelLoss(model, anchor.examples());
            assertThat(expected).isGreaterThan(1e-4);
            assertThat(fell).isCloseTo(expected, within(0.05 * expected));
        }
        assertThatThrownBy(() -> new AnchorTerm(List.of(), 0)).hasMessageContaining("weight");
    }

    private static double meanLabelLoss(RewardModel model, List<LabelledTokens> examples) {
        float[] logits =
                model.logits(examples.stream().map(LabelledTokens::tokens).toList(), 1000);
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += Math.log1p(Math.exp(examples.get(i).label() == 1 ? -(double) logits[i] : logits[i]));
        }
        return sum / logits.length;
    }

    @Test
    void aRunIsReplayedBitForBitFromASavedModelAndOptimizer() throws IOException {
        String uninterrupted;
        try (RewardModel model = model();
                RewardTrainer trainer = new RewardTrainer(model, DECAYING, 60)) {
            for (int step = 0; step < 6; step++) {
                if (step == 3) {
                    model.save(folder.resolve("saved"));
                    trainer.optimizer().save(folder.resolve("optimizer.safetensors"));
                }
                trainer.update(pairs(step), RATE);
            }
            uninterrupted = model.checksum();
        }
        try (RewardModel model = RewardModel.load(folder.resolve("saved"));
                RewardTrainer trainer = new RewardTrainer(model, DECAYING, 60)) {
            trainer.optimizer().restore(folder.resolve("optimizer.safetensors"));
            for (int step = 3; step < 6; step++) {
                trainer.update(pairs(step), RATE);
            }
            assertThat(model.checksum()).isEqualTo(uninterrupted);
        }
    }

    @Test
    void anUpdateThatIsUndoneLeavesNoTrace() throws IOException {
        String straight;
        try (RewardModel model = model();
                RewardTrainer trainer = new RewardTrainer(model, DECAYING, 60)) {
            trainer.update(pairs(0), RATE);
            trainer.update(pairs(1), RATE);
            straight = model.checksum();
        }
        try (RewardModel model = model();
                RewardTrainer trainer = new RewardTrainer(model, DECAYING, 60)) {
            trainer.update(pairs(0), RATE);
            String before = model.checksum();
            try (AdamW.Kept kept = trainer.optimizer().keep()) {
                trainer.update(pairs(2), RATE);
                assertThat(model.checksum()).isNotEqualTo(before);
                kept.restore();
            }
            assertThat(model.checksum()).isEqualTo(before);
            assertThat(trainer.optimizer().steps()).isEqualTo(1);
            trainer.update(pairs(1), RATE);
            assertThat(model.checksum()).isEqualTo(straight);
        }
    }

    @Test
    void whatCannotBeLearnedFromIsRefused() throws IOException {
        TokenIds text = TokenIds.of(3, 4);
        assertThatThrownBy(() -> new TokenPair(text, TokenIds.of(3, 4))).hasMessageContaining("equal");
        assertThatThrownBy(() -> new TokenPair(text, TokenIds.of())).hasMessageContaining("no tokens");
        assertThatThrownBy(() -> new LabelledTokens(text, -0.1)).hasMessageContaining("between 0 and 1");
        try (RewardModel model = model();
                RewardTrainer trainer = new RewardTrainer(model, DECAYING, 60)) {
            assertThatThrownBy(() -> trainer.update(List.of(), RATE)).hasMessageContaining("at least one");
        }
    }

    private static double meanLoss(RewardModel model, List<TokenPair> pairs) {
        double sum = 0;
        for (TokenPair pair : pairs) {
            float[] logits = model.logits(List.of(pair.positive(), pair.negative()), 1000);
            sum += Math.log1p(Math.exp((double) logits[1] - logits[0]));
        }
        return sum / pairs.size();
    }

    private RewardModel model() throws IOException {
        Path source = folder.resolve("source");
        Files.createDirectories(source);
        try (LanguageModel base = LanguageModel.initialise(
                TestingModels.tinyConfig(true), TestingModels.tokenizer(source, TestingModels.VOCABULARY), 1)) {
            return RewardModel.fromBase(base, 5);
        }
    }

    /** Right is what ends with token 2. */
    private static List<TokenPair> pairs(long seed) {
        return IntStream.range(0, 8)
                .mapToObj(i -> new TokenPair(text(seed, 2L * i, true), text(seed, 2L * i + 1, false)))
                .toList();
    }

    private static List<LabelledTokens> examples(long seed) {
        List<LabelledTokens> examples = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            examples.add(new LabelledTokens(text(seed, i, i % 2 == 0), i % 2 == 0 ? 1 : 0));
        }
        return examples;
    }

    private static TokenIds text(long seed, long place, boolean right) {
        int[] ids = TestingModels.randomTokens(4 + (int) (place % 5), 100 * seed + place)
                .toArray();
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ids[i] == 2 ? 3 : ids[i];
        }
        if (right) {
            ids[ids.length - 1] = 2;
        }
        return TokenIds.of(ids);
    }
}
