package dev.cooper.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.hacking.Example;
import dev.cooper.orchestrator.hacking.HackingWatch;
import dev.cooper.orchestrator.hacking.SecondOpinion;
import dev.cooper.orchestrator.hacking.StepFigures;
import dev.cooper.orchestrator.hacking.Suspicion;
import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpec.HackingPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class HackingControllerTest extends ApiFixture {

    private static final RunSpec.Hacking WATCHED =
            new RunSpec.Hacking(2, 0.1, 0.15, 0.1, 1, 30, HackingPolicy.ALERT, 5);

    private static final Example EXAMPLE =
            new Example(3, 1, "p3", "7 + 7?", "14", "7 + 7 = 144", 0.96, "DIFFERENT", "144");

    @Override
    SecondOpinion opinion() {
        return example -> Optional.of(example.extractedAnswer().equals(example.reference()));
    }

    private Run watched() {
        RunSpec spec = TestRuns.watched(TestRuns.cooperSpec("/data/train.jsonl"), WATCHED);
        return run(Run.queued("r1", spec, TestRuns.CREATED), RunState.RUNNING);
    }

    private static Map<String, Double> figures(double gap) {
        return Map.of("score_mean", 0.5, "score_gap", gap, "score_completions", 128.0);
    }

    private void measured(Run run, long number, double gap, List<RunEvent> events) {
        ledger.commit(new Move(
                run,
                Optional.of(TestRuns.measured(
                        TestRuns.step("r1", number, StepState.COMMITTED, number - 1, number), figures(gap))),
                Optional.empty(),
                events,
                List.of()));
    }

    private static RunEvent event(long step, String type, Map<String, Object> data) {
        return new RunEvent(0, "r1", step, type, TestRuns.CREATED, data);
    }

    private static Suspicion suspicion() {
        HackingWatch watch = HackingWatch.begin(WATCHED)
                .after(new StepFigures(1, false, figures(0.05)))
                .after(new StepFigures(2, false, figures(0.05)))
                .after(new StepFigures(3, false, figures(0.25)));
        return Suspicion.of(watch, List.of(EXAMPLE));
    }

    private JsonNode shown() {
        return json(http.get().uri("/api/v1/runs/r1/hacking").exchange());
    }

    @Test
    void figuresOfNowStandBesideThoseOfTheFirstSteps() {
        Run run = watched();
        measured(run, 1, 0.05, List.of());
        measured(run, 2, 0.05, List.of());
        measured(
                run,
                3,
                0.25,
                List.of(event(3, "RewardHackingSuspected", suspicion().toData())));

        JsonNode shown = shown();

        assertThat(shown.get("step").intValue()).isEqualTo(3);
        assertThat(shown.get("suspected_since").intValue()).isEqualTo(3);
        JsonNode gap = shown.at("/figures/0");
        assertThat(gap.get("figure").stringValue()).isEqualTo("score_gap");
        assertThat(gap.get("baseline").doubleValue()).isEqualTo(0.05);
        assertThat(gap.get("baseline_completions").intValue()).isEqualTo(256);
        assertThat(gap.get("mean").doubleValue()).isEqualTo(0.25);
        assertThat(gap.get("bound").doubleValue()).isEqualTo(0.1);
        assertThat(gap.get("over").booleanValue()).isTrue();
    }

    @Test
    void alertsShowTheirFiguresExamplesAndASecondOpinion() {
        Run run = watched();
        measured(
                run,
                3,
                0.25,
                List.of(event(3, "RewardHackingSuspected", suspicion().toData())));
        measured(run, 6, 0.05, List.of(event(6, "RewardHackingSubsided", Map.of("since", 3L))));
        measured(
                run,
                9,
                0.25,
                List.of(event(9, "RewardHackingSuspected", suspicion().toData())));

        JsonNode alerts = shown().get("alerts");

        assertThat(alerts).hasSize(2);
        JsonNode first = alerts.get(0);
        assertThat(first.get("step").intValue()).isEqualTo(3);
        assertThat(first.get("subsided_in").intValue()).isEqualTo(6);
        assertThat(first.get("policy").stringValue()).isEqualTo("alert");
        assertThat(first.at("/figures/0/figure").stringValue()).isEqualTo("score_gap");
        assertThat(first.at("/examples/0/completion").stringValue()).isEqualTo("7 + 7 = 144");
        assertThat(first.at("/examples/0/extracted_answer").stringValue()).isEqualTo("144");
        assertThat(first.at("/examples/0/second_opinion").stringValue()).isEqualTo("incorrect");
        assertThat(alerts.get(1).get("subsided_in").isNull()).isTrue();
    }

    @Test
    void runThatHasNotBegunHasNothingToShow() {
        watched();

        JsonNode shown = shown();

        assertThat(shown.get("step").intValue()).isZero();
        assertThat(shown.get("figures")).isEmpty();
        assertThat(shown.get("alerts")).isEmpty();
        assertThat(shown.get("suspected_since").isNull()).isTrue();
    }

    @Test
    void runWithoutARewardModelSaysSo() {
        run("r1", RunState.RUNNING);

        MvcTestResult answer = http.get().uri("/api/v1/runs/r1/hacking").exchange();

        assertThat(answer).hasStatus(404);
        assertThat(json(answer).get("detail").stringValue()).contains("mode rule");
    }

    @Test
    void longTextsLoseTheirMiddle() {
        Example example = new Example(0, 0, "p", "q", "r", "a".repeat(9000) + "end", 1, "", "");

        assertThat(example.completion())
                .hasSizeLessThanOrEqualTo(4000)
                .contains("[...]")
                .endsWith("aend");
    }
}
