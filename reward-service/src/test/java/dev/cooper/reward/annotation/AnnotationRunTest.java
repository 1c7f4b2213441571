package dev.cooper.reward.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cooper.modelruntime.testing.TestingEndpoint;
import dev.cooper.modelruntime.testing.TestingEndpoint.Reply;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AnnotationRunTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private static final String DATA = """
            {"id": "a", "question": "What is 40 + 2?", "answer": "42", "kind": "number"}
            {"id": "b", "question": "What is 6 * 7?", "answer": "42", "kind": "number"}
            {"id": "c", "question": "Which city?", "answer": "Paris", "kind": "words"}
            """;

    @TempDir
    private Path folder;

    private TestingEndpoint endpoint;

    @BeforeEach
    void startEndpoint() throws IOException {
        endpoint = new TestingEndpoint();
        endpoint.model = AnnotationRunTest::text;
        Files.writeString(folder.resolve("problems.jsonl"), DATA);
    }

    @AfterEach
    void stopEndpoint() {
        endpoint.close();
    }

    /** The student knows all but one sum; the judge looks for 42, and cannot tell of cities. */
    private static String text(JsonNode request) {
        String prompt = request.path("messages").path(0).path("content").asString();
        if (prompt.startsWith("Judge")) {
            return prompt.contains("Paris") ? "perhaps" : prompt.contains("is 42") ? "Yes." : "No!";
        }
        return prompt.contains("6 * 7") ? "it is 41" : prompt.contains("city") ? "\\boxed{Paris}" : "it is 42";
    }

    private AnnotationSpec spec(String... changes) {
        String text = """
                data:
                  path: problems.jsonl
                  columns: {id: id, answer_type: kind}
                max_unanswered: 5
                sources:
                  - name: student
                    endpoint: {url: "%s", model: m1, max_concurrency: 1, timeout: 20s, max_retries: 1, backoff: 1ms, longest_backoff: 2ms}
                    samples: 2
                judge:
                  endpoint: {url: "%s", model: m2, max_concurrency: 1, timeout: 20s, max_retries: 1, backoff: 1ms, longest_backoff: 2ms}
                  prompt: "Judge {{question}} {{reference}} {{completion}}"
                """.formatted(endpoint.url(), endpoint.url());
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text).contains(changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        return new AnnotationSpecReader(List.of(folder), Map.of()).readYaml(text);
    }

    private Path out() {
        return folder.resolve("out");
    }

    private AnnotationReport run(AnnotationSpec spec) throws Exception {
        return new AnnotationRun(spec, out(), NOON).run(_ -> {});
    }

    private List<JsonNode> lines(String file) throws IOException {
        return Files.readAllLines(out().resolve(file)).stream()
                .map(LineFile.JSON::readTree)
                .toList();
    }

    @Test
    void whatRuleAndJudgeAgreeOnIsKeptWithWhereItIsFrom() throws Exception {
        AnnotationReport report = run(spec());

        assertThat(report.completions()).isEqualTo(6);
        assertThat(report.kept()).isEqualTo(4);
        assertThat(report.missing()).isZero();
        assertThat(report.agreement().all()).isEqualTo(new Agreement.Counts(2, 0, 2, 0, 2, 0, 0));
        assertThat(report.agreement().byType())
                .hasEntrySatisfying(
                        "words", words -> assertThat(words.correctUnclear()).isEqualTo(2));
        assertThat(lines("annotations.jsonl")).hasSize(6);
        List<JsonNode> kept = lines("kept.jsonl");
        assertThat(kept).hasSize(4);
        JsonNode first = kept.getFirst();
        assertThat(first.path("question").asString()).isEqualTo("What is 40 + 2?");
        assertThat(first.path("answer").asString()).isEqualTo("42");
        assertThat(first.path("completion").asString()).isEqualTo("it is 42");
        assertThat(first.path("gold_correct").booleanValue()).isTrue();
        assertThat(first.path("answer_type").asString()).isEqualTo("number");
        assertThat(first.at("/sampled/source").asString()).isEqualTo("student");
        assertThat(first.at("/sampled/model").asString()).isEqualTo("m1");
        assertThat(first.at("/sampled/sample").intValue()).isZero();
        assertThat(first.at("/rule/verdict").asString()).isEqualTo("CORRECT");
        assertThat(first.at("/judge/model").asString()).isEqualTo("m2");
        assertThat(first.at("/judge/verdict").asString()).isEqualTo("YES");
        assertThat(first.at("/judge/reply").asString()).isEqualTo("Yes.");
        assertThat(first.at("/judge/prompt_sha256").asString())
                .isEqualTo(spec().judge().prompt().sha256());
        assertThat(Files.readString(out().resolve("annotation.json")))
                .contains("Judge {{question}}")
                .contains(spec().judge().prompt().sha256());
        assertThat(rowsOfParquet()).isEqualTo("4 2 student NO");
        assertThat(lines("kept.jsonl").getLast().path("gold_correct").booleanValue())
                .isFalse();
    }

    private String rowsOfParquet() throws SQLException {
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement();
                var row = statement.executeQuery("select count(*), count(*) filter (gold_correct), min(sampled.source),"
                        + " min(judge.verdict) from read_parquet('" + out().resolve("kept.parquet") + "')")) {
            row.next();
            return row.getLong(1) + " " + row.getLong(2) + " " + row.getString(3) + " " + row.getString(4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 8, 11, 13})
    void anAnnotationThatWasStoppedGoesOnWithoutACallMadeTwice(int texts) throws Exception {
        List<AnnotationProgress> told = new ArrayList<>();
        AnnotationRun stopped = new AnnotationRun(spec(), out(), NOON);
        assertThatThrownBy(() -> stopped.run(progress -> {
                    told.add(progress);
                    if (told.size() == texts) {
                        throw new IllegalStateException("the power is gone");
                    }
                }))
                .hasMessageContaining("the power is gone");
        assertThat(told).hasSize(texts);
        // The last line was being written.
        Files.writeString(
                out().resolve(texts > 8 ? "annotations.jsonl" : "completions.jsonl"),
                "{\"sampled\": {\"prob",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);

        AnnotationReport report = run(spec());

        assertThat(endpoint.asked).hasSize(12);
        assertThat(report.completions()).isEqualTo(6);
        assertThat(report.kept()).isEqualTo(4);
        run(spec());
        assertThat(endpoint.asked).hasSize(12);
    }

    @Test
    void moreSamplesProblemsAndSourcesAreAddedToWhatIsThere() throws Exception {
        run(spec("columns: {", "limit: 2\n  columns: {"));
        assertThat(endpoint.asked).hasSize(8);

        AnnotationReport report = run(spec("samples: 2", "samples: 3"));

        assertThat(endpoint.asked).hasSize(18);
        assertThat(report.completions()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aBusyEndpointIsAskedAgain(int status) throws Exception {
        endpoint.replies.add(new Reply(status, Map.of("Retry-After", "0"), "busy"));

        assertThat(run(spec()).completions()).isEqualTo(6);
        assertThat(endpoint.asked).hasSize(13);
    }

    @Test
    void anEndpointThatStaysAwayEndsItAndALaterStartGoesOn() throws Exception {
        endpoint.replies.add(Reply.of(200, TestingEndpoint.completion("it is 42", "stop")));
        endpoint.replies.add(Reply.of(503, "overloaded"));
        endpoint.replies.add(Reply.of(503, "overloaded"));

        CooperException failure = catchThrowableOfType(CooperException.class, () -> run(spec()));

        assertThat(failure.reason()).isEqualTo(FailureReason.NO_CAPACITY);
        assertThat(failure)
                .hasMessageContaining("the endpoint of sources[0]")
                .hasMessageContaining("overloaded")
                .hasMessageContaining("sources[0].endpoint.max_retries");
        assertThat(lines("completions.jsonl")).hasSize(1);
        assertThat(run(spec()).completions()).isEqualTo(6);
    }

    @Test
    void aWrongKeyEndsItAtOnce() {
        endpoint.replies.add(Reply.of(401, "no such key"));

        CooperException failure = catchThrowableOfType(CooperException.class, () -> run(spec()));

        assertThat(failure.field()).contains("sources[0].endpoint.api_key_env");
        assertThat(endpoint.asked).hasSize(1);
    }

    @Test
    void whatASlowEndpointDoesNotAnswerIsAskedForByTheNextStart() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        AnnotationSpec impatient = spec("max_unanswered: 5", "max_unanswered: 6", "timeout: 20s", "timeout: 100ms");
        AnnotationReport report = run(impatient);
        assertThat(report.completions()).isZero();
        assertThat(report.missing()).isEqualTo(6);
        endpoint.gate.countDown();

        assertThat(run(spec()).completions()).isEqualTo(6);
    }

    @Test
    void tooManyTextsWithoutAnswerEndIt() {
        for (int i = 0; i < 6; i++) {
            endpoint.replies.add(Reply.of(200, "<html>"));
        }

        CooperException failure = catchThrowableOfType(CooperException.class, () -> run(spec()));

        assertThat(failure.reason()).isEqualTo(FailureReason.MODEL_FAULT);
        assertThat(failure)
                .hasMessageContaining("6 texts were not answered, and max_unanswered is 5")
                .hasMessageContaining("sources[0].endpoint.url");
    }

    @Test
    void labelsOfAnotherMakingAreNotMixedIn() throws Exception {
        run(spec());

        assertThat(refused(spec("Judge {{question}}", "Judge this: {{question}}")))
                .contains("another judge");
        assertThat(refused(spec("model: m1", "model: m3"))).contains("another sources.student");
        assertThat(refused(spec("max_unanswered: 5", "seed: 2"))).contains("another seed");
        Files.writeString(
                folder.resolve("problems.jsonl"),
                DATA + DATA.lines().toList().getFirst().replace("\"a\"", "\"d\""));
        assertThat(refused(spec())).contains("another data");
        assertThat(endpoint.asked).hasSize(12);
    }

    private String refused(AnnotationSpec other) {
        CooperException failure = catchThrowableOfType(CooperException.class, () -> run(other));
        assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT);
        return failure.detail();
    }

    @Test
    void twoAnnotationsDoNotWriteToOneFolder() throws Exception {
        AnnotationSpec spec = spec();
        List<String> refusals = new ArrayList<>();

        new AnnotationRun(spec, out(), NOON).run(_ -> {
            if (refusals.isEmpty()) {
                refusals.add(refused(spec));
            }
        });

        assertThat(refusals).singleElement().asString().contains("another annotation");
    }

    @Test
    void anInterruptedAnnotationStopsAndKeepsWhatItHas() throws Exception {
        List<Throwable> ends = new ArrayList<>();
        Thread thread = Thread.ofPlatform().unstarted(() -> {
            try {
                new AnnotationRun(spec(), out(), NOON).run(progress -> {
                    if (progress.done() == 2) {
                        endpoint.gate = new CountDownLatch(1);
                    }
                });
            } catch (IOException | InterruptedException e) {
                ends.add(e);
            }
        });
        thread.start();
        while (endpoint.asked.size() < 3) {
            Thread.sleep(10);
        }
        thread.interrupt();
        thread.join(20_000);
        endpoint.gate.countDown();

        assertThat(ends).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(lines("completions.jsonl")).hasSize(2);
        assertThat(run(spec()).completions()).isEqualTo(6);
    }

    /** As one that comes while a file is written: the channel closes, and what it throws is no InterruptedException. */
    @Test
    void anInterruptionThatAFileNoticesFirstIsOne() throws Exception {
        Thread.currentThread().interrupt();

        InterruptedException end = catchThrowableOfType(InterruptedException.class, () -> run(spec()));

        assertThat(end).hasCauseInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(run(spec()).completions()).isEqualTo(6);
    }

    @Test
    void aProblemWhoseReferenceCannotBeReadCostsNoCall() throws Exception {
        Files.writeString(
                folder.resolve("problems.jsonl"),
                DATA + "{\"id\": \"d\", \"question\": \"?\", \"answer\": \"\\\\boxed{\", \"kind\": \"\"}\n");

        AnnotationReport report = run(spec());

        assertThat(report.unreadableReferences()).isEqualTo(1);
        assertThat(report.problems()).isEqualTo(3);
        assertThat(endpoint.asked).hasSize(12);
    }

    @Test
    void badDataIsNamedByRowAndColumn() throws IOException {
        Files.writeString(
                folder.resolve("problems.jsonl"),
                DATA + "{\"id\": \"e\", \"question\": \" \", \"answer\": \"1\", \"kind\": \"\"}\n");
        assertThat(refused(spec())).contains("row 4").contains("question is blank");
        Files.writeString(folder.resolve("problems.jsonl"), "{\"id\": \"e\", \"question\": \"?\"}\n");
        assertThat(refused(spec())).contains("has no column answer; it has id, question");
        Files.writeString(folder.resolve("problems.jsonl"), DATA + DATA);
        assertThat(refused(spec())).contains("row 4: the id a stands twice");
        Files.writeString(folder.resolve("problems.jsonl"), "{");
        assertThat(refused(spec())).contains("problems.jsonl cannot be read");
    }
}
