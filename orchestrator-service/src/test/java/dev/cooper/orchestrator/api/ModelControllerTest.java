package dev.cooper.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.dataset.DataSets;
import dev.cooper.orchestrator.models.TestingModels;
import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Origin;
import dev.cooper.orchestrator.run.Rollback;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpecReader;
import dev.cooper.proto.v1.ModelKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class ModelControllerTest extends ApiFixture {

    private Run run;
    private String checksum;
    private String rewardChecksum;

    /** A run whose step 1 made version 1, which is stored. */
    @BeforeEach
    void train() throws IOException {
        RunSpec spec = new RunSpecReader(folder, new DataSets()).readYaml("""
                name: first
                steps: 10
                mode: cooper
                data: {train: {path: train.jsonl}}
                policy: {model: tiny}
                reward: {model: tiny-rm}
                """);
        run = run(Run.queued("r1", spec, TestRuns.CREATED), RunState.RUNNING);
        checksum = TestingModels.write(folder.resolve("weights/r1/policy/0/1"), 1);
        rewardChecksum = TestingModels.writeReward(folder.resolve("weights/r1/reward/0/1"), "[1, 3]");
        ledger.commit(new Move(run, Optional.of(trained(1)), Optional.empty(), List.of(), List.of()));
    }

    private Step trained(long number) {
        ModelUpdate policy = update(checksum);
        ModelUpdate reward = update(rewardChecksum);
        Step plain = TestRuns.step("r1", number, StepState.COMMITTED, 0, 1);
        return new Step(
                "r1",
                number,
                StepState.COMMITTED,
                policy,
                Optional.of(reward),
                Map.of("probe_accuracy", 0.9, "entropy", 0.5),
                plain.instants());
    }

    private static ModelUpdate update(String after) {
        return new ModelUpdate(
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                TestingModels.version(0, "c0"),
                Optional.of(TestingModels.version(1, after)),
                "batch");
    }

    private MvcTestResult post(String path, String body) {
        return http.post()
                .uri("/api/v1/runs/r1/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    @Test
    void modelOfAStepIsShownWithItsPlace() {
        JsonNode model =
                json(http.get().uri("/api/v1/runs/r1/steps/1/models/reward").exchange());

        assertThat(model.at("/version/checksum").stringValue()).isEqualTo(rewardChecksum);
        assertThat(model.get("stored").stringValue()).isEqualTo("weights");
        assertThat(model.get("folder").stringValue())
                .isEqualTo(folder.resolve("weights/r1/reward/0/1").toString());
        assertThat(model.get("bytes").longValue()).isGreaterThan(28);
        assertThat(http.get().uri("/api/v1/runs/r1/steps/1/models/judge").exchange())
                .hasStatus(404);
    }

    @Test
    void versionsAreListedWithWhatMadeThem() {
        JsonNode versions =
                json(http.get().uri("/api/v1/runs/r1/models/reward/versions").exchange());

        assertThat(versions.findValuesAsString("made")).containsExactly("initial", "trained");
        assertThat(versions.at("/1/version/checksum").stringValue()).isEqualTo(rewardChecksum);
        assertThat(versions.at("/1/from/number").longValue()).isZero();
        assertThat(versions.at("/1/step").longValue()).isEqualTo(1);
        assertThat(versions.at("/1/metrics/probe_accuracy").doubleValue()).isEqualTo(0.9);
        assertThat(versions.at("/1/metrics/entropy").isMissingNode()).isTrue();
        assertThat(versions.at("/1/stored").stringValue()).isEqualTo("weights");
        assertThat(versions.at("/0/stored").isNull()).isTrue();
    }

    @Test
    void twoVersionsAreComparedByTheirMetricsAndTheirParameters() throws IOException {
        String second = TestingModels.write(folder.resolve("weights/r1/policy/0/2"), 4);
        Step next = new Step(
                "r1",
                2,
                StepState.COMMITTED,
                new ModelUpdate(
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        TestingModels.version(1, checksum),
                        Optional.of(TestingModels.version(2, second)),
                        "batch"),
                Optional.empty(),
                Map.of("entropy", 0.75),
                trained(1).instants());
        ledger.commit(new Move(run, Optional.of(next), Optional.empty(), List.of(), List.of()));

        JsonNode compared = json(http.get()
                .uri("/api/v1/runs/r1/models/policy/versions/1/compare/2?distance=true")
                .exchange());

        assertThat(compared.at("/difference/entropy").doubleValue()).isEqualTo(0.25);
        assertThat(compared.at("/distance/euclidean").doubleValue()).isEqualTo(3);
        assertThat(compared.at("/distance/relative").doubleValue()).isBetween(0.5, 0.7);
        assertThat(http.get()
                        .uri("/api/v1/runs/r1/models/policy/versions/1/compare/7")
                        .exchange())
                .hasStatus(404);
        assertThat(http.get()
                        .uri("/api/v1/runs/r1/models/policy/versions/0/compare/1?distance=true")
                        .exchange())
                .hasStatus(409);
    }

    @Test
    void versionIsPinnedUntilItIsLetGo() {
        String pin = "/api/v1/runs/r1/models/reward/versions/1/pin";
        assertThat(json(http.put().uri(pin).exchange()).get("pinned").booleanValue())
                .isTrue();
        assertThat(folder.resolve("weights/r1/reward/pinned/1.user")).exists();
        assertThat(json(http.delete().uri(pin).exchange()).get("pinned").booleanValue())
                .isFalse();
        assertThat(folder.resolve("weights/r1/reward/pinned/1.user")).doesNotExist();
        assertThat(http.put().uri(pin.replace("/1/pin", "/0/pin")).exchange())
                .as("its weights are kept no more")
                .hasStatus(409);
        assertThat(folder.resolve("weights/r1/reward/pinned/0.user")).doesNotExist();
    }

    @Test
    void modelThatAStepHasNotTrainedYetIsNotThere() {
        Step open = new Step(
                "r1",
                2,
                StepState.SAMPLING,
                new ModelUpdate(
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        TestingModels.version(1, checksum),
                        Optional.empty(),
                        ""),
                Optional.empty(),
                Map.of(),
                trained(1).instants());
        ledger.commit(new Move(run, Optional.of(open), Optional.empty(), List.of(), List.of()));

        assertThat(http.get().uri("/api/v1/runs/r1/steps/2/models/policy").exchange())
                .hasStatus(409);
        assertThat(http.get().uri("/api/v1/runs/r1/steps/2/models/reward").exchange())
                .hasStatus(404);
    }

    @Test
    void modelIsExportedToAFolder() {
        MvcTestResult exported = post("export", """
                {"step": 1, "model": "policy", "path": "out/policy-1"}""");

        assertThat(exported).hasStatus(201);
        assertThat(json(exported).get("folder").stringValue())
                .isEqualTo(folder.resolve("out/policy-1").toString());
        assertThat(folder.resolve("out/policy-1/SHA256SUMS")).exists();
        assertThat(post("export", """
                {"step": 1, "model": "policy", "path": "out/policy-1"}""")).hasStatus(400);
    }

    @Test
    void exportOfAVersionThatIsGoneSaysHowToHaveIt() throws IOException {
        Files.delete(folder.resolve("weights/r1/policy/0/1/model.safetensors"));

        MvcTestResult refused = post("export", """
                {"step": 1, "model": "policy", "path": "out"}""");

        assertThat(refused).hasStatus(409);
        assertThat(json(refused).get("detail").stringValue()).contains("`cooper replay r1`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                | step, model, path
            {"step": -3, "model": "policy", "path": "x"}      | step
            {"step": "one", "model": "policy", "path": "x"}   | step
            {"step": 1, "model": "judge", "path": "x"}        | model
            {"step": 1, "model": "policy", "path": " "}       | path
            {"step": 1, "model": "policy", "path": "x", "y": 1} | y
            """)
    void wrongFieldsOfAnExportAreNamed(String body, String fields) {
        MvcTestResult refused = post("export", body);

        assertThat(refused).hasStatus(400);
        assertThat(json(refused).get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder(fields.split(", "));
    }

    @Test
    void forkBeginsWithTheModelsOfTheStep() {
        MvcTestResult forked = post("fork", """
                {"step": 1, "seed": 7, "sampling": {"group_size": 4}}""");

        assertThat(forked).hasStatus(201);
        JsonNode fork = json(forked);
        String id = fork.get("id").stringValue();
        assertThat(fork.get("name").stringValue()).isEqualTo("first from step 1");
        assertThat(fork.at("/spec/seed").intValue()).isEqualTo(7);
        assertThat(fork.at("/spec/sampling/group_size").intValue()).isEqualTo(4);
        assertThat(fork.at("/spec/sampling/prompts_per_step").intValue()).isEqualTo(16);
        assertThat(fork.at("/spec/policy/model").stringValue())
                .isEqualTo(folder.resolve("forks/" + id + "/policy").toString());
        assertThat(fork.at("/spec/reward/checksum").stringValue()).isEqualTo(rewardChecksum);
        assertThat(folder.resolve("forks/" + id + "/reward/model.safetensors")).exists();
        assertThat(ledger.events(id, 0, 1).getFirst().data())
                .containsEntry("forked_from", Map.of("run_id", "r1", "step", 1L));
    }

    @Test
    void forkMayLeaveTheRewardModelBehind() {
        JsonNode fork = json(post("fork", """
                {"step": 1, "mode": "rule", "name": "ruled"}"""));

        assertThat(fork.at("/spec/reward").isMissingNode()).isTrue();
        assertThat(fork.at("/spec/pairing").isMissingNode()).isTrue();
        assertThat(fork.at("/spec/hacking").isMissingNode()).isTrue();
        assertThat(fork.get("name").stringValue()).isEqualTo("ruled");
    }

    @Test
    void forkMayStopTrainingTheRewardModel() {
        JsonNode fork = json(post("fork", """
                {"step": 1, "mode": "static"}"""));

        assertThat(fork.at("/spec/mode").stringValue()).isEqualTo("static");
        assertThat(fork.at("/spec/reward/training").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"seed": 3}                                | 400 | step
            {"step": 1, "policy": {"model": "tiny"}}   | 400 | policy
            {"step": 1, "reward": {"model": "tiny"}}   | 400 | reward.model
            {"step": 1, "stepz": 3}                    | 400 | stepz
            {"step": 1, "sampling": {"group_size": 1}} | 400 | sampling.group_size
            """)
    void badForkIsRefusedAndLeavesNothing(String body, int status, String field) {
        MvcTestResult refused = post("fork", body);

        assertThat(refused).hasStatus(status);
        assertThat(json(refused).get("errors").findValuesAsString("field")).containsExactly(field);
        assertThat(ledger.runs()).hasSize(1);
        assertThat(folder.resolve("forks").toFile().list()).isNullOrEmpty();
    }

    /** At step 2, so that step 1 can be gone back to. */
    private MvcTestResult rollBack(String body) {
        return post("rollback", body);
    }

    @Test
    void runGoesBackWithAllThatItTrains() {
        MvcTestResult accepted = rollBack("{\"step\": 1}");

        assertThat(accepted).hasStatus(202);
        assertThat(json(accepted).at("/rollback/step").intValue()).isEqualTo(1);
        assertThat(json(accepted).at("/rollback/models").valueStream().map(JsonNode::stringValue))
                .containsExactly("policy", "reward");
        assertThat(ledger.run("r1").orElseThrow().rollback())
                .contains(new Rollback(1, Set.of(ModelKind.POLICY, ModelKind.REWARD)));
    }

    @Test
    void oneModelMayGoBackAlone() {
        assertThat(rollBack("{\"step\": 1, \"models\": [\"reward\"]}")).hasStatus(202);

        assertThat(ledger.run("r1").orElseThrow().rollback()).contains(new Rollback(1, Set.of(ModelKind.REWARD)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                | 400 | step
            {"step": -1}                      | 400 | step
            {"step": 1, "models": []}         | 400 | models
            {"step": 1, "models": ["judge"]}  | 400 | models[0]
            {"step": 1, "model": "policy"}    | 400 | model
            """)
    void wrongFieldsOfARollbackAreNamed(String body, int status, String field) {
        MvcTestResult refused = rollBack(body);

        assertThat(refused).hasStatus(status);
        assertThat(json(refused).get("errors").findValuesAsString("field")).containsExactly(field);
        assertThat(ledger.run("r1").orElseThrow().rollback()).isEmpty();
    }

    @Test
    void rollbackThatTheRunsStateDoesNotAllowIsRefused() {
        assertThat(rollBack("{\"step\": 2}")).hasStatus(409);
        run("r2", RunState.RUNNING);
        assertThat(http.post()
                        .uri("/api/v1/runs/r2/rollback")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"step\": 1, \"models\": [\"reward\"]}")
                        .exchange())
                .hasStatus(409);
        commit(in(ledger.run("r1").orElseThrow(), RunState.COMPLETED), "RunCompleted");

        MvcTestResult ended = rollBack("{\"step\": 1}");

        assertThat(ended).hasStatus(409);
        assertThat(json(ended).get("detail").stringValue()).contains("it has ended; fork it instead");
    }

    @Test
    void stepSaysWhereItWentBackTo() {
        Step plain = TestRuns.step("r1", 3, StepState.COMMITTED, 0, 1);
        ModelUpdate back = new ModelUpdate(
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                TestingModels.version(4, checksum),
                Optional.of(TestingModels.version(5, "c5")),
                "batch",
                Optional.of(new Origin(1, TestingModels.version(1, checksum))));
        Step step = new Step("r1", 3, StepState.COMMITTED, back, Optional.empty(), Map.of(), plain.instants());
        ledger.commit(new Move(run, Optional.of(step), Optional.empty(), List.of(), List.of()));

        JsonNode shown = json(http.get().uri("/api/v1/runs/r1/steps/3").exchange());

        assertThat(shown.at("/policy_origin/step").intValue()).isEqualTo(1);
        assertThat(shown.at("/policy_origin/version/checksum").stringValue()).isEqualTo(checksum);
        assertThat(shown.get("reward_origin").isNull()).isTrue();
    }

    @Test
    void deletedRunTakesItsFilesWithIt() throws IOException {
        assertThat(http.delete().uri("/api/v1/runs/r1").exchange()).hasStatus(409);
        Files.createDirectories(folder.resolve("archive/r1/1"));
        Files.createDirectories(folder.resolve("archive/r2"));
        commit(in(ledger.run("r1").orElseThrow(), RunState.CANCELLED), "RunCancelled");

        assertThat(http.delete().uri("/api/v1/runs/r1").exchange()).hasStatus(204);

        assertThat(folder.resolve("archive")).isDirectoryNotContaining("glob:**r1");
        assertThat(folder.resolve("weights/r1")).doesNotExist();
        assertThat(folder.resolve("archive/r2")).exists();
        assertThat(ledger.run("r1")).isEmpty();
        assertThat(http.delete().uri("/api/v1/runs/r1").exchange()).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource({"/tmp/stolen", "../stolen", "exports/../../stolen"})
    void modelsAreCopiedBelowTheRootsOnly(String path) {
        MvcTestResult refused = post("export", "{\"step\": 1, \"model\": \"policy\", \"path\": \"" + path + "\"}");

        assertThat(refused).hasStatus(400);
        assertThat(json(refused).at("/errors/0/field").stringValue()).isEqualTo("path");
        assertThat(json(refused).at("/errors/0/message").stringValue()).contains("is outside of " + folder);
    }
}
