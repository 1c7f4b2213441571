package dev.cooper.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.archive.TestingArchive;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunProgress;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.Stall;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.RewriteStyle;
import dev.cooper.proto.v1.ScoringSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class StepControllerTest extends ApiFixture {

    @Test
    void stepsAreShownFromANumberOn() {
        Run run = run("r1", RunState.RUNNING);
        step(run, 1, StepState.COMMITTED);
        step(run, 2, StepState.EVALUATED);

        JsonNode steps = json(http.get().uri("/api/v1/runs/r1/steps?from=2").exchange());

        assertThat(steps).hasSize(1);
        JsonNode step = steps.get(0);
        assertThat(step.get("step").intValue()).isEqualTo(2);
        assertThat(step.at("/timings/sampling_seconds").doubleValue()).isEqualTo(0.5);
        assertThat(step.at("/timings/training_seconds").isNull()).isTrue();
        assertThat(step.at("/metrics/kl").doubleValue()).isEqualTo(0.001);
        assertThat(step.at("/policy_after/checksum").stringValue()).isEqualTo("c1");
        assertThat(http.get().uri("/api/v1/runs/r1/steps/9").exchange()).hasStatus(404);
        assertThat(http.get().uri("/api/v1/runs/r1/steps/x").exchange()).hasStatus(400);
    }

    @Test
    void rolloutsOfAStepThatIsNotArchivedSaySo() {
        Run run = run("r1", RunState.RUNNING);
        step(run, 1, StepState.TRAINING_POLICY);

        MvcTestResult answer =
                http.get().uri("/api/v1/runs/r1/steps/1/rollouts").exchange();

        assertThat(answer).hasStatus(404);
        assertThat(json(answer).get("detail").stringValue())
                .startsWith("step 1 is not archived yet: it is in state TRAINING_POLICY");
    }

    @Test
    void stepsFromANumberBelowZeroAreRefused() {
        run("r1", RunState.RUNNING);

        MvcTestResult refused = http.get().uri("/api/v1/runs/r1/steps?from=-3").exchange();

        assertThat(refused).hasStatus(400);
        assertThat(json(refused).at("/errors/0/field").stringValue()).isEqualTo("from");
    }

    private Run cooper(String id) {
        RunSpec rule = TestRuns.spec("/data/train.jsonl");
        RunSpec spec = new RunSpec(
                rule.name(),
                Mode.COOPER,
                rule.seed(),
                rule.steps(),
                rule.quorum(),
                rule.maxAttempts(),
                rule.recovery(),
                rule.data(),
                rule.prompt(),
                rule.policy(),
                rule.sampling(),
                rule.training(),
                rule.evaluation(),
                Optional.of(new RunSpec.Reward(
                        "/models/rm", ScoringSettings.getDefaultInstance(), 2, Optional.of(rule.training()))),
                Optional.of(new RunSpec.Pairing(
                        PairingSettings.newBuilder()
                                .setStyle(RewriteStyle.MINIMAL)
                                .setAssistant(AssistantKind.EMBEDDED)
                                .build(),
                        Duration.ofSeconds(30))),
                Optional.empty(),
                Optional.empty());
        return run(Run.queued(id, spec, TestRuns.CREATED), RunState.RUNNING);
    }

    @Test
    void stepShowsWhatItDidToTheRewardModel() {
        step(cooper("r1"), 2, StepState.COMMITTED);

        JsonNode step = json(http.get().uri("/api/v1/runs/r1/steps/2").exchange());

        assertThat(step.at("/reward_before/number").intValue()).isZero();
        assertThat(step.at("/reward_after/checksum").stringValue()).isEqualTo("c1");
        assertThat(step.get("reward_batch_sha256").stringValue()).isEqualTo("batch");
        assertThat(step.get("pair_manifest_sha256").stringValue()).isEmpty();
        JsonNode run = json(http.get().uri("/api/v1/runs/r1").exchange());
        assertThat(run.at("/reward/number").intValue()).isEqualTo(1);
    }

    @Test
    void stepOfModeRuleHasNoRewardModel() {
        step(run("r1", RunState.RUNNING), 2, StepState.COMMITTED);

        JsonNode step = json(http.get().uri("/api/v1/runs/r1/steps/2").exchange());

        assertThat(step.get("reward_before").isNull()).isTrue();
        assertThat(step.get("reward_batch_sha256").isNull()).isTrue();
        assertThat(json(http.get().uri("/api/v1/runs/r1").exchange())
                        .get("reward")
                        .isNull())
                .isTrue();
    }

    @Test
    void rolloutsShowScoresAndPairsShowBothSidesAndReasons() {
        Run run = cooper("r1");
        step(run, 2, StepState.COMMITTED);
        Step paired = TestingArchive.paired(2, Map.of(0, "NOTHING_CORRECT"));
        archive.write(
                run,
                paired,
                List.of(TestingArchive.scored(0), TestingArchive.scored(1)),
                List.of(TestingArchive.pair(1)));

        JsonNode rollouts =
                json(http.get().uri("/api/v1/runs/r1/steps/2/rollouts").exchange());
        JsonNode pairs = json(http.get().uri("/api/v1/runs/r1/steps/2/pairs").exchange());

        assertThat(rollouts.at("/groups/0/reward_version").intValue()).isEqualTo(7);
        assertThat(rollouts.at("/groups/0/completions/1/logit").doubleValue()).isEqualTo(-2);
        assertThat(pairs.get("pairs").intValue()).isEqualTo(1);
        assertThat(pairs.at("/none/NOTHING_CORRECT").intValue()).isEqualTo(1);
        assertThat(pairs.at("/outcomes/0/outcome").stringValue()).isEqualTo("none");
        assertThat(pairs.at("/outcomes/0/positive").isNull()).isTrue();
        assertThat(pairs.at("/outcomes/1/positive/sample").intValue()).isEqualTo(1);
        assertThat(pairs.at("/outcomes/1/negative/sample").isNull()).isTrue();
        assertThat(pairs.at("/outcomes/1/negative/text").stringValue()).isEqualTo("bad");
        assertThat(pairs.at("/outcomes/1/record/topic").stringValue()).isEqualTo("cooper.pairs");
    }

    @Test
    void stepThatMakesNoPairsSaysWhy() {
        step(cooper("r1"), 1, StepState.COMMITTED);
        step(run("r2", RunState.RUNNING), 1, StepState.COMMITTED);

        MvcTestResult every = http.get().uri("/api/v1/runs/r1/steps/1/pairs").exchange();
        MvcTestResult rule = http.get().uri("/api/v1/runs/r2/steps/1/pairs").exchange();

        assertThat(every).hasStatus(404);
        assertThat(json(every).get("detail").stringValue())
                .endsWith("(reward.every, train_from and train_to of the specification say when)");
        assertThat(rule).hasStatus(404);
        assertThat(json(rule).get("detail").stringValue()).endsWith("only mode cooper trains a reward model");
    }

    @Test
    void damagedArchiveIsNamed() throws IOException {
        Run run = run("r1", RunState.RUNNING);
        step(run, 1, StepState.COMMITTED);
        archive.write(run, TestingArchive.step(1, Optional.empty()), List.of(TestingArchive.scored(0)), List.of());
        Path file = folder.resolve("archive/r1/1/scored.parquet");
        Files.writeString(file, "half");

        MvcTestResult answer =
                http.get().uri("/api/v1/runs/r1/steps/1/rollouts").exchange();

        assertThat(answer).hasStatus(500);
        assertThat(json(answer).get("detail").stringValue()).contains(file.toString(), "put it back from a backup");
    }

    @Test
    void stalledRunNamesStateServicesAndGroups() {
        step(run("r1", RunState.RUNNING), 2, StepState.SAMPLING);
        Stall stall = new Stall(
                "SAMPLING",
                TestRuns.CREATED.minusSeconds(90),
                new TreeMap<>(Map.of("verifier-service", List.of(3, 9))));
        progress.put("r1", new RunProgress("r1", 2, "SAMPLING", 14, 16, List.of(3, 9), "", "", Optional.of(stall)));

        JsonNode stalled = json(http.get().uri("/api/v1/runs/r1").exchange()).get("stalled");

        assertThat(stalled.get("state").stringValue()).isEqualTo("SAMPLING");
        assertThat(stalled.get("seconds").doubleValue()).isEqualTo(90);
        assertThat(stalled.at("/open_groups/verifier-service/1").intValue()).isEqualTo(9);
        assertThat(stalled.get("detail").stringValue()).contains("SAMPLING", "verifier-service", "3, 9");
    }
}
