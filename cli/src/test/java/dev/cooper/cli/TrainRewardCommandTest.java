package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.reward.RewardModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainRewardCommandTest {
    private static final String SPEC = """
            start: {base: BASE}
            data: {train: [labelled.jsonl], validation_share: 0.5}
            template: "{{question}}\\n{{completion}}\\nReference answer:\\n{{reference}}\\nCorrect:"
            training: {epochs: 1, batch_size: 4}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int train(String spec) throws IOException {
        Path file = Files.writeString(folder.resolve("small.yaml"), spec);
        return Cooper.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(
                        "train-reward",
                        file.toString(),
                        "--out",
                        folder.resolve("out").toString());
    }

    private static String line(int eggs, int said) {
        return "{\"question\": \"Ben has %d eggs and finds 1 more. How many?\", \"answer\": \"%d\", \"completion\": \"%d\", \"gold_correct\": %s, \"answer_type\": \"number\"}\n"
                .formatted(eggs, eggs + 1, said, said == eggs + 1);
    }

    @Test
    void aSpecBesideItsDataMakesAModelAndTellsItsFigures() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int eggs = 0; eggs < 4; eggs++) {
            lines.append(line(eggs, eggs + 1)).append(line(eggs, eggs + 2));
        }
        Files.writeString(folder.resolve("labelled.jsonl"), lines);
        int status = train(SPEC.replace(
                "BASE", Path.of("../examples/tiny-model").toAbsolutePath().toString()));
        assertThat(errors.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString()).contains("examples to learn from", "validation: AUC", "  number", "report.html");
        try (RewardModel model = RewardModel.load(folder.resolve("out/model"))) {
            assertThat(out.toString()).contains(model.checksum());
        }
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() throws IOException {
        assertThat(train("start: {base: nowhere}\ntraining: {epoch: 1}")).isEqualTo(5);
        assertThat(errors.toString())
                .contains("start.base: there is no model", "data.train: is missing", "did you mean epochs?");
    }
}
