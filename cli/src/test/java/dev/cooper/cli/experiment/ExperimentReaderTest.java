package dev.cooper.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.orchestrator.dataset.DataSets;
import dev.cooper.platform.failure.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentReaderTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void modelsAreThere() {
        Assumptions.assumeTrue(
                Files.exists(EXAMPLES.resolve("tiny-verifyrm/model.safetensors")), "the tiny models are not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cooper-small", "cooper-pressure"})
    void theBundledExperimentsCompareTheModesFromThreeSeeds(String name) throws IOException {
        Experiment experiment =
                ExperimentReader.read(EXAMPLES.resolve("experiments/" + name + ".yaml"), Path.of(""), new DataSets());

        assertThat(experiment.name()).isEqualTo(name);
        assertThat(experiment.compared()).extracting(Experiment.Arm::name).contains("rule", "static", "cooper");
        assertThat(experiment.compared())
                .allSatisfy(arm -> assertThat(arm.seeds()).hasSizeGreaterThanOrEqualTo(3));
        assertThat(experiment.ablations())
                .allSatisfy(arm -> assertThat(arm.seeds()).hasSize(1));
    }

    @Test
    void comparedArmsBeginSeedBySeedAndAblationsAfterThem() throws IOException {
        Experiment experiment = read("");

        assertThat(experiment.plan())
                .extracting(PlannedRun::id)
                .containsExactly(
                        "base-seed4",
                        "rule-seed4",
                        "cooper-seed4",
                        "base-seed5",
                        "rule-seed5",
                        "cooper-seed5",
                        "slow-seed4");
    }

    @Test
    void armsChangeWhatTheyNameAndKeepTheRest() throws IOException {
        String text = read("").ablations().getFirst().run().toString();

        assertThat(text).contains("\"every\":5").contains("\"self\":1").doesNotContain("assistant");
        assertThat(text).contains(EXAMPLES.resolve("tiny-verifyrm").toString());
    }

    @Test
    void anArmIsSubmittedInItsModeAndUnderItsSeed() throws IOException {
        PlannedRun rule = read("").plan().get(1);

        assertThat(rule.spec().text())
                .contains("\"mode\":\"rule\"")
                .contains("\"seed\":4")
                .contains("\"name\":\"test-rule-seed4\"")
                .doesNotContain("verifyrm");
        assertThat(rule.sha256()).isNotEqualTo(read("").plan().get(4).sha256());
    }

    @Test
    void aWrongFieldOfAnArmIsNamedBeforeAnythingRuns() {
        refused("  - {name: bad, mode: cooper, run: {sampling: {group_size: 1}}}")
                .hasMessageContaining("arm bad, run.sampling.group_size");
    }

    @Test
    void armsOfOneNameAreRefused() {
        refused("  - {name: rule, mode: rule}").hasMessageContaining("two arms are called rule");
    }

    @Test
    void anUnknownModeAndAnUnknownFieldAreNamed() {
        refused("  - {name: odd, mode: dynamic, colour: red}")
                .hasMessageContaining("ablations[1].mode")
                .hasMessageContaining("ablations[1].colour");
    }

    @Test
    void seedsAreForTheExperimentToGive() {
        refused("  - {name: odd, mode: cooper, run: {seed: 7}}").hasMessageContaining("run.seed");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String ablation) {
        return assertThatThrownBy(() -> read(ablation)).isInstanceOf(BadInputException.class);
    }

    private Experiment read(String ablation) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), """
                name: test
                seeds: [4, 5]
                run:
                  steps: 2
                  data:
                    train: {path: data/train.jsonl, columns: {id: id, question: question, answer: answer}}
                  policy: {model: tiny-model}
                  reward: {model: tiny-verifyrm}
                  pairing: {sources: {assistant: 1.0}}
                arms:
                  - {name: base, mode: none}
                  - {name: rule, mode: rule}
                  - {name: cooper, mode: cooper}
                ablations:
                  - {name: slow, mode: cooper, run: {reward: {every: 5}, pairing: {sources: {assistant: null, self: 1.0}}}}
                %s
                final:
                  data: [data/heldout.jsonl]
                  protocols:
                    - {name: t1, samples: 2, max_new_tokens: 64}
                """.formatted(ablation));
        return ExperimentReader.read(file, EXAMPLES, new DataSets());
    }
}
