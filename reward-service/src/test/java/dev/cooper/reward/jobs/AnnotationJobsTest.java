package dev.cooper.reward.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.modelruntime.testing.TestingEndpoint;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.spec.FileRoots;
import dev.cooper.platform.spec.SearchPath;
import dev.cooper.platform.spec.SpecDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class AnnotationJobsTest {

    @TempDir
    private Path folder;

    private TestingEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new TestingEndpoint();
        endpoint.model = request ->
                request.path("messages").path(0).path("content").asString().startsWith("judge")
                        ? "yes"
                        : "It is \\boxed{4}";
        Files.writeString(folder.resolve("problems.jsonl"), """
                {"question": "2+2?", "answer": "4"}
                {"question": "2+3?", "answer": "5"}
                """);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private Job job() {
        return new AnnotationJobs(new SearchPath(List.of(folder)), Map.of(), Clock.systemUTC())
                .open(SpecDocument.yaml("""
                        data: {path: problems.jsonl}
                        sources: [{name: a, samples: 1, endpoint: {url: "%1$s", model: a}}]
                        judge: {prompt: "judge {{completion}}", endpoint: {url: "%1$s", model: b}}
                        """.formatted(endpoint.url())), folder.resolve("work"));
    }

    private record Control(BooleanSupplier stops, AtomicLong done) implements JobControl {
        @Override
        public boolean stopRequested() {
            return stops.getAsBoolean();
        }

        @Override
        public void progress(long texts, long total, String line) {
            assertThat(texts).isLessThanOrEqualTo(total);
            assertThat(line).contains(" of ");
            done.set(texts);
        }
    }

    @Test
    void aJobEndsWithItsReportAndSaysWhereTheKeptCompletionsAre() throws IOException {
        AtomicLong done = new AtomicLong();

        JsonNode figures = job().run(new Control(() -> false, done)).orElseThrow();

        assertThat(done).hasValue(2);
        assertThat(figures.path("completions").asInt()).isEqualTo(2);
        assertThat(figures.path("unreadable_references").isNumber()).isTrue();
        assertThat(figures.path("kept").asInt()).as("rule and judge agree on 4").isEqualTo(1);
        assertThat(Path.of(figures.path("kept_file").asString())).content().hasLineCount(1);
    }

    @Test
    void aJobThatIsAskedToStopLeavesAnEndpointThatDoesNotAnswerAndGoesOnLater() throws IOException {
        endpoint.gate = new CountDownLatch(1);

        Optional<JsonNode> stopped = job().run(new Control(() -> !endpoint.asked.isEmpty(), new AtomicLong()));

        assertThat(stopped).isEmpty();
        assertThat(Thread.currentThread().isInterrupted())
                .as("the worker's thread is good for the next job")
                .isFalse();
        endpoint.gate.countDown();
        assertThat(job().run(new Control(() -> false, new AtomicLong())))
                .hasValueSatisfying(
                        figures -> assertThat(figures.path("missing").asInt()).isZero());
    }

    @Test
    void aWrongSpecificationIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> new AnnotationJobs(new SearchPath(List.of(folder)), Map.of(), Clock.systemUTC())
                        .open(SpecDocument.yaml("data: {path: absent.jsonl}"), folder.resolve("work")))
                .isInstanceOfSatisfying(
                        BadInputException.class,
                        bad -> assertThat(bad.problems())
                                .extracting(BadInputException.FieldProblem::field)
                                .contains("data.path", "sources"));
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void pathsAndModelsOutsideOfTheRootsAreRefused() {
        SearchPath paths = new SearchPath(
                List.of(folder), FileRoots.below(List.of(folder.resolve("inputs")), "cooper.jobs.files-roots"));
        assertThatThrownBy(() -> new AnnotationJobs(paths, Map.of(), Clock.systemUTC())
                        .open(SpecDocument.yaml("""
                                data: {path: problems.jsonl}
                                sources: [{name: a, model: /etc}]
                                judge: {model: inputs/../../model}
                                """), folder.resolve("work")))
                .isInstanceOfSatisfying(
                        BadInputException.class,
                        bad -> assertThat(bad.problems())
                                .hasSize(3)
                                .allSatisfy(problem -> assertThat(problem.message())
                                        .contains("is outside of", "cooper.jobs.files-roots")));
    }
}
