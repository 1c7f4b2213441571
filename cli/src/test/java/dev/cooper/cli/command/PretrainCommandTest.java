package dev.cooper.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.pretraining.PretrainingReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PretrainCommandTest {
    private static final Path SHIPPED = Path.of("../examples/tiny-model");

    @TempDir
    private Path folder;

    private final StringWriter errors = new StringWriter();

    @Test
    void keepingABaseNeedsOneThatPretrainMade() {
        assertThat(run("--keep-base", "--out", folder.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("--keep-base").contains("holds no model that pretrain made");
    }

    @Test
    void aKeptBaseOfAnotherSeedIsRefused() throws IOException {
        Files.copy(SHIPPED.resolve(PretrainingReport.FILE), folder.resolve(PretrainingReport.FILE));
        assertThat(run("--keep-base", "--out", folder.toString(), "--seed", "2"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("was made with --seed 1");
    }

    @Test
    void theDataSetsCanBeWrittenWithoutTraining() {
        assertThat(run("--keep-base", "--out", SHIPPED.toString(), "--data", folder.toString()))
                .isZero();
        assertThat(folder.resolve("train.jsonl"))
                .hasSameTextualContentAs(SHIPPED.resolveSibling("data").resolve("train.jsonl"));
    }

    private int run(String... arguments) {
        return new CommandLine(new PretrainCommand())
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
