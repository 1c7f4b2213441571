package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final int OF_A_FILE = 5;

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int check(String spec) {
        return Cooper.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute("run", spec, "--check");
    }

    @Test
    void aSpecThatHoldsIsSummedUpWithoutAServer() {
        assertThat(check("../examples/demo.yaml")).isZero();

        assertThat(out.toString())
                .contains("demo holds: mode cooper, 120 steps of 16 prompts × 8 completions of at most 64 tokens")
                .contains("train 3000 (0.6 epochs), heldout 500")
                .containsPattern("memory at most: policy trainer [\\d.]+ MB")
                .containsPattern("disk at most: archive");
    }

    @Test
    void everyProblemOfASpecIsNamed() throws IOException {
        Path spec = Files.writeString(folder.resolve("run.yaml"), """
                name: wrong
                steps: 5
                data:
                  train: {path: absent.parquet}
                  heldout: [{path: a.jsonl}, {path: b/a.jsonl}]
                policy: {model: absent}
                sampling: {tempreature: 1}
                """);

        assertThat(check(spec.toString())).isEqualTo(OF_A_FILE);

        assertThat(errors.toString())
                .contains("data.train.path: there is no file " + folder.resolve("absent.parquet"))
                .contains("data.heldout[1].name: there are two sets of the name a")
                .contains("policy.model: there is no folder")
                .contains("sampling.tempreature: is not a field of this specification; did you mean temperature?");
    }
}
