package dev.cooper.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.reward.annotation.AnnotationSpec;
import dev.cooper.reward.annotation.AnnotationSpecReader;
import dev.cooper.reward.annotation.ModelChoice;
import dev.cooper.reward.training.RewardTrainingSpec;
import dev.cooper.reward.training.RewardTrainingSpec.Start;
import dev.cooper.reward.training.RewardTrainingSpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The specs by which the paper's reward model is made, with an empty file in place of each that they name. */
class PaperRewardModelSpecsTest {
    private static final Path SPECS = Path.of("../examples/paper");
    private static final int ANNOTATED = 65_000;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void filesThatAReaderFetchesOrMakes() throws IOException {
        for (String file : List.of(
                "models/Qwen2.5-1.5B-Instruct/config.json",
                "models/Llama-3.2-1B-Instruct/config.json",
                "models/Qwen2.5-Math-1.5B-Instruct/config.json",
                "data/deepmath.parquet",
                "data/verifybench.jsonl",
                "annotations/verifyrm/kept.jsonl")) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
    }

    private AnnotationSpec annotation() throws IOException {
        return new AnnotationSpecReader(List.of(folder), Map.of())
                .readYaml(Files.readString(SPECS.resolve("annotation.yaml")));
    }

    private RewardTrainingSpec training() throws IOException {
        return new RewardTrainingSpecReader(List.of(folder))
                .readYaml(Files.readString(SPECS.resolve("reward-training.yaml")));
    }

    @Test
    void completionsOfSeveralModelsAreJudgedByThePapersJudge() throws IOException {
        AnnotationSpec spec = annotation();

        assertThat(spec.sources()).hasSizeGreaterThan(1);
        assertThat(spec.sources()).extracting(source -> source.model().model()).doesNotHaveDuplicates();
        int samples =
                spec.sources().stream().mapToInt(AnnotationSpec.Source::samples).sum();
        assertThat(samples * spec.data().limit()).isEqualTo(ANNOTATED);
        assertThat(spec.judge().model())
                .isInstanceOf(ModelChoice.Endpoint.class)
                .extracting(ModelChoice::model)
                .isEqualTo("Qwen/Qwen3-4B");
        assertThat(spec.judge().reading().after())
                .as("a model that thinks first")
                .isEqualTo("</think>");
    }

    @Test
    void trainingHasEveryHyperparameterOfThePaper() throws IOException {
        RewardTrainingSpec spec = training();

        assertThat(spec.start()).isEqualTo(new Start.Base(folder.resolve("models/Qwen2.5-Math-1.5B-Instruct")));
        assertThat(spec.input().template()).as("VerifyRM's own").isEqualTo(RewardInput.STANDARD.template());
        assertThat(spec.input().cut()).isEqualTo(new RewardInput.Cut(1500, 500, 1000));
        assertThat(spec.optimisation().epochs()).isEqualTo(3);
        assertThat(spec.optimisation().learningRate()).isEqualTo(2e-5);
        assertThat(spec.optimisation().weightDecay()).isEqualTo(0.01);
        assertThat(spec.evaluation().patience()).as("all epochs are done").isZero();
    }

    @Test
    void itLearnsWhatTheAnnotationKeeps() throws IOException {
        assertThat(training().data().train()).containsExactly(folder.resolve("annotations/verifyrm/kept.jsonl"));
        assertThat(Files.readString(SPECS.resolve("annotation.yaml"))).contains("--out annotations/verifyrm");
    }
}
