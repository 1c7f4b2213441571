package dev.cooper.reward.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the example's base as student and as judge. */
class CheckpointAnnotationTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private static final String SPEC = """
            data:
              path: data/heldout.jsonl
              columns: {id: id}
              limit: 24
            sources:
              - {name: base, model: tiny-model, samples: 2, max_new_tokens: 64, rows: 8, deterministic: true}
            judge:
              model: tiny-model
              prompt: "{{question}}\\n{{completion}}\\nReference answer:\\n{{reference}}\\nCorrect:"
              max_new_tokens: 4
              rows: 8
              deterministic: true
            """;

    @TempDir
    private Path folder;

    private static AnnotationReport run(String spec, Path out) throws IOException, InterruptedException {
        AnnotationSpec read = new AnnotationSpecReader(List.of(Path.of("../examples")), Map.of()).readYaml(spec);
        return new AnnotationRun(read, out, NOON).run(_ -> {});
    }

    @Test
    void theTinyModelWritesAndJudges() throws Exception {
        Path whole = folder.resolve("whole");
        AnnotationReport report = run(SPEC, whole);

        assertThat(report.completions()).isEqualTo(48);
        assertThat(report.kept()).isBetween(20L, 48L);
        assertThat(report.agreement().all().correctYes()).isPositive();
        assertThat(report.agreement().all().incorrectNo()).isPositive();

        Path stopped = Files.createDirectory(folder.resolve("stopped"));
        Files.copy(whole.resolve("annotation.json"), stopped.resolve("annotation.json"));
        List<String> lines = Files.readAllLines(whole.resolve("completions.jsonl"));
        Files.write(stopped.resolve("completions.jsonl"), lines.subList(0, 17));
        run(SPEC, stopped);

        assertThat(new HashSet<>(Files.readAllLines(stopped.resolve("kept.jsonl"))))
                .isEqualTo(new HashSet<>(Files.readAllLines(whole.resolve("kept.jsonl"))));
    }

    @Test
    void aPromptThatFillsTheContextIsNeverWrittenNorJudged() throws Exception {
        AnnotationReport report = run(SPEC.replace("rows: 8, det", "rows: 8, context_length: 40, det"), folder);

        assertThat(report.withoutRoom()).isPositive();
        assertThat(report.completions() + report.withoutRoom()).isEqualTo(48);
        assertThat(report.missing()).isZero();
    }
}
