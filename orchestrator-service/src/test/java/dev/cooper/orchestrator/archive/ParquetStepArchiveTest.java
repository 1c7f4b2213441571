package dev.cooper.orchestrator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.orchestrator.file.FileSha256;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ParquetStepArchiveTest {

    @TempDir
    Path root;

    private final Run run = TestRuns.queued("r1", "/data/train.jsonl");
    private final Step step = numbered(3);
    private ParquetStepArchive archive;

    @BeforeEach
    void open() {
        archive = new ParquetStepArchive(root, new TopicNames("cooper"));
    }

    @AfterEach
    void close() throws Exception {
        archive.close();
    }

    private static LogRecord group(int slot, int completions, int tokens) {
        Rollouts.Builder rollouts = Rollouts.newBuilder().setPolicy(TestRuns.version(2));
        Verdicts.Builder verdicts = Verdicts.newBuilder();
        for (int sample = 0; sample < completions; sample++) {
            rollouts.addCompletions(Completion.newBuilder()
                    .setText("It's \\boxed{" + sample + "} ✓\n")
                    .addAllTokenIds(IntStream.range(0, tokens).boxed().toList())
                    .addAllLogProbs(
                            IntStream.range(0, tokens).mapToObj(i -> -0.1f * i).toList())
                    .setFinishReason(FinishReason.STOP));
            verdicts.addVerdicts(Verdict.newBuilder()
                    .setKind(sample == 0 ? VerdictKind.CORRECT : VerdictKind.INCORRECT)
                    .setReason(sample == 0 ? "" : "DIFFERENT")
                    .setExtractedAnswer(Integer.toString(sample))
                    .setExplanation("boxed"));
        }
        VerifiedGroup verified = VerifiedGroup.newBuilder()
                .setRollouts(request(slot).setRollouts(rollouts))
                .setVerdicts(verdicts)
                .build();
        return record(
                slot,
                ScoredGroup.newBuilder()
                        .setVerified(verified)
                        .setScores(Scores.getDefaultInstance())
                        .build());
    }

    private static LogRecord failed(int slot) {
        return record(
                slot,
                ScoredGroup.newBuilder()
                        .setVerified(VerifiedGroup.newBuilder().setRollouts(request(slot)))
                        .setFailure(Failure.newBuilder()
                                .setReason(FailureReason.TIMEOUT)
                                .setDetail("late"))
                        .build());
    }

    private static RolloutGroup.Builder request(int slot) {
        return RolloutGroup.newBuilder()
                .setRequest(SampleRequest.newBuilder()
                        .setGroup(GroupId.newBuilder().setSlot(slot))
                        .setProblem(Problem.newBuilder()
                                .setId("p" + slot)
                                .setQuestion("How many?")
                                .setReferenceAnswer("#### 0")
                                .setPrompt("How many?\n")));
    }

    private static LogRecord record(int slot, ScoredGroup group) {
        return new LogRecord(
                Topic.SCORED, slot % 4, 100L + slot, "r1/" + slot, Map.of("cooper-run", "r1"), group.toByteArray());
    }

    @Test
    void stepComesBackWithEveryField() {
        LogRecord whole = group(0, 2, 3);
        archive.write(run, step, List.of(whole, failed(1)), List.of());

        List<ArchivedGroup> groups = archive.rollouts("r1", 3).orElseThrow();

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0))
                .isEqualTo(new ArchivedGroup(
                        0,
                        "p0",
                        "How many?",
                        "#### 0",
                        "How many?\n",
                        2,
                        "",
                        "cooper.scored",
                        0,
                        100,
                        whole.sha256(),
                        List.of(completion(0, "CORRECT", ""), completion(1, "INCORRECT", "DIFFERENT"))));
        assertThat(groups.get(1).failure()).isEqualTo("TIMEOUT: late");
        assertThat(groups.get(1).completions()).isEmpty();
    }

    private static ArchivedCompletion completion(int sample, String verdict, String reason) {
        return new ArchivedCompletion(
                sample,
                "It's \\boxed{" + sample + "} ✓\n",
                3,
                List.of(0, 1, 2),
                List.of(-0.0f, -0.1f, -0.2f),
                "STOP",
                verdict,
                reason,
                Integer.toString(sample),
                "boxed");
    }

    @Test
    void rawRecordsCanBeReadBackByteForByte() throws Exception {
        LogRecord record = group(5, 2, 3);
        archive.write(run, step, List.of(record), List.of());

        Path file = root.resolve("archive/r1/3/records.parquet");
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement();
                var rows = statement.executeQuery("select * from read_parquet('" + file + "')")) {
            assertThat(rows.next()).isTrue();
            var blob = rows.getBlob("value");
            assertThat(blob.getBytes(1, (int) blob.length())).isEqualTo(record.value());
            assertThat(rows.getLong("offset")).isEqualTo(105);
            assertThat(rows.getString("headers")).isEqualTo("{\"cooper-run\":\"r1\"}");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void manifestNamesFilesRecordsAndVersions() throws IOException {
        LogRecord record = group(0, 2, 3);
        archive.write(run, step, List.of(record), List.of());

        Path folder = root.resolve("archive/r1/3");
        JsonNode manifest = JsonMapper.shared().readTree(folder.resolve("manifest.json"));
        assertThat(manifest.at("/files/scored.parquet").stringValue())
                .isEqualTo(FileSha256.of(folder.resolve("scored.parquet")));
        assertThat(manifest.at("/files/records.parquet").stringValue())
                .isEqualTo(FileSha256.of(folder.resolve("records.parquet")));
        assertThat(manifest.at("/policy_after/number").longValue()).isEqualTo(3);
        assertThat(manifest.at("/records/0/sha256").stringValue()).isEqualTo(record.sha256());
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void writingAgainChangesNothing() throws IOException {
        archive.write(run, step, List.of(group(0, 2, 3)), List.of());
        Path manifest = root.resolve("archive/r1/3/manifest.json");
        String first = Files.readString(manifest);

        archive.write(run, step, List.of(group(0, 2, 4)), List.of());

        assertThat(manifest).hasContent(first);
    }

    @Test
    void halfWrittenStepIsNotArchivedAndIsWrittenAgain() throws IOException {
        Path folder = Files.createDirectories(root.resolve("archive/r1/3"));
        Files.writeString(folder.resolve("scored.parquet"), "half");
        Files.writeString(folder.resolve("scored.parquet.tmp"), "half");
        assertThat(archive.rollouts("r1", 3)).isEmpty();

        archive.write(run, step, List.of(group(0, 2, 3)), List.of());

        assertThat(archive.rollouts("r1", 3).orElseThrow()).hasSize(1);
    }

    @Test
    void recordThatIsNoGroupIsNamed() {
        LogRecord poison = new LogRecord(Topic.SCORED, 1, 7, "k", Map.of(), new byte[] {-1, -1});

        assertThatThrownBy(() -> archive.write(run, step, List.of(poison), List.of()))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("scored/1/7");
    }

    @Test
    void stepOfUsualSizeTakesLittleTime() {
        List<LogRecord> groups =
                IntStream.range(0, 16).mapToObj(slot -> group(slot, 8, 200)).toList();
        for (int warm = 10; warm < 15; warm++) {
            archive.write(run, numbered(warm), groups, List.of());
        }
        long begun = System.nanoTime();
        for (int number = 20; number < 30; number++) {
            archive.write(run, numbered(number), groups, List.of());
        }
        double millis = (System.nanoTime() - begun) / 1e7;
        System.out.printf("archiving 16 groups of 8 completions of 200 tokens: %.1f ms a step%n", millis);

        assertThat(millis).isLessThan(500);
    }

    private static Step numbered(long number) {
        return TestRuns.step("r1", number, StepState.COMMITTED, 2, 3);
    }
}
