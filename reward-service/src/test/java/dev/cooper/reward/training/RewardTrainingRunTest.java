package dev.cooper.reward.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.ScoreQuality;
import dev.cooper.languagemodel.safetensors.Tensor;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.reward.TestingRewards;
import dev.cooper.reward.training.TrainingProgress.Stepped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardTrainingRunTest {

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final String BASE = TestingTraining.yaml("base: base");

    @TempDir
    private Path folder;

    private final List<TrainingProgress> told = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        TestingTraining.prepare(folder);
    }

    /** Stops after a number of steps of this process. */
    private static final class Stopping implements TrainingObserver {
        private final Consumer<TrainingProgress> progress;
        private final int after;
        private int steps;

        Stopping(Consumer<TrainingProgress> progress, int after) {
            this.progress = progress;
            this.after = after;
        }

        @Override
        public void progress(TrainingProgress done) {
            progress.accept(done);
            steps += done instanceof Stepped ? 1 : 0;
        }

        @Override
        public boolean stopRequested() {
            return steps >= after;
        }
    }

    private Optional<RewardTrainingReport> train(String yaml, String out, int stopAfter) throws IOException {
        return new RewardTrainingRun(
                        TestingTraining.spec(folder, yaml),
                        folder.resolve(out),
                        new Stopping(told::add, stopAfter),
                        CLOCK)
                .run();
    }

    private RewardTrainingReport train(String yaml, String out) throws IOException {
        return train(yaml, out, Integer.MAX_VALUE).orElseThrow();
    }

    @Test
    void aNewHeadLearnsTheLabelsAndTheBestWeightsAreKept() throws IOException {
        RewardTrainingReport report = train(BASE, "out");
        ScoreQuality all = Objects.requireNonNull(report.validation().get(""));
        assertThat(all.auc().orElseThrow()).isGreaterThan(0.95);
        assertThat(report.validation()).containsOnlyKeys("", "type0", "type1");
        assertThat(report.steps()).isEqualTo(24);
        assertThat(report.data().train()).isEqualTo(120);
        assertThat(report.data().validation()).isEqualTo(40).isEqualTo(all.examples());
        assertThat(report.trials()).extracting(Trial::step).containsExactly(0, 5, 10, 15, 20, 24);
        Trial first = report.trials().getFirst();
        Trial best = report.trials().stream()
                .filter(trial -> trial.step() == report.bestStep())
                .findFirst()
                .orElseThrow();
        assertThat(best.auc()).isGreaterThan(first.auc()).isEqualTo(all.auc().orElseThrow());
        assertThat(report.trials()).allMatch(trial -> trial.auc() <= best.auc());
        try (RewardModel model = RewardModel.load(RewardTrainingRun.model(folder.resolve("out")))) {
            assertThat(model.checksum()).isEqualTo(report.checksum());
        }
        assertThat(folder.resolve("out"))
                .isDirectoryContaining("glob:**report.json")
                .isDirectoryNotContaining("glob:**checkpoint-*");
        assertThat(folder.resolve("out/report.html")).content().contains("Reliability", "type1", report.checksum());
        assertThat(folder.resolve("out/reliability.svg")).content().startsWith("<svg xmlns=");
        assertThat(report.table()).contains("validation", "  type0");
        assertThat(told.getLast().line()).contains("validation: AUC");
    }

    @Test
    void aStoppedTrainingGoesOnBitForBit() throws IOException {
        RewardTrainingReport uninterrupted = train(BASE, "whole");
        assertThat(train(BASE, "parts", 7)).isEmpty();
        assertThat(train(BASE, "parts", 6)).isEmpty();
        assertThat(train(BASE, "parts")).isEqualTo(uninterrupted);
    }

    @Test
    void aKilledTrainingGoesOnFromItsLastCheckpoint() throws IOException {
        RewardTrainingReport uninterrupted = train(BASE, "whole");
        TrainingObserver killer = progress -> {
            if (progress instanceof Stepped step && step.step() == 11) {
                throw new IllegalStateException("killed");
            }
        };
        var killed = new RewardTrainingRun(TestingTraining.spec(folder, BASE), folder.resolve("killed"), killer, CLOCK);
        assertThatThrownBy(killed::run).hasMessage("killed");
        told.clear();
        assertThat(train(BASE, "killed")).isEqualTo(uninterrupted);
        assertThat(told.getFirst().line()).contains("goes on after step 8");
    }

    @Test
    void aFinishedTrainingIsNotDoneAgainAndAnotherOneIsNotMixedIn() throws IOException {
        RewardTrainingReport report = train(BASE, "out");
        told.clear();
        assertThat(train(BASE, "out")).isEqualTo(report);
        assertThat(told).isEmpty();
        assertThatThrownBy(() -> train(BASE.replace("seed: 3", "seed: 4"), "out"))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("other settings, data or weights");
    }

    @Test
    void aRewardModelLearnsOn() throws IOException {
        RewardTrainingReport report = train(TestingTraining.yaml("reward_model: headed"), "out");
        try (RewardModel headed = RewardModel.load(folder.resolve("headed"))) {
            assertThat(report.origin().checksum()).isEqualTo(headed.checksum()).isNotEqualTo(report.checksum());
        }
    }

    @Test
    void aTrainingThatGetsNoBetterEnds() throws IOException {
        String still = BASE.replace("learning_rate: 0.01", "learning_rate: 1e-12")
                .replace("every: 5", "every: 1, patience: 3, least_gain: 0.01");
        RewardTrainingReport report = train(still, "out");
        assertThat(report.stoppedEarly()).isTrue();
        assertThat(report.steps()).isEqualTo(3);
        assertThat(report.bestStep()).isZero();
    }

    @Test
    void noQuestionIsOnBothSides() throws IOException {
        String held = TestingTraining.line(TestingTraining.question(0), true, "w9", "")
                + TestingTraining.line(TestingTraining.question(1), false, "w9", "");
        Files.writeString(folder.resolve("held.jsonl"), held);
        String tested = TestingTraining.line(TestingTraining.question(2), true, "w9", "");
        Files.writeString(folder.resolve("test.jsonl"), tested);
        RewardTrainingReport report =
                train(BASE.replace("validation_share: 0.25", "validation: [held.jsonl], test: [test.jsonl]"), "out");
        assertThat(report.data()).isEqualTo(new RewardTrainingReport.DataFigures(148, 74, 2, 1, 0, 12, 0));
        assertThat(report.test()).containsOnlyKeys("");
        assertThat(report.test().get(""))
                .matches(quality -> quality != null && quality.auc().isEmpty());
    }

    @Test
    void longTextsAreLeftOutAndContradictionsCounted() throws IOException {
        Files.writeString(
                folder.resolve("labelled.jsonl"),
                Files.readString(folder.resolve("labelled.jsonl"))
                        + TestingTraining.line("w2", true, "w9 ".repeat(130), "")
                        + TestingTraining.line("w2", true, "w9", "")
                        + TestingTraining.line("w2", true, "w9", "").replace("true", "false"));
        RewardTrainingReport report = train(BASE, "out");
        assertThat(report.data().tooLong()).isOne();
        assertThat(report.data().contradictory()).isOne();
    }

    @Test
    void dataThatTeachesNothingIsRefusedByItsField() throws IOException {
        Files.writeString(folder.resolve("labelled.jsonl"), "");
        assertBadInput(() -> train(BASE, "a"), "data.train", "0 question(s)");
        Files.writeString(
                folder.resolve("labelled.jsonl"),
                TestingTraining.line("w2", true, "w9", "") + TestingTraining.line("w3", true, "w9", ""));
        assertBadInput(() -> train(BASE, "b"), "data.train", "all 1 completions are right");
        String both = TestingTraining.line("w2", true, "w9", "") + TestingTraining.line("w2", false, "w9", "");
        Files.writeString(folder.resolve("labelled.jsonl"), both);
        Files.writeString(folder.resolve("held.jsonl"), TestingTraining.line("w3", false, "w9", ""));
        assertBadInput(
                () -> train(BASE.replace("validation_share: 0.25", "validation: [held.jsonl]"), "c"),
                "data.validation",
                "all 1 completions are wrong");
    }

    @Test
    void aLineThatIsNoLabelledCompletionIsNamedWithTheFieldOfItsFile() throws IOException {
        Path data = folder.resolve("labelled.jsonl");
        String all = Files.readString(data);
        String good = TestingTraining.line("w2", true, "w9", "");
        Files.writeString(data, good + good.replace("gold_correct", "correct"));
        assertBadInput(() -> train(BASE, "a"), "data.train", "labelled.jsonl, line 2: it has no gold_correct");
        Files.writeString(data, all);
        Files.writeString(folder.resolve("held.jsonl"), good + "\n");
        for (String field : List.of("validation", "test")) {
            String yaml = BASE.replace("validation_share: 0.25", field + ": [held.jsonl]");
            assertBadInput(() -> train(yaml, field), "data." + field, "held.jsonl, line 2: it is blank");
        }
    }

    @Test
    void aModelThatCannotBeBegunWithIsNamed() throws IOException {
        assertThatThrownBy(() -> train(TestingTraining.yaml("reward_model: base"), "a"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("a language model gets its scoring head by training one");
        assertThatThrownBy(() -> train(TestingTraining.yaml("base: headed"), "b"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("a language model, the one kind that can sample");
        Path config = folder.resolve("headed/config.json");
        String oneLabel = Files.readString(config);
        Files.writeString(config, oneLabel.replace("\"num_labels\" : 1", "\"num_labels\" : 2"));
        assertThatThrownBy(() -> train(TestingTraining.yaml("reward_model: headed"), "c"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("2 labels");
        Files.writeString(config, oneLabel);
        TestingRewards.change(
                folder.resolve("headed"),
                tensors -> tensors.compute("score.weight", (_, score) -> {
                    float[] values = score.values().clone();
                    values[0] = Float.NaN;
                    return new Tensor(score.shape(), values);
                }));
        assertThatThrownBy(() -> train(TestingTraining.yaml("reward_model: headed"), "d"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("score.weight");
    }

    @Test
    void aTrainingThatDivergesSaysSo() throws IOException {
        TestingRewards.change(
                folder.resolve("headed"),
                tensors -> tensors.replaceAll((_, tensor) -> {
                    float[] values = tensor.values().clone();
                    for (int i = 0; i < values.length; i++) {
                        values[i] *= 1e30f;
                    }
                    return new Tensor(tensor.shape(), values);
                }));
        assertThatThrownBy(() -> train(TestingTraining.yaml("reward_model: headed"), "out"))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("training.learning_rate")
                .matches(e -> ((CooperException) e).reason() == FailureReason.MODEL_FAULT);
    }

    private static void assertBadInput(ThrowingCallable call, String field, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(CooperException.class)
                .hasMessageContaining(message)
                .matches(e -> ((CooperException) e).reason() == FailureReason.BAD_INPUT)
                .matches(e -> ((CooperException) e).field().equals(Optional.of(field)));
    }
}
