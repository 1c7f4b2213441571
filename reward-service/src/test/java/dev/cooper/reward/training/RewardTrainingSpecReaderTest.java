package dev.cooper.reward.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.spec.FileRoots;
import dev.cooper.platform.spec.SearchPath;
import dev.cooper.reward.training.RewardTrainingSpec.Evaluation;
import dev.cooper.reward.training.RewardTrainingSpec.Optimisation;
import dev.cooper.reward.training.RewardTrainingSpec.Schedule;
import dev.cooper.reward.training.RewardTrainingSpec.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardTrainingSpecReaderTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectory(folder.resolve("base"));
        Files.writeString(folder.resolve("base/config.json"), "{}");
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/kept.jsonl"), "");
    }

    private RewardTrainingSpec read(String yaml) {
        return new RewardTrainingSpecReader(List.of(folder, folder.resolve("data"))).readYaml(yaml);
    }

    @Test
    void whatIsLeftOutIsAsThePaperHasIt() {
        RewardTrainingSpec spec = read("start: {base: base}\ndata: {train: [kept.jsonl]}");
        assertThat(spec.start()).isEqualTo(new Start.Base(folder.resolve("base")));
        assertThat(spec.seed()).isOne();
        assertThat(spec.data())
                .isEqualTo(new RewardTrainingSpec.Data(
                        List.of(folder.resolve("data/kept.jsonl")), List.of(), 0.1, List.of()));
        assertThat(spec.input().template()).isEqualTo(RewardInput.STANDARD.template());
        assertThat(spec.input().cut()).isEqualTo(new RewardInput.Cut(1500, 500, 1000));
        assertThat(spec.optimisation())
                .isEqualTo(new Optimisation(3, 64, 2e-5, Schedule.CONSTANT, 0, 0.01, 1, 8192, false, 100));
        assertThat(spec.evaluation()).isEqualTo(new Evaluation(100, 5, 0));
    }

    @Test
    void everyFieldIsRead() {
        RewardTrainingSpec spec = read("""
                start: {reward_model: base}
                seed: 7
                data: {train: [data/kept.jsonl, kept.jsonl], validation: [kept.jsonl], test: [kept.jsonl]}
                template: "{{completion}}"
                cut: {over: 30, first: 10, last: 20}
                training: {epochs: 2, batch_size: 8, learning_rate: 1e-4, schedule: cosine, warmup_steps: 3, weight_decay: 0,
                  max_gradient_norm: 2, micro_batch_tokens: 100, activation_checkpointing: true, checkpoint_every: 9}
                evaluation: {every: 4, patience: 0, least_gain: 0.001}
                """);
        assertThat(spec.start()).isEqualTo(new Start.HeadedModel(folder.resolve("base")));
        assertThat(spec.seed()).isEqualTo(7);
        assertThat(spec.data().train()).hasSize(2);
        assertThat(spec.data().validation()).hasSize(1);
        assertThat(spec.data().test()).hasSize(1);
        assertThat(spec.input().template()).isEqualTo("{{completion}}");
        assertThat(spec.input().cut()).isEqualTo(new RewardInput.Cut(30, 10, 20));
        assertThat(spec.optimisation()).isEqualTo(new Optimisation(2, 8, 1e-4, Schedule.COSINE, 3, 0, 2, 100, true, 9));
        assertThat(spec.evaluation()).isEqualTo(new Evaluation(4, 0, 0.001));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            start: {}                                    | start.base: is missing
            start: {base: base, reward_model: base}      | start.reward_model: stands beside base
            start: {base: nowhere}                       | start.base: there is no model in
            seed: x                                      | seed: must be a whole number
            data: {train: [nothing.jsonl]}               | data.train: there is no file
            data: {train: []}                            | data.train: is missing
            data: {validation_share: 1}                  | data.validation_share: must be above 0 and below 1
            data: {validation: [kept.jsonl], validation_share: 0.1} | data.validation_share: is not used beside validation
            template: "{{question}}"                     | template: The template lacks {{completion}}
            cut: {over: 10}                              | cut: A cut over 10 characters
            training: {learning_rate: 0}                 | training.learning_rate: must be above 0
            training: {schedule: linear}                 | training.schedule: must be one of constant, cosine
            training: {epoch: 3}                         | training.epoch: is not a field
            evaluation: {every: 0}                       | evaluation.every: must be from 1
            epochs: 3                                    | epochs: is not a field
            """)
    void aBadFieldIsNamed(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void allProblemsComeAtOnce() {
        assertThatThrownBy(() -> read("training: {epochs: 0, batch_size: 0}"))
                .isInstanceOfSatisfying(
                        BadInputException.class,
                        e -> assertThat(e.problems())
                                .extracting(BadInputException.FieldProblem::field)
                                .containsExactly("start.base", "data.train", "training.epochs", "training.batch_size"));
    }

    @Test
    void pathsOutsideOfTheRootsAreRefused() {
        SearchPath paths =
                new SearchPath(List.of(folder), FileRoots.below(List.of(folder.resolve("inputs")), "the.setting"));
        assertThatThrownBy(() -> new RewardTrainingSpecReader(paths).readYaml("""
                        start: {base: /etc}
                        data: {train: [inputs/../secret.jsonl]}
                        """))
                .hasMessageContaining("start.base: /etc is outside of")
                .hasMessageContaining("data.train: " + folder.resolve("secret.jsonl") + " is outside of");
    }
}
