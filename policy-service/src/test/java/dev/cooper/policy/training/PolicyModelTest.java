package dev.cooper.policy.training;

import static dev.cooper.proto.v1.VerdictKind.CORRECT;
import static dev.cooper.proto.v1.VerdictKind.INCORRECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.modelruntime.trainer.PreparedUpdate;
import dev.cooper.modelruntime.trainer.TrainableModel;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.policy.TestingPolicies;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyModelTest {

    private static final TrainingSettings SETTINGS = TrainingSettings.newBuilder()
            .setLearningRate(0.01)
            .setWarmupSteps(2)
            .setGrpo(GrpoSettings.newBuilder()
                    .setClipLow(0.2)
                    .setClipHigh(0.2)
                    .setKlCoefficient(0.1)
                    .setDivideByStd(true))
            .build();

    private final PolicyModels models = new PolicyModels();

    @TempDir
    Path folder;

    private Path initial;

    @BeforeEach
    void writeTheInitialModel() throws IOException {
        initial = TestingPolicies.write(folder.resolve("initial"), 7);
    }

    @Test
    void anUpdateChangesTheModelAndTellsWhatItDid() {
        try (TrainableModel model = models.initial(initial, SETTINGS)) {
            String before = model.checksum();
            PreparedUpdate update = model.prepare(1, lesson(1));

            assertThat(update.teaches()).isTrue();
            Map<String, Double> metrics = update.apply();

            assertThat(model.checksum()).isNotEqualTo(before);
            assertThat(metrics)
                    .containsOnlyKeys(
                            "loss",
                            "kl",
                            "entropy",
                            "clip_low_share",
                            "clip_high_share",
                            "grad_norm",
                            "learning_rate",
                            "mismatch_mean",
                            "mismatch_max");
            // The model is its own reference at first.
            assertThat(metrics.get("kl")).isCloseTo(0, within(1e-9));
            assertThat(metrics.get("learning_rate")).isEqualTo(0.005);
            assertThat(metrics.get("grad_norm")).isPositive();
        }
    }

    @Test
    void aResumedModelGoesOnBitForBit() throws IOException {
        Path checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
        String expected;
        try (TrainableModel model = models.initial(initial, SETTINGS)) {
            model.prepare(1, lesson(1)).apply();
            model.saveCheckpoint(checkpoint);
            model.prepare(2, lesson(2)).apply();
            expected = model.checksum();
        }

        try (TrainableModel resumed = models.resume(checkpoint, initial, SETTINGS)) {
            Map<String, Double> metrics = resumed.prepare(2, lesson(2)).apply();

            assertThat(resumed.checksum()).isEqualTo(expected);
            assertThat(metrics.get("kl")).isPositive();
            assertThat(metrics.get("learning_rate")).isEqualTo(0.01);
        }
    }

    @Test
    void whatIsSavedHasTheModelsChecksum() throws IOException {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        try (TrainableModel model = models.initial(initial, SETTINGS)) {
            model.prepare(1, lesson(1)).apply();
            model.save(saved);

            try (TrainableModel loaded = models.initial(saved, SETTINGS)) {
                assertThat(loaded.checksum()).isEqualTo(model.checksum());
                assertThat(loaded.parameters()).isEqualTo(model.parameters()).isPositive();
            }
        }
    }

    @Test
    void aMissingModelFolderIsNamedWithTheFix() {
        assertThatThrownBy(() -> models.initial(folder.resolve("nowhere"), SETTINGS))
                .hasMessageContaining(folder.resolve("nowhere").toString())
                .hasMessageContaining("Hugging Face layout");
    }

    @Test
    void aTokenizerThatDoesNotFitTheModelIsNamedWithTheFix() throws IOException {
        TestingPolicies.writeTokenizer(initial, 40);

        assertThatThrownBy(() -> models.initial(initial, SETTINGS))
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining("use the tokenizer that the model was made with");
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        TrainingSettings wrong = SETTINGS.toBuilder()
                .setGrpo(GrpoSettings.newBuilder().setKlEstimator("k9"))
                .build();

        assertThatThrownBy(() -> models.initial(initial, wrong)).hasMessageContaining("kl_estimator");
    }

    @Test
    void aRecordThatIsNoScoredGroupIsNamedWithItsPlace() {
        try (TrainableModel model = models.initial(initial, SETTINGS)) {
            LogRecord poison = new LogRecord(Topic.SCORED, 0, 5, "run/0", Map.of(), new byte[] {7, 7});

            assertThatThrownBy(() -> model.prepare(1, List.of(poison))).hasMessageContaining("scored/0/5");
        }
    }

    private static List<LogRecord> lesson(long step) {
        List<ScoredGroup> groups = List.of(
                TestingGroups.scored(0, CORRECT, INCORRECT, INCORRECT, CORRECT),
                TestingGroups.scored(1, INCORRECT, CORRECT, INCORRECT, INCORRECT));
        List<LogRecord> records = new ArrayList<>();
        for (ScoredGroup group : groups) {
            long offset = 10 * step + records.size();
            records.add(new LogRecord(Topic.SCORED, 0, offset, "run", Map.of(), group.toByteArray()));
        }
        return records;
    }
}
