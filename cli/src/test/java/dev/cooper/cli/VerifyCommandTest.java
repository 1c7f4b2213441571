package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyCommandTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1/2|So \\boxed{0.5}|0|CORRECT
            18|so \\boxed{19}.|1|INCORRECT DIFFERENT_VALUE
            18|who knows?|1|INCORRECT NO_ANSWER
            {1|\\boxed{1}|1|UNSCORABLE UNREADABLE_REFERENCE
            """)
    void aPairIsOneWordAndAnExitStatus(String gold, String answer, int status, String verdict) {
        assertThat(run("verify", gold, answer)).isEqualTo(status);
        assertThat(out.toString().strip()).isEqualTo(verdict);
    }

    @Test
    void explainNamesTextPlaceAndRule() {
        assertThat(run("verify", "0.5", "So \\boxed{1/2}", "--explain")).isZero();
        assertThat(out.toString())
                .contains("extracted: 1/2")
                .contains("from: BOXED, at character 10")
                .contains("CORRECT by ");
        assertThat(run("verify", "0.5", "no", "--explain", "--profile", "math-verify"))
                .isOne();
    }

    @Test
    void eachLineComesBackInOrderWithItsVerdict() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            lines.add("{\"id\": %d, \"gold\": \"%d\", \"pred\": \"#### %d\"}".formatted(i, i % 9, i % 4));
        }
        assertThat(run("verify", "--jsonl", file(lines))).isZero();

        List<JsonNode> answers = json();
        assertThat(answers).hasSize(5000);
        for (int i = 0; i < 5000; i++) {
            JsonNode answer = answers.get(i);
            boolean right = i % 9 == i % 4;
            assertThat(answer.get("id").intValue()).isEqualTo(i);
            assertThat(answer.get("verdict").stringValue()).isEqualTo(right ? "CORRECT" : "INCORRECT");
            assertThat(answer.get("extracted").stringValue()).isEqualTo(String.valueOf(i % 4));
            assertThat(answer.get("micros").doubleValue()).isPositive();
            assertThat(answer.has("explanation")).isFalse();
        }
        assertThat(errors.toString())
                .contains("5000 checked")
                .contains("DIFFERENT_VALUE")
                .contains("median")
                .contains("p99");
    }

    @Test
    void standardInputIsReadAndExplained() throws IOException {
        InputStream before = System.in;
        String lines = "{\"gold\": \"5\", \"pred\": \"\\\\boxed{5}\"}\n{\"gold\": \"5\", \"pred\": \"\"}\n";
        try {
            System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
            assertThat(run("verify", "--jsonl", "-", "--explain")).isZero();
        } finally {
            System.setIn(before);
        }
        List<JsonNode> answers = json();
        assertThat(answers.get(0).get("source").stringValue()).isEqualTo("BOXED");
        assertThat(answers.get(0).get("offset").intValue()).isEqualTo(7);
        assertThat(answers.get(1).get("extracted").isNull()).isTrue();
        assertThat(answers.get(1).get("reason").stringValue()).isEqualTo("NO_ANSWER");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"gold": "5"}|line 2: it has no pred; give it as a text
            {"gold": 5, "pred": "5"}|line 2: gold is 5; it must be a text
            {"gold": "5", "pred"|line 2: it is not JSON
            ``|line 2: it is blank
            """)
    void aBadLineIsNamedAndThoseBeforeItAreWritten(String line, String message) throws IOException {
        assertThat(run("verify", "--jsonl", file(List.of("{\"gold\": \"5\", \"pred\": \"5\"}", line))))
                .isEqualTo(5);
        assertThat(json()).hasSize(1);
        assertThat(errors.toString()).contains(message).contains("lines.jsonl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            verify|give GOLD and ANSWER, or --jsonl FILE
            verify 5|give GOLD and ANSWER, or --jsonl FILE
            verify 5 5 --jsonl -|give either GOLD and ANSWER or --jsonl, not both
            verify 5 5 --profile lax|--profile is 'lax'; choose one of default, math-verify
            """)
    void wrongUsageSaysWhatToGive(String arguments, String message) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        return Cooper.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }

    private String file(List<String> lines) throws IOException {
        return Files.write(folder.resolve("lines.jsonl"), lines).toString();
    }

    private List<JsonNode> json() {
        return out.toString().lines().map(MAPPER::readTree).toList();
    }
}
