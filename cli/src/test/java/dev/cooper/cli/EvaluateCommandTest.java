package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluateCommandTest {
    private static final String TINY = "../examples/tiny-model";
    private static final String HELD_OUT = "../examples/data/heldout.jsonl";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int evaluate(Path into, String... options) {
        String[] common = {
            "evaluate",
            "--model",
            TINY,
            "--samples",
            "4",
            "--max-new-tokens",
            "64",
            "--rows",
            "16",
            "--deterministic",
            "--out",
            into.toString()
        };
        return Cooper.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.concat(Arrays.stream(common), Arrays.stream(options))
                        .toArray(String[]::new));
    }

    @Test
    void anEvaluationThatWasKilledGoesOnToTheSameFigures() throws IOException {
        Path whole = folder.resolve("whole");
        assertThat(evaluate(whole, "--data", HELD_OUT, "--limit", "12")).isZero();
        JsonNode figures =
                MAPPER.readTree(Files.readString(whole.resolve("results.json"))).get(0);
        assertThat(figures.get("problems").intValue()).isEqualTo(12);
        assertThat(figures.get("accuracy").doubleValue()).isBetween(0.05, 0.95);
        assertThat(figures.get("pass_at_k").doubleValue())
                .isGreaterThanOrEqualTo(figures.get("accuracy").doubleValue());
        assertThat(out.toString()).contains("heldout").contains("mean@4");

        Path killed = Files.createDirectory(folder.resolve("killed"));
        Files.copy(whole.resolve("protocol.json"), killed.resolve("protocol.json"));
        List<String> lines = Files.readAllLines(whole.resolve("heldout.jsonl"));
        String torn = lines.get(5).substring(0, 20);
        Files.writeString(killed.resolve("heldout.jsonl"), String.join("\n", lines.subList(0, 5)) + "\n" + torn);

        assertThat(evaluate(killed, "--data", HELD_OUT, "--limit", "12")).isZero();
        assertThat(Files.readString(killed.resolve("results.json")))
                .isEqualTo(Files.readString(whole.resolve("results.json")));
        assertThat(Files.readAllLines(killed.resolve("heldout.jsonl"))).containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void samplesOfAnotherProtocolAreNotMixedIn() throws IOException {
        assertThat(evaluate(folder, "--data", HELD_OUT, "--limit", "2")).isZero();
        assertThat(evaluate(folder, "--data", HELD_OUT, "--limit", "2", "--temperature", "0.5"))
                .isEqualTo(5);
        assertThat(errors.toString())
                .contains("protocol.json")
                .contains("another protocol")
                .contains("--out");
    }

    @Test
    void whatCannotBeUsedIsNamed() throws IOException {
        Path other = Files.writeString(folder.resolve("heldout.jsonl"), "{\"a\": 1}\n", StandardCharsets.UTF_8);
        assertThat(evaluate(folder, "--data", other.toString())).isEqualTo(5);
        assertThat(evaluate(folder, "--data", "nowhere.jsonl")).isEqualTo(5);
        assertThat(evaluate(folder, "--data", HELD_OUT, HELD_OUT)).isEqualTo(2);
        assertThat(evaluate(folder, "--data", HELD_OUT, "--template", "no place"))
                .isEqualTo(2);
        assertThat(errors.toString())
                .contains("name them question and answer")
                .contains("there is no file nowhere.jsonl")
                .contains("two files are called heldout")
                .contains("--template must contain {{question}}");
    }
}
