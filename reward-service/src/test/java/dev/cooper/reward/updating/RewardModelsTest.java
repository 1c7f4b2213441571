package dev.cooper.reward.updating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.safetensors.Tensor;
import dev.cooper.modelruntime.trainer.PreparedUpdate;
import dev.cooper.modelruntime.trainer.TrainableModel;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.AnchorSettings;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.ProbeSettings;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.TrainingSettings;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.reward.TestingRewards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardModelsTest {

    private static final TrainingSettings SETTINGS = TrainingSettings.newBuilder()
            .setLearningRate(0.003)
            .setWarmupSteps(2)
            .setWeightDecay(0.01)
            .setScoring(TestingRewards.INPUT)
            .build();

    @TempDir
    Path folder;

    private final RewardModels models = new RewardModels();

    @Test
    void pairsMoveTheirMarginAndTellHow() throws IOException {
        try (TrainableModel model = initial()) {
            String before = model.checksum();
            PreparedUpdate update = model.prepare(1, pairs(1));
            assertThat(update.teaches()).isTrue();
            assertThat(update.metrics())
                    .containsEntry("pairs", 6.0)
                    .containsEntry("pairs_cut_equal", 0.0)
                    .containsEntry("tokens", 6 * (5 + 6.0));
            Map<String, Double> done = update.apply();
            assertThat(done).containsEntry("learning_rate", 0.0015);
            assertThat(done.get("margin_after_mean")).isGreaterThan(value(done, "margin_mean"));
            assertThat(value(done, "grad_norm")).isPositive();
            assertThat(value(done, "pair_accuracy")).isBetween(0.0, 1.0);
            assertThat(model.checksum()).isNotEqualTo(before);
            assertThat(model.prepare(2, pairs(1)).apply().get("loss")).isLessThan(value(done, "loss"));
            assertThat(model.parameters()).isPositive();
        }
    }

    @Test
    void aCheckpointGoesOnBitForBit() throws IOException {
        Path checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
        String uninterrupted;
        String batch;
        try (TrainableModel model = initial()) {
            model.prepare(1, pairs(1)).apply();
            model.saveCheckpoint(checkpoint);
            PreparedUpdate next = model.prepare(2, pairs(2));
            batch = next.batchSha256();
            next.apply();
            uninterrupted = model.checksum();
        }
        try (TrainableModel resumed = models.resume(checkpoint, folder, SETTINGS)) {
            PreparedUpdate next = resumed.prepare(2, pairs(2));
            assertThat(next.batchSha256()).isEqualTo(batch);
            assertThat(next.apply()).containsEntry("learning_rate", 0.003);
            assertThat(resumed.checksum()).isEqualTo(uninterrupted);
        }
        Files.writeString(checkpoint.resolve("optimizer.safetensors"), "damaged");
        assertThatThrownBy(() -> models.resume(checkpoint, folder, SETTINGS))
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.MODEL_FAULT))
                .hasMessageContaining("optimizer.safetensors");
    }

    @Test
    void theSplitIntoMicroBatchesDoesNotChangeTheUpdate() throws IOException {
        try (TrainableModel whole = initial();
                TrainableModel split = models.initial(
                        folder.resolve("initial"),
                        SETTINGS.toBuilder().setMicroBatchTokens(12).build())) {
            Map<String, Double> one = whole.prepare(1, pairs(1)).apply();
            Map<String, Double> other = split.prepare(1, pairs(1)).apply();
            assertThat(value(other, "loss")).isCloseTo(value(one, "loss"), within(1e-5));
            assertThat(value(other, "grad_norm")).isCloseTo(value(one, "grad_norm"), within(1e-4));
            assertThat(value(other, "margin_after_mean")).isCloseTo(value(one, "margin_after_mean"), within(1e-3));
        }
    }

    @Test
    void theBatchHashIsOfWhatIsLearnedFromOnly() throws IOException {
        try (TrainableModel model = initial()) {
            String hash = model.prepare(1, pairs(1)).batchSha256();
            List<LogRecord> again = new ArrayList<>();
            for (LogRecord record : pairs(1)) {
                PairOutcome outcome = PairOutcome.parseFrom(record.value());
                again.add(record(outcome.toBuilder()
                        .setPair(outcome.getPair().toBuilder().setAttempts(3).setAssistant("another"))
                        .build()));
            }
            assertThat(model.prepare(1, again).batchSha256()).isEqualTo(hash);
            assertThat(model.prepare(1, pairs(2)).batchSha256()).isNotEqualTo(hash);
            assertThat(model.prepare(1, pairs(1).subList(0, 5)).batchSha256()).isNotEqualTo(hash);
        }
    }

    @Test
    void sidesThatAreEqualOnceTheyAreCutAreLeftOutAndCounted() throws IOException {
        TrainingSettings cutting = SETTINGS.toBuilder()
                .setScoring(TestingRewards.INPUT.toBuilder()
                        .setCutOverCharacters(12)
                        .setKeepFirstCharacters(3)
                        .setKeepLastCharacters(3))
                .build();
        TestingRewards.write(folder.resolve("initial"), 7);
        try (TrainableModel model = models.initial(folder.resolve("initial"), cutting)) {
            PreparedUpdate update = model.prepare(
                    1, List.of(pair(0, "w5 w6 w7 w8 w9", "w5 w6 w17 w8 w9"), pair(1, "w5 w6 w7", "w8 w9")));
            assertThat(update.metrics()).containsEntry("pairs", 1.0).containsEntry("pairs_cut_equal", 1.0);
            PreparedUpdate nothing = model.prepare(1, List.of(pair(0, "w5 w6 w7 w8 w9", "w5 w6 w17 w8 w9")));
            assertThat(nothing.teaches()).isFalse();
        }
    }

    @Test
    void recordsThatAreNoPairAreRefusedNamingTheirSlot() throws IOException {
        try (TrainableModel model = initial()) {
            PairOutcome pair = TestingRewards.pair(TestingGroups.group(3, 1), "w5", "w6");
            assertRefused(model, pair(3, "w5 w6", "w5 w6"), "both sides of the pair are the same text");
            assertRefused(
                    model,
                    record(pair.toBuilder()
                            .setNone(NoPair.newBuilder().setReason(NoPairReason.STILL_CORRECT))
                            .build()),
                    "no pair (STILL_CORRECT)");
            assertRefused(
                    model,
                    record(pair.toBuilder()
                            .setFailure(Failure.newBuilder().setReason(FailureReason.TIMEOUT))
                            .build()),
                    "a failure (TIMEOUT)");
            assertRefused(model, record(pair.toBuilder().clearOutcome().build()), "nothing");
            PairOutcome.Builder stillRight = pair.toBuilder();
            stillRight.getPairBuilder().getNegativeBuilder().getVerdictBuilder().setKind(VerdictKind.CORRECT);
            assertRefused(model, record(stillRight.build()), "the verdict of the negative is CORRECT");
            assertRefused(model, pair(3, "w5", "w6 ".repeat(130)), "the negative cannot be read");
            LogRecord torn = new LogRecord(Topic.PAIRS, 1, 9, "run-1/3", Map.of(), new byte[] {7});
            assertRefused(model, torn, "pairs/1/9");
        }
    }

    private static void assertRefused(TrainableModel model, LogRecord record, String message) {
        assertThatThrownBy(() -> model.prepare(1, List.of(record)))
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT))
                .hasMessageContaining("slot 3")
                .hasMessageContaining(message);
    }

    @Test
    void theAnchorIsDrawnByTheStepAndLearnedBesideThePairs() throws IOException {
        Path labelled = labelled("w4 w5", "w6 w7", "w8 w9", "w10 w11", "w12 w13", "w2 ".repeat(130));
        TrainingSettings anchored = SETTINGS.toBuilder()
                .setAnchor(AnchorSettings.newBuilder()
                        .setPath(labelled.toString())
                        .setWeight(50)
                        .setExamples(5)
                        .setSeed(3))
                .build();
        String checksum;
        String batch;
        try (TrainableModel model = initial(anchored)) {
            PreparedUpdate update = model.prepare(1, pairs(1));
            batch = update.batchSha256();
            assertThat(update.metrics()).containsEntry("anchor_examples", 5.0).containsEntry("pairs", 6.0);
            Map<String, Double> done = update.apply();
            checksum = model.checksum();
            for (int step = 2; step < 8; step++) {
                done = model.prepare(1, pairs(1)).apply();
            }
            assertThat(value(done, "anchor_loss")).isLessThan(Math.log(2));
            assertThat(value(done, "anchor_accuracy")).isBetween(0.5, 1.0);
        }
        try (TrainableModel again = models.initial(folder.resolve("initial"), anchored)) {
            assertThat(again.prepare(2, pairs(1)).batchSha256())
                    .as("another step draws in another order")
                    .isNotEqualTo(batch);
            PreparedUpdate update = again.prepare(1, pairs(1));
            assertThat(update.batchSha256()).isEqualTo(batch);
            update.apply();
            assertThat(again.checksum()).isEqualTo(checksum);
        }
        try (TrainableModel without = models.initial(folder.resolve("initial"), SETTINGS)) {
            PreparedUpdate update = without.prepare(1, pairs(1));
            assertThat(update.metrics()).doesNotContainKey("anchor_examples");
            assertThat(update.batchSha256()).isNotEqualTo(batch);
            update.apply();
            assertThat(without.checksum()).isNotEqualTo(checksum);
        }
        try (TrainableModel all = models.initial(
                folder.resolve("initial"),
                anchored.toBuilder()
                        .setAnchor(anchored.getAnchor().toBuilder().setExamples(9))
                        .build())) {
            assertThat(all.prepare(1, pairs(1)).metrics())
                    .as("all that the file has and the model can read")
                    .containsEntry("anchor_examples", 5.0)
                    .containsEntry("anchor_too_long", 1.0);
        }
    }

    @Test
    void versionsAreMeasuredOnTheProbe() throws IOException {
        Path labelled = labelled("w4 w5", "w6 w7", "w8 w9", "w10 w11");
        TrainingSettings probed = SETTINGS.toBuilder()
                .setProbe(ProbeSettings.newBuilder()
                        .setPath(labelled.toString())
                        .setLimit(3)
                        .setEvery(2))
                .build();
        try (TrainableModel model = initial(probed)) {
            Map<String, Double> before = model.measure();
            assertThat(before).containsOnlyKeys("probe_accuracy", "probe_auc", "probe_ece");
            assertThat(3 * value(before, "probe_accuracy"))
                    .as("a share of three examples")
                    .isCloseTo(Math.rint(3 * value(before, "probe_accuracy")), within(1e-12));
            assertThat(model.prepare(1, pairs(1)).apply()).doesNotContainKey("probe_accuracy");
            Map<String, Double> second = model.prepare(2, pairs(2)).apply();
            assertThat(second).containsKeys("probe_accuracy", "probe_auc");
            assertThat(value(second, "probe_ece"))
                    .isEqualTo(value(model.measure(), "probe_ece"))
                    .isNotEqualTo(value(before, "probe_ece"));
        }
        try (TrainableModel model = models.initial(folder.resolve("initial"), SETTINGS)) {
            assertThat(model.measure()).isEmpty();
        }
    }

    /** Rewards what the probe calls right. */
    private static List<LogRecord> lesson() {
        return List.of(pair(0, "w4 w5", "w6 w7"));
    }

    /** Rewards what the probe calls wrong. */
    private static List<LogRecord> contrary() {
        return List.of(pair(0, "w6 w7", "w4 w5"));
    }

    private TrainingSettings judged(double maxDrop) throws IOException {
        return SETTINGS.toBuilder()
                .setLearningRate(0.3)
                .setWarmupSteps(0)
                .setProbe(ProbeSettings.newBuilder()
                        .setPath(labelled("w4 w5", "w6 w7").toString())
                        .setMetric("auc")
                        .setEvery(1)
                        .setMaxDrop(maxDrop))
                .build();
    }

    @Test
    void anUpdateThatFallsOnTheProbeIsUndoneAsIfNothingHadBeenLearned() throws IOException {
        TrainingSettings settings = judged(0.2);
        TestingRewards.write(folder.resolve("initial"), 7);
        Path checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
        String straight;
        String best;
        try (TrainableModel model = models.initial(folder.resolve("initial"), settings)) {
            best = learn(model, 2);
            model.saveCheckpoint(checkpoint);
            model.prepare(9, lesson()).apply();
            straight = model.checksum();
        }
        try (TrainableModel resumed = models.resume(checkpoint, folder, settings)) {
            assertUndone(resumed, best, straight);
        }
        try (TrainableModel model = models.initial(folder.resolve("initial"), settings)) {
            learn(model, 2);
            assertUndone(model, best, straight);
        }
    }

    private void assertUndone(TrainableModel model, String before, String straight) {
        PreparedUpdate update = model.prepare(9, contrary());
        assertThat(update.apply())
                .containsEntry("rejected", 1.0)
                .containsEntry("probe_auc", 1.0)
                .containsEntry("probe_rejected_auc", 0.0)
                .containsKey("probe_rejected_ece");
        assertThat(update.kept()).isFalse();
        assertThat(model.checksum()).isEqualTo(before);
        model.prepare(10, lesson()).apply();
        assertThat(model.checksum()).isEqualTo(straight);
    }

    /** @return the checksum that comes out */
    private static String learn(TrainableModel model, int steps) {
        for (int step = 1; step <= steps; step++) {
            PreparedUpdate update = model.prepare(step, lesson());
            assertThat(update.apply()).containsEntry("rejected", 0.0);
            assertThat(update.kept()).isTrue();
        }
        return model.checksum();
    }

    @Test
    void labelledFilesThatCannotBeReadAreRefusedWithFieldAndLine() throws IOException {
        TestingRewards.write(folder.resolve("initial"), 7);
        ProbeSettings tooLong = ProbeSettings.newBuilder()
                .setPath(labelled("w4", "w5", "w2 ".repeat(130)).toString())
                .build();
        assertThatThrownBy(() -> models.initial(
                        folder.resolve("initial"),
                        SETTINGS.toBuilder().setProbe(tooLong).build()))
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.field()).contains("reward.probe.path"))
                .hasMessageContaining("line 3")
                .hasMessageContaining("128");
        AnchorSettings changed = AnchorSettings.newBuilder()
                .setPath(tooLong.getPath())
                .setSha256("00")
                .setWeight(1)
                .setExamples(1)
                .build();
        assertThatThrownBy(() -> models.initial(
                        folder.resolve("initial"),
                        SETTINGS.toBuilder().setAnchor(changed).build()))
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.field()).contains("reward.training.anchor.sha256"));
    }

    /** Completions that are right and wrong by turns. */
    private Path labelled(String... completions) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < completions.length; i++) {
            lines.append("{\"question\": \"w2 w3\", \"answer\": \"w4\", \"completion\": \"%s\", \"gold_correct\": %s}\n"
                    .formatted(completions[i], i % 2 == 0));
        }
        return Files.writeString(folder.resolve("labelled.jsonl"), lines);
    }

    @Test
    void aFolderThatIsNoRewardModelIsBadInputThatNamesTheFile() throws IOException {
        assertUnusable(folder.resolve("nowhere"), "no such folder");
        Path headless = TestingRewards.write(folder.resolve("headless"), 7);
        TestingRewards.change(headless, tensors -> tensors.remove("score.weight"));
        assertUnusable(headless, "no tensor 'score.weight'");
        Path twoLabels = TestingRewards.write(folder.resolve("two"), 7);
        TestingRewards.change(
                twoLabels, tensors -> tensors.put("score.weight", new Tensor(List.of(2L, 16L), new float[32])));
        assertUnusable(twoLabels, "one output");
        Path diverged = TestingRewards.write(folder.resolve("diverged"), 7);
        float[] values = new float[16];
        values[2] = Float.NaN;
        TestingRewards.change(diverged, tensors -> tensors.put("score.weight", new Tensor(List.of(1L, 16L), values)));
        assertUnusable(diverged, "holds NaN");
    }

    private void assertUnusable(Path model, String message) {
        assertThatThrownBy(() -> models.initial(model, SETTINGS))
                .isInstanceOfSatisfying(CooperException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT);
                    assertThat(failure.field()).contains("reward.model");
                })
                .hasMessageContaining(model.toString())
                .hasMessageContaining(message);
    }

    @Test
    void settingsThatDoNotHoldAreBadInput() {
        assertThatThrownBy(() -> models.initial(
                        folder, SETTINGS.toBuilder().setMiniBatches(2).build()))
                .hasMessageContaining("mini_batches");
        assertThatThrownBy(() -> models.initial(
                        folder, SETTINGS.toBuilder().setLearningRate(-1).build()))
                .hasMessageContaining("Learning rate");
        assertThatThrownBy(() -> models.initial(
                        folder,
                        SETTINGS.toBuilder()
                                .setScoring(ScoringSettings.newBuilder().setTemplate("{{question}}"))
                                .build()))
                .hasMessageContaining("{{completion}}");
    }

    private TrainableModel initial() throws IOException {
        return initial(SETTINGS);
    }

    private TrainableModel initial(TrainingSettings settings) throws IOException {
        TestingRewards.write(folder.resolve("initial"), 7);
        return models.initial(folder.resolve("initial"), settings);
    }

    private static List<LogRecord> pairs(int seed) {
        return IntStream.range(0, 6)
                .mapToObj(
                        slot -> pair(slot, "w%d w10".formatted(4 + slot), "w%d w%d w11".formatted(4 + slot, 14 + seed)))
                .toList();
    }

    private static LogRecord pair(int slot, String positive, String negative) {
        return record(TestingRewards.pair(TestingGroups.group(slot, 1), positive, negative));
    }

    private static LogRecord record(PairOutcome outcome) {
        return TestingGroups.read(
                GroupMessage.PAIRS.record(outcome), outcome.getGroup().getSlot());
    }

    private static double value(Map<String, Double> metrics, String name) {
        Double value = metrics.get(name);
        assertThat(value).as(name).isNotNull();
        return value == null ? Double.NaN : value;
    }
}
