package dev.cooper.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.pretraining.corpus.TaskMix;
import dev.cooper.pretraining.problems.SolutionMix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainerTest {
    private static final PretrainSettings SMALL = settings(3);

    @TempDir
    private Path folder;

    @Test
    void twoRunsOfTheSameSettingsMakeTheSameModel() throws IOException {
        PretrainingReport first = Pretrainer.run(SMALL, folder.resolve("a"), _ -> {});
        PretrainingReport second = Pretrainer.run(SMALL, folder.resolve("b"), _ -> {});
        assertThat(second).isEqualTo(first);
        assertThat(Files.readAllBytes(folder.resolve("b/model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("a/model.safetensors")));
    }

    @Test
    void anotherSeedMakesAnotherModel() throws IOException {
        PretrainingReport first = Pretrainer.run(SMALL, folder.resolve("a"), _ -> {});
        assertThat(Pretrainer.run(settings(4), folder.resolve("b"), _ -> {}).checksum())
                .isNotEqualTo(first.checksum());
    }

    @Test
    void theFolderHoldsTheModelThatTheReportDescribes() throws IOException {
        PretrainingReport report = Pretrainer.run(SMALL, folder, _ -> {});
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "config.json",
                        "generation_config.json",
                        "model.safetensors",
                        "pretraining.json",
                        "tokenizer.json",
                        "tokenizer_config.json");
        assertThat(PretrainingReport.read(folder)).isEqualTo(report);
        try (LanguageModel model = LanguageModel.load(folder)) {
            assertThat(model.checksum()).isEqualTo(report.checksum());
        }
    }

    @Test
    void trainingLowersTheLossAndReportsEveryEvaluation() throws IOException {
        List<Progress> progress = new ArrayList<>();
        PretrainingReport report = Pretrainer.run(SMALL.withSteps(60), folder, progress::add);
        List<Progress.Trained> trained = progress.stream()
                .filter(Progress.Trained.class::isInstance)
                .map(Progress.Trained.class::cast)
                .toList();
        assertThat(trained).extracting(Progress.Trained::step).containsExactly(50, 60);
        assertThat(trained.getLast().loss()).isLessThan(trained.getFirst().loss());
        assertThat(report.loss()).isEqualTo(trained.getLast().loss());
        assertThat(progress)
                .filteredOn(Progress.Evaluated.class::isInstance)
                .hasSize(15)
                .last()
                .isEqualTo(new Progress.Evaluated(60, report.figures().sampled()));
        assertThat(progress).allSatisfy(p -> assertThat(p.line()).startsWith("base: "));
        assertThat(progress.getLast())
                .isEqualTo(new Progress.Rewritten(
                        report.figures().greedyAccuracy(), report.figures().rewrites()));
    }

    @Test
    void aFolderWithOtherFilesIsLeftAlone() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious.txt"), "keep");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pretrainer.run(SMALL, folder, _ -> {}))
                .withMessageContaining("is not empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pretrainer.run(SMALL, precious, _ -> {}))
                .withMessageContaining("is a file");
        assertThat(folder.toFile().list()).containsExactly("precious.txt");
    }

    @Test
    void settingsThatCannotWorkAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SMALL.withSteps(0))
                .withMessageContaining("steps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SMALL.withEvaluations(1, 0))
                .withMessageContaining("evaluationProblems");
    }

    static PretrainSettings settings(long seed) {
        return new PretrainSettings(
                seed,
                5,
                8,
                1e-2,
                2,
                4,
                6,
                new ModelConfig.Size(32, 48, 2, 4, 2),
                SolutionMix.standard(),
                TaskMix.standard());
    }
}
