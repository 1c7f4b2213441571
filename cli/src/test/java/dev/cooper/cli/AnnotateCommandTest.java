package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotateCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int annotate(String spec, String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(
                new String[] {"annotate", spec, "--out", folder.resolve("out").toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Cooper.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    @Test
    void theExampleIsAnnotatedAndWhatIsKeptCanBeEvaluatedOn() throws IOException {
        Path examples = Path.of("../examples").toAbsolutePath();
        String spec = Files.readString(examples.resolve("annotation.yaml"))
                .replaceAll("limit: \\d+", "limit: 12")
                .replace(
                        "data/train.jsonl", examples.resolve("data/train.jsonl").toString())
                .replace("model: tiny-model", "model: " + examples.resolve("tiny-model"));
        Path small = Files.writeString(folder.resolve("small.yaml"), spec);

        assertThat(annotate(small.toString())).as(errors.toString()).isZero();

        assertThat(out.toString())
                .contains("sampling by base: 48 of 48")
                .contains("judging by tiny-model: 48 of 48")
                .contains("answer type")
                .contains("kept.jsonl");
        Path kept = folder.resolve("out/kept.jsonl");
        assertThat(Files.readAllLines(kept)).hasSizeBetween(20, 48);
        assertThat(Cooper.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(errors, true))
                        .execute(
                                "evaluate-reward",
                                "--model",
                                "../examples/tiny-verifyrm",
                                "--data",
                                kept.toString(),
                                "--template",
                                "{{question}}\n{{completion}}\nReference answer:\n{{reference}}\nCorrect:"))
                .as(errors.toString())
                .isZero();
        assertThat(out.toString()).contains("reward model");
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        Path bad = Files.writeString(
                folder.resolve("bad.yaml"), "data: {path: none.jsonl}\nsources: []\njudge: {model: x}\n");

        assertThat(annotate(bad.toString())).isEqualTo(5);
        assertThat(annotate(folder.resolve("none.yaml").toString())).isEqualTo(5);
        assertThat(annotate(bad.toString(), "--dtype", "bfloat16")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("data.path: there is no file")
                .contains("sources: is missing")
                .contains("judge.model: there is no model")
                .contains("none.yaml")
                .contains("--dtype");
    }
}
