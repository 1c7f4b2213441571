package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.cli.bench.Work;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> LITTLE = List.of(
            "bench",
            "--model-size",
            "../examples/tiny-model",
            "--prompts",
            "2",
            "--group-size",
            "2",
            "--lengths",
            "lognormal:4:0.8:2:9",
            "--prompt-length",
            "5",
            "--new-tokens",
            "3",
            "--batch",
            "2,3",
            "--warmup",
            "0",
            "--repeat",
            "2");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void everyWorkIsMeasuredAndToldInATableAndInJson() throws IOException {
        Path file = folder.resolve("bench.json");
        assertThat(run("--json", file.toString())).isZero();
        assertThat(out.toString().lines().skip(1)).hasSize(1 + Work.values().length + 1);
        JsonNode document = MAPPER.readTree(Files.readString(file));
        assertThat(document.path("model").path("parameters").intValue()).isEqualTo(349_728);
        JsonNode results = document.path("results");
        assertThat(results.valueStream()
                        .map(result -> result.path("work").asString("") + " " + result.path("batch"))
                        .toList())
                .containsExactly(
                        "prefill 2",
                        "decode 2",
                        "decode 3",
                        "rollouts 4",
                        "training-ragged 4",
                        "training-equal 4",
                        "grpo-step 4",
                        "score 4");
        assertThat(results.valueStream()
                        .map(result -> result.path("tokens").intValue())
                        .toList())
                .startsWith(2 * 5, 2 * 3, 3 * 3)
                .contains(4 * (5 + 3));
        assertThat(results.valueStream())
                .allMatch(result -> result.path("seconds").size() == 2
                        && result.path("tokens_per_second").doubleValue() > 0
                        && result.path("sequences_per_second").doubleValue() > 0
                        && result.path("peak_rss_bytes").longValue() > 0);
    }

    @Test
    void aRequestIsAnsweredByOneLineAndAFaultByAnother() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("decode 3\nnonsense\n\ngrpo-step\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("--on-request")).isZero();
        } finally {
            System.setIn(before);
        }
        List<JsonNode> lines = out.toString().lines().map(MAPPER::readTree).toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).path("engine").asString("")).isEqualTo("cooper");
        assertThat(lines.get(0).path("workload").path("completion_lengths").size())
                .isEqualTo(4);
        assertThat(lines.get(1).path("sequences").intValue()).isEqualTo(3);
        assertThat(lines.get(2).path("error").asString("")).contains("no work is called 'nonsense'");
        JsonNode step = lines.get(3);
        assertThat(step.path("parts").path("sampling").doubleValue()
                        + step.path("parts").path("training").doubleValue())
                .isPositive()
                .isLessThanOrEqualTo(step.path("seconds").doubleValue());
    }

    @Test
    void theModelCanBeWrittenForOthers() {
        Path model = folder.resolve("model");
        assertThat(run("--work", "none", "--save-model", model.toString())).isZero();
        assertThat(out.toString()).isEmpty();
        out.getBuffer().setLength(0);
        assertThat(run("--model-size", model.toString(), "--work", "decode")).isZero();
        assertThat(out.toString()).contains("349728 parameters");
    }

    @Test
    void aSettingThatDoesNotHoldIsNamed() {
        assertThat(run("--work", "sleeping")).isEqualTo(2);
        assertThat(errors.toString()).contains("no work is called 'sleeping'; there are prefill, decode");
        assertThat(run("--batch", "0")).isEqualTo(2);
        assertThat(errors.toString()).contains("--batch must be at least 1");
        assertThat(run("--lengths", "5")).isEqualTo(2);
        assertThat(errors.toString()).contains("--lengths is '5'");
    }

    /** Options given again replace the little ones. */
    private int run(String... options) {
        List<String> arguments = new ArrayList<>(LITTLE);
        arguments.addAll(Arrays.asList(options));
        return Cooper.commandLine()
                .setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
    }
}
