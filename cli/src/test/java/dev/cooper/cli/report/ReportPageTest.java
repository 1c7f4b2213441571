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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    @Test
    void theTableComparesBothEndsOfTheRun() {
        String text = new SummaryTable(result(20)).text();

        assertThat(text)
                .containsPattern("held-out accuracy +50\\.0% ± 2\\.0 +80\\.0% ± 1\\.5")
                .containsPattern("reward \\(mean of 10 steps\\) +0\\.055 +0\\.155")
                .containsPattern("tokens/s, sampling +600")
                .containsPattern("time neither of both +2\\.0 s = 2\\.5%")
                .containsPattern("peak memory +1536 MiB \\(JVM 1024, PostgreSQL 512\\)");
    }

    @Test
    void everyChartIsWellFormed() throws Exception {
        Matcher charts = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(new ReportPage(result(20)).html());
        int drawn = 0;
        while (charts.find()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(charts.group())));
            drawn++;
        }
        assertThat(drawn).as("held-out accuracy, training, KL, seconds").isEqualTo(4);
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
                7,
                NOW,
                NOW,
                NOW,
                JsonMapper.shared().readTree("{\"steps\": 20, \"sampling\": {\"top_p\": 1.0}}"));
        List<RolloutSample> samples = steps == 0
                ? List.of()
                : List.of(
                        new RolloutSample("how many?", "4", "<script>alert(1)</script>", "INCORRECT", "NO_ANSWER", ""));
        return new RunResult(
                run,
                LongStream.rangeClosed(1, steps).mapToObj(ReportPageTest::step).toList(),
                List.of(
                        new EvaluationView(0, 0, 500, 1, 0.5, 0.02, 0.9, 50, 3),
                        new EvaluationView(steps, steps, 500, 1, 0.8, 0.015, 1.0, 45, 3)),
                samples,
                samples,
                Duration.ofSeconds(12),
                Duration.ofSeconds(150),
                new PeakMemory(1L << 30, 512L << 20));
    }

    private static StepView step(long number) {
        RunView.ModelView policy = new RunView.ModelView(number, 0, "cafe");
        return new StepView(
                number,
                "COMMITTED",
                1,
                8,
                8,
                policy,
                policy,
                "b0",
                "a0",
                Map.of(
                        "reward_mean", number / 100.0,
                        "tokens", 1000.0,
                        "tokens_sampled", 1200.0,
                        "seconds_sampling", 2.0,
                        "seconds_training", 1.9,
                        "seconds_overhead", 0.1,
                        "seconds_total", 4.0,
                        "kl", 0.01),
                NOW,
                NOW);
    }
}
