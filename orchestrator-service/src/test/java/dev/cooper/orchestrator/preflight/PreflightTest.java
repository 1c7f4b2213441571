package dev.cooper.orchestrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.orchestrator.models.TestingModels;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpecJson;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PreflightTest {

    @TempDir
    Path folder;

    private Path policy;
    private Path reward;
    private OptionalLong limit = OptionalLong.of(16_000_000);
    private long free = 1L << 40;
    private Preflight preflight;

    @BeforeEach
    void models() {
        policy = folder.resolve("policy");
        reward = folder.resolve("reward");
        TestingModels.write(policy, 0);
        TestingModels.writeReward(reward, "[1, 3]");
        preflight = new Preflight(folder, () -> free, () -> limit);
    }

    private RunSpec spec(String changes) {
        ObjectNode spec = RunSpecJson.write(TestRuns.spec("/data/train.jsonl"));
        spec.putObject("policy").put("model", policy.toString());
        JsonMapper.shared()
                .readTree(changes.replace("RM", reward.toString()))
                .properties()
                .forEach(change -> spec.set(change.getKey(), change.getValue()));
        return RunSpecJson.read(spec);
    }

    private List<FieldProblem> problems(RunSpec spec) {
        var caught = new BadInputException[1];
        assertThatThrownBy(() -> preflight.check(spec))
                .isInstanceOf(BadInputException.class)
                .satisfies(thrown -> caught[0] = (BadInputException) thrown);
        return caught[0].problems();
    }

    @Test
    void estimateFollowsFromTheModelsAndTheSpecification() {
        Estimate estimate = preflight.check(spec("""
                {"steps": 100, "mode": "cooper", "reward": {"model": "RM"}, "evaluation": null,
                 "sampling": {"prompts_per_step": 4, "group_size": 8, "max_new_tokens": 1000},
                 "training": {"keep_versions": 3, "checkpoint_every": 10, "micro_batch_tokens": 2048,
                              "grpo": {"kl_coefficient": 0.01}}}"""));

        // 7 parameters each, in float32; 3 and 4 kept, and two more; three checkpoints of weights and two moments.
        assertThat(estimate.disk())
                .containsEntry("weights", 28L * 5 + 28L * 6)
                .containsEntry("checkpoints", 3 * 84L + 3 * 84L);
        long group = 8192 + 8 * (1000 * (4 + 4 + 2) + 400);
        assertThat(estimate.largestRecord()).isEqualTo(group);
        assertThat(estimate.disk()).containsEntry("archive", 100 * 4 * group / 2);
        assertThat(estimate.log()).isEqualTo(3 * 100 * 4 * group);
        // The weights and their copy for decoding; keys and values of one head of 4 in two layers.
        assertThat(estimate.memory())
                .containsEntry("sampler", 2 * 28L + 8 * 1000 * 4 * 2 * 8)
                .containsEntry("scorer", 28L)
                .containsKeys("policy_trainer", "reward_trainer");
    }

    @Test
    void decodingInHalfPrecisionTakesASmallerCopy() {
        Estimate estimate = preflight.check(spec("""
                {"evaluation": null, "sampling": {"group_size": 8, "max_new_tokens": 1000, "precision": "bfloat16"}}"""));

        assertThat(estimate.memory()).containsEntry("sampler", 28L + 14L + 8 * 1000 * 4 * 2 * 8);
    }

    @Test
    void modeRuleNeedsNoMemoryForARewardModel() {
        assertThat(preflight.check(spec("{}")).memory()).containsOnlyKeys("sampler", "policy_trainer");
    }

    @Test
    void diskThatIsTooSmallIsNamedWithWhatTakesIt() {
        free = 5_000;

        assertThatThrownBy(() -> preflight.check(spec("{}")))
                .isInstanceOfSatisfying(
                        CooperException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(FailureReason.NO_CAPACITY))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("0.0 MB are free")
                .hasMessageContaining("archive");
    }

    @Test
    void groupThatTheLogDoesNotTakeIsRefused() {
        limit = OptionalLong.of(9_000);

        assertThat(problems(spec("{}"))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("sampling.group_size");
            assertThat(problem.message()).contains("max.message.bytes");
        });
        limit = OptionalLong.empty();
        assertThat(preflight.check(spec("{}")).largestRecord()).isGreaterThan(9_000);
    }

    @Test
    void moreTokensThanPositionsAreRefused() {
        assertThat(problems(spec("""
                {"evaluation": null, "sampling": {"max_new_tokens": 4096}}"""))).extracting(FieldProblem::field).containsExactly("sampling.max_new_tokens");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            config.json    | "vocab_size": 200 | "vocab_size": 150 | token ids up to 199, but config.json's vocab_size is 150
            config.json    | "vocab_size"      | "vocabulary"      | config.json whose vocab_size is missing
            config.json    | "hidden_size": 8  | "hidden_size": 0  | config.json whose hidden_size is 0
            config.json    | {                 | [                 | config.json that is no JSON
            tokenizer.json | }                 | ` `               | tokenizer.json that is no JSON
            """)
    void filesOfDifferentModelsAreNamed(String name, String text, String other, String message) throws IOException {
        Path file = policy.resolve(name);
        Files.writeString(file, Files.readString(file).replace(text, other));

        assertThat(problems(spec("{}"))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("policy.model");
            assertThat(problem.message()).contains(policy.toString(), message);
        });
    }

    @Test
    void truncatedWeightsAreNamed() throws IOException {
        Files.write(policy.resolve("model.safetensors"), new byte[] {1, 2, 3});

        assertThat(problems(spec("{}")).getFirst().message()).contains("model.safetensors that is truncated");
    }

    @Test
    void rewardModelWithoutAHeadOrWithTwoLabelsIsRefused() {
        String cooper = """
                {"mode": "cooper", "reward": {"model": "RM"}}""";
        TestingModels.writeReward(reward, "[3, 1]");
        assertThat(problems(spec(cooper)))
                .containsExactly(new FieldProblem(
                        "reward.model", "the folder " + reward + " has a head of 3 labels; a reward model has one"));

        TestingModels.write(reward, 0);
        assertThat(problems(spec(cooper)).getFirst().message()).contains("has no head (score.weight)");
    }

    @Test
    void rewardModelIsNoPolicy() {
        TestingModels.writeReward(policy, "[1, 3]");

        assertThat(problems(spec("{}")).getFirst().message()).contains("it is a reward model");
    }

    @Test
    void shippedModelsPass() {
        policy = Path.of("../examples/tiny-model").toAbsolutePath();
        reward = Path.of("../examples/tiny-verifyrm").toAbsolutePath();

        Estimate estimate = preflight.check(spec("""
                {"mode": "cooper", "reward": {"model": "RM"}}"""));

        assertThat(estimate.diskTotal()).isGreaterThan(1_400_000);
    }

    @Test
    void limitIsTheSmallestOfTheTopicsThatGroupsTravel() {
        Clock clock = Clock.fixed(TestRuns.CREATED, ZoneOffset.UTC);
        RecordLimit known =
                new RecordLimit(() -> Map.of(Topic.SCORED, 1000, Topic.ROLLOUTS, 2000, Topic.CONTROL, 10), clock);
        RecordLimit away = new RecordLimit(
                () -> {
                    throw new CooperException(FailureReason.TIMEOUT, "no broker");
                },
                clock);

        assertThat(known.get()).hasValue(1000);
        assertThat(away.get()).isEmpty();
    }
}
