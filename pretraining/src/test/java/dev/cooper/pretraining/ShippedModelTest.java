package dev.cooper.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.pretraining.corpus.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models and the data sets in {@code examples/}. */
class ShippedModelTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Path MODEL = EXAMPLES.resolve("tiny-model");
    private static final Path REWARD_MODEL = EXAMPLES.resolve("tiny-verifyrm");
    private static final long MOST_BYTES = 12 << 20;

    @Test
    void itsWeightsAreThoseOfItsReport() throws IOException {
        PretrainingReport report = PretrainingReport.read(MODEL);
        assertThat(report.settings()).isEqualTo(PretrainSettings.standard(1));
        assertThat(report.figures().sampled().accuracy()).isBetween(0.30, 0.60);
        assertThat(report.figures().sampled().boxedShare()).isGreaterThan(0.97);
        assertThat(report.parameters()).isLessThan(3_000_000);
        try (LanguageModel model = LanguageModel.load(MODEL)) {
            assertThat(model.checksum()).isEqualTo(report.checksum());
        }
    }

    @Test
    void itSolvesSomeHeldOutProblemsAndNotAll() throws IOException {
        try (LanguageModel model = LanguageModel.load(MODEL)) {
            Evaluation evaluation = new HeldOutProblems(1, 40).evaluate(model);
            // 40 problems: the standard error is about 0.08.
            assertThat(evaluation.accuracy()).isBetween(0.15, 0.75);
            assertThat(evaluation.boxedShare()).isGreaterThan(0.85);
        }
    }

    @Test
    void theRewardModelIsThatOfItsReportAndOfTheBase() throws IOException {
        RewardReport report = RewardReport.read(REWARD_MODEL);
        assertThat(report.settings()).isEqualTo(RewardSettings.standard(1));
        assertThat(report.base()).isEqualTo(PretrainingReport.read(MODEL).checksum());
        assertThat(report.template()).isEqualTo(RewardPretrainer.INPUT.template());
        assertThat(report.figures().heldOut().accuracy()).isBetween(0.85, 0.95);
        try (RewardModel model = RewardModel.load(REWARD_MODEL)) {
            assertThat(model.checksum()).isEqualTo(report.checksum());
        }
    }

    @Test
    void theRewardModelTellsRightFromWrongHeldOutCompletions() throws IOException {
        try (LanguageModel base = LanguageModel.load(MODEL);
                RewardModel reward = RewardModel.load(REWARD_MODEL)) {
            RewardEvaluation evaluation =
                    RewardPretrainer.evaluate(reward, new HeldOutProblems(1, 40).labelled(base, 4));
            // 160 completions: the standard error is about 0.025.
            assertThat(evaluation.accuracy()).isGreaterThan(0.78);
            assertThat(evaluation.auc()).isGreaterThan(0.85);
        }
    }

    @Test
    void theBaseMakesRightSolutionsWrong() throws IOException {
        try (LanguageModel base = LanguageModel.load(MODEL)) {
            RewriteEvaluation rewrites = new HeldOutProblems(1, 80).evaluateRewrites(base);
            assertThat(rewrites.positives()).isGreaterThan(20);
            assertThat(rewrites.paired()).isGreaterThan(0.5);
        }
    }

    @Test
    void theDataSetsAreThoseOfTheSeed(@TempDir Path remade) throws IOException {
        DataSets.writeStandard(1, remade);
        for (String name : List.of("train.jsonl", "heldout.jsonl")) {
            assertThat(remade.resolve(name))
                    .hasSameTextualContentAs(EXAMPLES.resolve("data").resolve(name));
        }
    }

    @Test
    void theExamplesAreSmall() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThan(MOST_BYTES);
        }
    }
}
