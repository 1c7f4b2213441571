package dev.cooper.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.cli.client.EvaluationView;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.StepView;
import dev.cooper.cli.local.PeakMemory;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    private static final PairSample PAIR =
            new PairSample("how many?", "4", "2 + 2 = 4", "2 + 2 = <5>", "5", "assistant");

    private static final String HACKING = """
            {"baseline_steps": 10, "window": 5, "figures": [
              {"figure": "score_gap", "baseline": 0.1, "mean": 0.35, "excess": 0.25, "bound": 0.1, "over": true},
              {"figure": "score_std", "baseline": 0.3, "mean": 0.2, "excess": -0.1, "bound": null, "over": false}],
             "alerts": [{"step": 12, "subsided_in": null, "policy": "alert", "figures": [
               {"figure": "score_gap", "baseline": 0.1, "mean": 0.24, "excess": 0.14, "bound": 0.1, "over": true}],
              "examples": [{"question": "7 + 7?", "reference": "14", "completion": "<b>144</b>", "score": 0.96,
                "reason": "DIFFERENT", "extracted_answer": "144"}]}]}
            """;

    @Test
    void theTableComparesBothEndsOfTheRun() {
        String text = new SummaryTable(result(20)).text();

        assertThat(text)
                .containsPattern("held-out accuracy +50\\.0% ± 2\\.0 +80\\.0% ± 1\\.5")
                .containsPattern("reward \\(mean of 10 steps\\) +0\\.055 +0\\.155")
                .containsPattern("tokens/s, sampling +600")
                .containsPattern("time of the platform itself +2\\.0 s = 2\\.5%")
                .containsPattern("peak memory +1536 MiB \\(JVM 1024, PostgreSQL 512\\)");
    }

    @Test
    void aRewardModelsFiguresAndTheCostOfTrainingItAreInTheTable() {
        String text = new SummaryTable(cooper(20)).text();

        assertThat(text)
                .containsPattern("score of the reward model +0\\.600 +0\\.600")
                .containsPattern("minus rule accuracy +\\+0\\.100 +\\+0\\.100")
                .containsPattern("AUC against the rule +0\\.955 +0\\.855")
                .containsPattern("pairs a step +5\\.5 +15\\.5")
                .containsPattern("groups without a pair, a step +3\\.0 +3\\.0")
                .containsPattern("  nothing correct +2\\.0 +2\\.0")
                .containsPattern("  still correct +0\\.5 +0\\.0")
                .doesNotContain("same as positive")
                .containsPattern("time of co-optimisation +16\\.0 s = 20\\.0% "
                        + "\\(scoring 2\\.0 s, waiting for pairs 4\\.0 s, training 10\\.0 s\\)");
    }

    @Test
    void aRunByRuleSaysNothingOfARewardModel() throws IOException {
        assertThat(new SummaryTable(result(20)).text()).doesNotContain("score").doesNotContain("pair");
        assertThat(new ReportPage(result(20)).html()).doesNotContain("AUC").doesNotContain("Pairs a step");
    }

    @Test
    void severalHeldOutSetsHaveARowEachAndACurve() throws Exception {
        RunResult plain = result(20);
        RunResult several = new RunResult(
                plain.run(),
                plain.steps(),
                List.of(onTwoSets(0, 0.4), onTwoSets(20, 0.6)),
                plain.first(),
                plain.last(),
                plain.pairs(),
                plain.hacking(),
                plain.likedMost(),
                plain.startup(),
                plain.total(),
                plain.scoring(),
                plain.memory());

        assertThat(new SummaryTable(several).text())
                .containsPattern("held-out accuracy +30\\.0% ± 2\\.0 +50\\.0% ± 2\\.0")
                .containsPattern("pass@8 +75\\.0% +75\\.0%")
                .containsPattern("  gsm8k +40\\.0% ± 3\\.0 +60\\.0% ± 3\\.0")
                .containsPattern("  math500 +20\\.0% ± 2\\.5 +40\\.0% ± 2\\.5");
        assertThat(new ReportPage(several).html())
                .contains("Held-out accuracy by set")
                .contains(">math500</text>");
        assertThat(drawn(several)).isEqualTo(drawn(plain) + 1);
    }

    private static EvaluationView onTwoSets(long step, double easy) {
        return new EvaluationView(
                step,
                step,
                700,
                8,
                easy - 0.1,
                0.02,
                0.75,
                1,
                45,
                3,
                List.of(
                        new EvaluationView.SetView("gsm8k", 200, 0, easy, 0.03, 0.9, 1, 40),
                        new EvaluationView.SetView("math500", 500, 2, easy - 0.2, 0.025, 0.6, 1, 50)));
    }

    @Test
    void everyChartIsWellFormed() throws Exception {
        assertThat(drawn(result(20)))
                .as("held-out accuracy, training, KL, seconds")
                .isEqualTo(4);
        assertThat(drawn(cooper(20)))
                .as("and score, reward model, excess, pairs, their order")
                .isEqualTo(9);
    }

    private static int drawn(RunResult result) throws Exception {
        Matcher charts = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(new ReportPage(result).html());
        int drawn = 0;
        while (charts.find()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(charts.group())));
            drawn++;
        }
        return drawn;
    }

    @Test
    void scoresAndPairsAreShownBesideTheVerdicts() throws IOException {
        assertThat(new ReportPage(cooper(20)).html())
                .contains("INCORRECT NO_ANSWER · score 0.750 · answer none")
                .contains("Pairs of the last step")
                .contains("2 + 2 = &lt;5&gt;")
                .contains("negative by assistant, answer 5");
    }

    @Test
    void suspectedRewardHackingIsShownWithItsFiguresAndExamples() throws IOException {
        assertThat(new ReportPage(cooper(20)).html())
                .contains("Suspected once; the last 5 steps are compared with the first 10.")
                .contains("<th>score gap</th><td>0.100</td><td>0.350</td><td>0.250</td><td>0.100</td>")
                .contains("<th>score std</th><td>0.300</td><td>0.200</td><td>-0.100</td><td></td>")
                .contains("Step 12 to the end: score gap 0.240, first 0.100 (policy alert)")
                .contains("&lt;b&gt;144&lt;/b&gt;")
                .contains("INCORRECT DIFFERENT · score 0.960 · answer 144 · reference 14")
                .contains("Last step: what the reward model likes most of what the rule rejects");
        assertThat(new ReportPage(result(20)).html()).doesNotContain("Reward hacking");
    }

    @Test
    void whatIsLikedMostIsTheBestOfEachProblem() {
        List<RolloutSample> liked = RolloutSample.likedMost(JsonMapper.shared().readTree("""
                {"groups": [
                  {"question": "a", "completions": [{"text": "1", "verdict": "INCORRECT", "score": 0.2},
                    {"text": "2", "verdict": "INCORRECT", "score": 0.6}, {"text": "3", "verdict": "CORRECT", "score": 0.9}]},
                  {"question": "b", "completions": [{"text": "4", "verdict": "INCORRECT", "score": 0.8}]},
                  {"question": "c", "completions": [{"text": "5", "verdict": "INCORRECT"}]}]}
                """));

        assertThat(liked).extracting(RolloutSample::completion).containsExactly("4", "2");
    }

    @Test
    void whatWasNotMeasuredIsSaid() throws IOException {
        assertThat(new ReportPage(result(20)).html()).contains("Entropy (nats a token): not measured in this run");
    }

    @Test
    void textOfAModelCannotBecomePartOfThePage() throws IOException {
        assertThat(new ReportPage(result(1)).html())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
    }

    @Test
    void aRunWithoutAStepHasAReport() throws IOException {
        assertThat(new ReportPage(result(0)).html()).contains("none were kept").doesNotContain("NaN");
    }

    private static RunResult result(long steps) {
        return result(steps, Map.of());
    }

    /** A step's pairs rise with its number and its AUC falls. */
    private static RunResult cooper(long steps) {
        return result(
                steps,
                Map.ofEntries(
                        Map.entry("score_mean", _ -> 0.6),
                        Map.entry("score_gap", _ -> 0.1),
                        Map.entry("reward_accuracy", _ -> 0.9),
                        Map.entry("reward_auc", step -> 1.01 - step / 100.0),
                        Map.entry("false_positive_share", _ -> 0.2),
                        Map.entry("hacking_suspected", step -> step < 12 ? 0.0 : 1.0),
                        Map.entry("hacking_gap_excess", step -> step / 100.0),
                        Map.entry("pairs", step -> step),
                        Map.entry("pairs_none", _ -> 3.0),
                        Map.entry("pairs_none_nothing_correct", _ -> 2.0),
                        Map.entry("pairs_none_still_correct", step -> step <= 5 ? 1.0 : Double.NaN),
                        Map.entry("pairs_none_same_as_positive", _ -> 0.0),
                        Map.entry("reward_pair_accuracy", _ -> 0.75),
                        Map.entry("seconds_pairing_waited", _ -> 0.2),
                        Map.entry("seconds_training_reward", _ -> 0.5)));
    }

    private static RunResult result(long steps, Map<String, LongToDoubleFunction> more) {
        RunView run = new RunView(
                "r1",
                "demo",
                "RULE",
                "COMPLETED",
                null,
                1,
                steps,
                steps,
                null,
                null,
                null,
                null,
                7,
                NOW,
                NOW,
                NOW,
                JsonMapper.shared().readTree("{\"steps\": 20, \"sampling\": {\"top_p\": 1.0}}"));
        List<RolloutSample> samples = steps == 0
                ? List.of()
                : List.of(new RolloutSample(
                        "how many?", "4", "<script>alert(1)</script>", "INCORRECT", "NO_ANSWER", "", 0.75));
        return new RunResult(
                run,
                LongStream.rangeClosed(1, steps)
                        .mapToObj(number -> step(number, more))
                        .toList(),
                List.of(
                        new EvaluationView(0, 0, 500, 1, 0.5, 0.02, 0.9, 50, 3),
                        new EvaluationView(steps, steps, 500, 1, 0.8, 0.015, 1.0, 45, 3)),
                samples,
                samples,
                more.isEmpty() ? List.of() : List.of(PAIR),
                more.isEmpty()
                        ? Optional.empty()
                        : Optional.of(HackingResult.of(JsonMapper.shared().readTree(HACKING))),
                more.isEmpty() ? List.of() : samples,
                Duration.ofSeconds(12),
                Duration.ofSeconds(150),
                Duration.ofSeconds(2),
                new PeakMemory(1L << 30, 512L << 20));
    }

    private static StepView step(long number, Map<String, LongToDoubleFunction> more) {
        Map<String, Double> metrics = new HashMap<>(Map.of(
                "reward_mean", number / 100.0,
                "tokens", 1000.0,
                "tokens_sampled", 1200.0,
                "seconds_sampling", 2.0,
                "seconds_training", 1.9,
                "seconds_overhead", 0.1,
                "seconds_total", 4.0,
                "kl", 0.01));
        more.forEach((name, figure) -> metrics.put(name, figure.applyAsDouble(number)));
        metrics.values().removeIf(figure -> figure.isNaN());
        RunView.ModelView policy = new RunView.ModelView(number, 0, "cafe");
        return new StepView(
                number, "COMMITTED", 1, 8, 8, policy, policy, policy, policy, "b0", "a0", metrics, NOW, NOW);
    }
}
