package dev.cooper.orchestrator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Origin;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.spec.RunSpecJson;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.RecordRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ParquetStepArchiveTest {

    @TempDir
    Path root;

    private final Run run = TestRuns.queued("r1", "/data/train.jsonl");
    private final Step step = TestingArchive.step(3, Optional.empty());
    private ParquetStepArchive archive;

    @BeforeEach
    void open() {
        archive = new ParquetStepArchive(root, new TopicNames("cooper"));
    }

    @AfterEach
    void close() throws Exception {
        archive.close();
    }

    @Test
    void stepComesBackWithEveryField() {
        LogRecord whole = TestingArchive.group(0, 2, 3);
        archive.write(run, step, List.of(whole, TestingArchive.failed(1)), List.of());

        List<ArchivedGroup> groups = archive.rollouts("r1", 3).orElseThrow();

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0))
                .isEqualTo(new ArchivedGroup(
                        0,
                        new ArchivedProblem("p0", "How many?", "#### 0", "How many?\n"),
                        2,
                        Optional.empty(),
                        "",
                        new ArchivedPlace("cooper.scored", 0, 100, whole.sha256()),
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
                "boxed",
                Optional.empty());
    }

    @Test
    void rawRecordsCanBeReadBackByteForByte() throws Exception {
        LogRecord record = TestingArchive.group(5, 2, 3);
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
        LogRecord record = TestingArchive.group(0, 2, 3);
        archive.write(run, step, List.of(record), List.of());

        Path folder = root.resolve("archive/r1/3");
        JsonNode manifest = JsonMapper.shared().readTree(folder.resolve("manifest.json"));
        assertThat(manifest.at("/files/scored.parquet").stringValue())
                .isEqualTo(Sha256.hex(folder.resolve("scored.parquet")));
        assertThat(manifest.at("/files/records.parquet").stringValue())
                .isEqualTo(Sha256.hex(folder.resolve("records.parquet")));
        assertThat(manifest.at("/policy/after/number").longValue()).isEqualTo(3);
        assertThat(manifest.at("/policy/records/0/sha256").stringValue()).isEqualTo(record.sha256());
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void writingAgainChangesNothing() throws IOException {
        archive.write(run, step, List.of(TestingArchive.group(0, 2, 3)), List.of());
        Path manifest = root.resolve("archive/r1/3/manifest.json");
        String first = Files.readString(manifest);

        archive.write(run, step, List.of(TestingArchive.group(0, 2, 4)), List.of());

        assertThat(manifest).hasContent(first);
    }

    @Test
    void halfWrittenStepIsNotArchivedAndIsWrittenAgain() throws IOException {
        Path folder = Files.createDirectories(root.resolve("archive/r1/3"));
        Files.writeString(folder.resolve("scored.parquet"), "half");
        Files.writeString(folder.resolve("scored.parquet.tmp"), "half");
        assertThat(archive.rollouts("r1", 3)).isEmpty();

        archive.write(run, step, List.of(TestingArchive.group(0, 2, 3)), List.of());

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
        List<LogRecord> groups = IntStream.range(0, 16)
                .mapToObj(slot -> TestingArchive.group(slot, 8, 200))
                .toList();
        for (int warm = 10; warm < 15; warm++) {
            archive.write(run, TestingArchive.step(warm, Optional.empty()), groups, List.of());
        }
        long begun = System.nanoTime();
        for (int number = 20; number < 30; number++) {
            archive.write(run, TestingArchive.step(number, Optional.empty()), groups, List.of());
        }
        double millis = (System.nanoTime() - begun) / 1e7;
        System.out.printf("archiving 16 groups of 8 completions of 200 tokens: %.1f ms a step%n", millis);

        assertThat(millis).isLessThan(500);
    }

    @Test
    void scoresComeBack() {
        archive.write(run, step, List.of(TestingArchive.scored(0)), List.of());

        ArchivedGroup group = archive.rollouts("r1", 3).orElseThrow().getFirst();

        assertThat(group.rewardVersion()).contains(7L);
        assertThat(group.completions())
                .extracting(ArchivedCompletion::score)
                .containsExactly(
                        Optional.of(new ArchivedScore(1.5, 0.8175744761936437)),
                        Optional.of(new ArchivedScore(-2, 0.11920292202211755)));
    }

    @Test
    void pairsAndWhyThereIsNoneComeBackInTheOrderOfSlots() {
        LogRecord pair = TestingArchive.pair(2);
        archive.write(
                run,
                TestingArchive.paired(3, Map.of(0, "NOTHING_CORRECT", 1, "STILL_CORRECT: the rewrite says 4: right")),
                List.of(TestingArchive.scored(0), TestingArchive.scored(1), TestingArchive.scored(2)),
                List.of(pair));

        ArchivedProblem problem = new ArchivedProblem("p0", "How many?", "#### 0", "How many?\n");
        assertThat(archive.pairs("r1", 3).orElseThrow())
                .containsExactly(
                        new ArchivedPair.None(0, problem, "NOTHING_CORRECT", ""),
                        new ArchivedPair.None(
                                1,
                                new ArchivedProblem("p1", "How many?", "#### 0", "How many?\n"),
                                "STILL_CORRECT",
                                "the rewrite says 4: right"),
                        new ArchivedPair.Made(
                                2,
                                new ArchivedProblem("p2", "How many?", "#### 0", "How many?\n"),
                                new ArchivedPair.Side("good", 1, "", "4", "equal"),
                                new ArchivedPair.Side("bad", -1, "DIFFERENT", "5", ""),
                                "ASSISTANT",
                                "MINIMAL",
                                2,
                                "embedded 0 c0",
                                new ArchivedPlace("cooper.pairs", 2, 102, pair.sha256())));
    }

    @Test
    void stepWithoutPairsHasNone() {
        assertThat(archive.pairs("r1", 3)).isEmpty();

        archive.write(run, step, List.of(TestingArchive.group(0, 2, 3)), List.of());

        assertThat(archive.pairs("r1", 3)).contains(List.of());
    }

    @Test
    void allThatAReplayNeedsComesBackByteForByte() {
        LogRecord first = TestingArchive.scored(0);
        LogRecord second = TestingArchive.scored(1);
        LogRecord pair = TestingArchive.pair(1);
        archive.write(
                run, TestingArchive.paired(3, Map.of(0, "NOTHING_CORRECT")), List.of(first, second), List.of(pair));

        ArchivedStep archived = archive.step("r1", 3).orElseThrow();

        assertThat(archived.policy().records()).containsExactly(first, second);
        assertThat(archived.policy().before()).isEqualTo(TestRuns.version(2));
        assertThat(archived.policy().after()).contains(TestRuns.version(3));
        assertThat(archived.policy().batchSha256()).isEqualTo("batch");
        assertThat(archived.policy().origin()).isEmpty();
        assertThat(archived.policy().manifest().getKind()).isEqualTo(ModelKind.POLICY);
        assertThat(archived.policy().manifest().getRecords(1))
                .isEqualTo(RecordRef.newBuilder()
                        .setSlot(1)
                        .setTopic("cooper.scored")
                        .setPartition(1)
                        .setOffset(101)
                        .setSha256(second.sha256())
                        .build());
        ArchivedUpdate reward = archived.reward().orElseThrow();
        assertThat(reward.records()).containsExactly(pair);
        assertThat(reward.after()).contains(TestRuns.version(8));
        assertThat(reward.batchSha256()).isEqualTo("pair batch");
        assertThat(reward.manifest().getKind()).isEqualTo(ModelKind.REWARD);
    }

    @Test
    void stepThatBeganByGoingBackSaysFromWhere() {
        Origin origin = new Origin(1, TestRuns.version(1));
        ModelUpdate update = new ModelUpdate(
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                TestRuns.version(4),
                Optional.of(TestRuns.version(5)),
                "batch",
                Optional.of(origin));
        Step plain = TestingArchive.step(3, Optional.empty());
        Step back = new Step("r1", 3, plain.state(), update, Optional.of(update), Map.of(), plain.instants());

        archive.write(run, back, List.of(TestingArchive.scored(0)), List.of());

        ArchivedStep archived = archive.step("r1", 3).orElseThrow();
        assertThat(archived.policy().origin()).contains(origin);
        assertThat(archived.reward().orElseThrow().origin()).contains(origin);
    }

    @Test
    void runIsDescribedOnceForAReplayWithoutADatabase() throws IOException {
        archive.write(run, step, List.of(TestingArchive.group(0, 2, 3)), List.of());

        JsonNode description = JsonMapper.shared().readTree(root.resolve("archive/r1/run.json"));

        assertThat(RunSpecJson.read(description.get("spec"))).isEqualTo(run.spec());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scored.parquet", "pairs.parquet", "records.parquet", "manifest.json"})
    void truncatedFileIsNamed(String name) throws IOException {
        archive.write(
                run,
                TestingArchive.paired(3, Map.of()),
                List.of(TestingArchive.scored(0)),
                List.of(TestingArchive.pair(0)));
        Path file = root.resolve("archive/r1/3").resolve(name);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> readAll())
                .isInstanceOf(CooperException.class)
                .hasMessageStartingWith("the archive's file " + file + " ")
                .hasMessageContaining("put it back from a backup");
        Files.write(file, whole);
        readAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scored.parquet", "pairs.parquet", "records.parquet"})
    void missingFileIsNamed(String name) throws IOException {
        archive.write(
                run,
                TestingArchive.paired(3, Map.of()),
                List.of(TestingArchive.scored(0)),
                List.of(TestingArchive.pair(0)));
        Path file = root.resolve("archive/r1/3").resolve(name);
        Files.delete(file);

        assertThatThrownBy(() -> readAll())
                .isInstanceOf(CooperException.class)
                .hasMessageContaining(file + " cannot be read");
    }

    private void readAll() {
        assertThat(archive.rollouts("r1", 3)).isPresent();
        assertThat(archive.pairs("r1", 3)).isPresent();
        assertThat(archive.step("r1", 3)).isPresent();
    }

    @Test
    void pairOfAnotherGroupIsRefused() {
        assertThatThrownBy(() -> archive.write(
                        run,
                        TestingArchive.paired(3, Map.of()),
                        List.of(TestingArchive.scored(0)),
                        List.of(TestingArchive.pair(1))))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("the step has no such group");
    }
}
