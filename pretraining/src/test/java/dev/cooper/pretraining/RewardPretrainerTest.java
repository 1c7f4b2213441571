package dev.cooper.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.pretraining.corpus.DataSets;
import dev.cooper.pretraining.corpus.Task;
import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.SolutionMix;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.WordProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RewardPretrainerTest {
    private static final RewardSettings SMALL = new RewardSettings(
            3,
            new RewardSettings.Judging(2, 4, 1e-3),
            new RewardSettings.Labelling(3, 2, 4, 1),
            new RewardSettings.Scoring(2, 4, 1e-3),
            SolutionMix.standard());

    @TempDir
    private static Path base;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeBase() throws IOException {
        Pretrainer.run(PretrainerTest.settings(3), base, _ -> {});
    }

    @Test
    void twoRunsFromTheSameBaseMakeTheSameModel() throws IOException {
        RewardReport first = RewardPretrainer.run(SMALL, base, folder.resolve("a"), _ -> {});
        RewardReport second = RewardPretrainer.run(SMALL, base, folder.resolve("b"), _ -> {});
        assertThat(second).isEqualTo(first);
        assertThat(Files.readAllBytes(folder.resolve("b/model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("a/model.safetensors")));
    }

    @Test
    void theFolderHoldsTheModelThatTheReportDescribes() throws IOException {
        RewardReport report = RewardPretrainer.run(SMALL, base, folder, _ -> {});
        assertThat(RewardReport.read(folder)).isEqualTo(report);
        assertThat(report.base()).isEqualTo(PretrainingReport.read(base).checksum());
        try (RewardModel model = RewardModel.load(folder)) {
            assertThat(model.checksum()).isEqualTo(report.checksum());
            assertThat(model.network().weights().count()).isEqualTo(report.parameters());
        }
    }

    @Test
    void theLabelledCompletionsOfABaseCanBeWritten() throws IOException {
        RewardPretrainer.writeLabelled(SMALL, base, folder.resolve("data"));

        Set<String> asked = RewardPretrainer.labelledProblems(SMALL).stream()
                .map(Problem::question)
                .collect(Collectors.toSet());
        List<JsonNode> labelled = lines(folder.resolve("data").resolve(RewardPretrainer.LABELLED));
        List<JsonNode> probe = lines(folder.resolve("data").resolve(RewardPretrainer.PROBE));
        assertThat(labelled)
                .hasSize(6)
                .allMatch(line -> asked.contains(line.path("question").stringValue()));
        assertThat(probe)
                .hasSize(4)
                .noneMatch(line -> asked.contains(line.path("question").stringValue()));
        assertThat(labelled)
                .allSatisfy(line -> assertThat(line.path("gold_correct").booleanValue())
                        .isEqualTo(line.path("completion")
                                .stringValue()
                                .contains("\\boxed{" + line.path("answer").stringValue() + "}")));
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    @Test
    void everyPhaseReportsProgress() throws IOException {
        List<Progress> progress = new ArrayList<>();
        RewardPretrainer.run(SMALL, base, folder, progress::add);
        assertThat(progress)
                .extracting(p -> p.line().substring(0, p.line().indexOf(' ')))
                .containsExactly("labels:", "judge:", "reward:", "reward:", "reward:");
        assertThat(progress)
                .filteredOn(p -> p instanceof Progress.Trained t && t.phase().equals("reward"))
                .extracting(p -> ((Progress.Trained) p).step())
                .containsExactly(2, 4);
    }

    @Test
    void withoutJudgingTheHeadIsTrainedOnTheBaseItself() throws IOException {
        RewardSettings settings = new RewardSettings(
                3, new RewardSettings.Judging(0, 1, 1e-3), SMALL.labelling(), SMALL.scoring(), SMALL.solutions());
        assertThat(RewardPretrainer.run(settings, base, folder, _ -> {})
                        .figures()
                        .judgingLoss())
                .isZero();
    }

    @Test
    void labelledProblemsAreNeitherTrainedOnByPoliciesNorHeldOut() {
        RewardSettings settings = RewardSettings.standard(1);
        WordProblems drawn = new WordProblems(1);
        Set<String> others = Stream.concat(
                        DataSets.distinct(drawn, Split.TRAINING, DataSets.TRAINING_PROBLEMS).stream(),
                        DataSets.distinct(drawn, Split.HELD_OUT, DataSets.HELD_OUT_PROBLEMS).stream())
                .map(Problem::question)
                .collect(Collectors.toSet());
        assertThat(RewardPretrainer.labelledProblems(settings))
                .hasSize(settings.labelling().problems())
                .extracting(Problem::question)
                .doesNotContainAnyElementsOf(others);
    }

    @Test
    void theModelReadsWhatTheJudgeRead() {
        assertThat(RewardPretrainer.INPUT.render("How many?", "7", "\\boxed{8}"))
                .isEqualTo(Task.Judge.prompt("How many?", "\\boxed{8}", "7"));
    }

    @Test
    void theBaseIsNotOverwritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RewardPretrainer.run(SMALL, base, base.resolve("../" + base.getFileName()), _ -> {}))
                .withMessageContaining("is the base itself");
    }

    @Test
    void settingsThatCannotWorkAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RewardSettings.Judging(-1, 1, 1e-3))
                .withMessageContaining("judging.steps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RewardSettings.Scoring(1, 1, Double.NaN))
                .withMessageContaining("scoring.learningRate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RewardSettings.Labelling(1, 1, 0, 1))
                .withMessageContaining("labelling.heldOutProblems");
    }
}
