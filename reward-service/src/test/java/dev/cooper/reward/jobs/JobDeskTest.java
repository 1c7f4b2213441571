package dev.cooper.reward.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.NotFoundException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.failure.QuotaException;
import dev.cooper.platform.spec.SearchPath;
import dev.cooper.platform.spec.SpecDocument;
import dev.cooper.reward.training.TestingTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

class JobDeskTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final String COUNTS = "counts";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private final Counting counting = new Counting();
    private static final int MOST_UNFINISHED = 10;

    private JobDesk desk = new JobDesk(Path.of("none"), List.of(), 1, CLOCK);

    @AfterEach
    void closeDesk() {
        desk.close();
    }

    /** Counts up to {@code to}, a step for each permit, and keeps the count in its folder. */
    private static final class Counting implements JobKind {
        final Semaphore permits = new Semaphore(0);
        final Semaphore counted = new Semaphore(0);

        @Override
        public String name() {
            return COUNTS;
        }

        @Override
        public Job open(JsonNode spec, Path work) {
            JsonNode to = spec.path("to");
            if (!to.isInt()) {
                throw new BadInputException(List.of(new BadInputException.FieldProblem("to", "must be a number")));
            }
            return control -> count(to.intValue(), work, control);
        }

        private Optional<JsonNode> count(int to, Path work, JobControl control) throws IOException {
            Files.createDirectories(work);
            Path file = work.resolve("count");
            int count = Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
            while (count < to) {
                if (control.stopRequested()) {
                    return Optional.empty();
                }
                if (count == 13) {
                    throw CooperException.badInput("to", "13 cannot be passed");
                }
                if (!tryOne()) {
                    continue;
                }
                count++;
                Files.writeString(file, Integer.toString(count));
                control.progress(count, to, "counted " + count);
                counted.release();
            }
            return Optional.of(new StringNode("counted to " + count));
        }

        private boolean tryOne() {
            try {
                return permits.tryAcquire(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        void awaitCounted(int steps) throws InterruptedException {
            permits.release(steps);
            assertThat(counted.tryAcquire(steps, PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private void open() {
        SearchPath paths = new SearchPath(List.of(folder));
        desk = new JobDesk(
                folder.resolve("jobs"),
                List.of(counting, new RewardTrainingJobs(paths, CLOCK)),
                MOST_UNFINISHED,
                CLOCK);
        desk.start();
    }

    private static JsonNode to(int number) {
        return SpecDocument.json("{\"to\": " + number + "}");
    }

    private JobView await(String kind, long id, Predicate<JobView> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        JobView job = desk.find(kind, id);
        while (!wanted.test(job) && System.nanoTime() < end) {
            Thread.sleep(20);
            job = desk.find(kind, id);
        }
        assertThat(job).matches(wanted);
        return job;
    }

    private JobView await(long id, JobState state) throws InterruptedException {
        return await(COUNTS, id, job -> job.state() == state);
    }

    @Test
    void jobsAreDoneOneAfterTheOther() throws InterruptedException {
        open();
        assertThat(desk.submit(COUNTS, to(2)).state()).isEqualTo(JobState.QUEUED);
        desk.submit(COUNTS, to(1));
        await(1, JobState.RUNNING);
        counting.awaitCounted(1);
        JobView first = await(COUNTS, 1, job -> job.progress() != null);
        assertThat(first.progress()).isEqualTo(new JobView.Progress(1, 2, "counted 1", CLOCK.instant()));
        assertThat(desk.find(COUNTS, 2).state()).isEqualTo(JobState.QUEUED);
        counting.permits.release(2);
        JobView second = await(2, JobState.DONE);
        assertThat(second.figures()).isEqualTo(new StringNode("counted to 1"));
        assertThat(second.started()).isEqualTo(CLOCK.instant()).isEqualTo(second.ended());
        assertThat(desk.list(COUNTS)).extracting(JobView::id).containsExactly(2L, 1L);
        assertThat(desk.list("reward-trainings")).isEmpty();
    }

    @Test
    void noMoreJobsAreTakenThanTheQuotaAllows() {
        open();
        for (int i = 0; i < MOST_UNFINISHED; i++) {
            desk.submit(COUNTS, to(100));
        }
        assertThatThrownBy(() -> desk.submit(COUNTS, to(1)))
                .isInstanceOf(QuotaException.class)
                .hasMessageContaining("cooper.jobs.unfinished");
        desk.cancel(COUNTS, MOST_UNFINISHED);
        assertThat(desk.submit(COUNTS, to(1)).id()).isEqualTo(MOST_UNFINISHED + 1);
    }

    @Test
    void aJobGoesOnAfterARestart() throws InterruptedException {
        open();
        desk.submit(COUNTS, to(3));
        desk.submit(COUNTS, to(1));
        counting.awaitCounted(2);
        desk.close();
        open();
        counting.permits.release(2);
        await(2, JobState.DONE);
        JobView first = desk.find(COUNTS, 1);
        assertThat(first.figures()).isEqualTo(new StringNode("counted to 3"));
        assertThat(desk.submit(COUNTS, to(0)).id()).isEqualTo(3);
    }

    @Test
    void aCancelledJobStopsAndTheNextHasItsTurn() throws InterruptedException {
        open();
        desk.submit(COUNTS, to(100));
        desk.submit(COUNTS, to(1));
        desk.submit(COUNTS, to(0));
        await(1, JobState.RUNNING);
        assertThat(desk.cancel(COUNTS, 2).state()).isEqualTo(JobState.CANCELLED);
        assertThat(desk.cancel(COUNTS, 1).state()).isEqualTo(JobState.CANCELLING);
        await(1, JobState.CANCELLED);
        await(3, JobState.DONE);
        assertThatThrownBy(() -> desk.cancel(COUNTS, 1))
                .isInstanceOf(PreconditionException.class)
                .hasMessageContaining("CANCELLED");
    }

    @Test
    void aFailureIsToldByReasonAndField() throws InterruptedException {
        open();
        counting.permits.release(13);
        desk.submit(COUNTS, to(20));
        JobView failed = await(1, JobState.FAILED);
        assertThat(failed.failure()).isEqualTo(new JobView.Failure("BAD_INPUT", "13 cannot be passed", "to"));
        desk.submit(COUNTS, to(0));
        await(2, JobState.DONE);
    }

    @Test
    void aBadSpecificationIsRefusedAndNothingKept() {
        open();
        assertThatThrownBy(() -> desk.submit(COUNTS, SpecDocument.json("{\"to\": \"x\"}")))
                .isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> desk.submit("annotations", to(1)))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("this instance does no annotations; it does counts, reward-trainings");
        assertThat(folder.resolve("jobs")).doesNotExist();
        assertThatThrownBy(() -> desk.find(COUNTS, 1)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aDamagedJobIsPassedOverAndItsNumberNotUsedAgain() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("jobs/4"));
        Files.writeString(folder.resolve("jobs/4/job.json"), "{");
        open();
        assertThat(desk.submit(COUNTS, to(0)).id()).isEqualTo(5);
        await(5, JobState.DONE);
    }

    @Test
    void aTrainingGoesOnAfterARestartAndMakesWhatItWouldHaveMade() throws IOException, InterruptedException {
        TestingTraining.prepare(folder);
        JsonNode spec = SpecDocument.yaml(TestingTraining.yaml("base: base")
                .replace("epochs: 3", "epochs: 12")
                .replace("every: 5", "every: 5, patience: 0"));
        open();
        String kind = "reward-trainings";
        desk.submit(kind, spec);
        await(kind, 1, job -> job.progress() != null && job.progress().done() > 5);
        desk.close();
        assertThat(desk.find(kind, 1).state()).isEqualTo(JobState.RUNNING);
        open();
        desk.submit(kind, spec);
        JsonNode whole = figures(await(kind, 2, job -> job.state() == JobState.DONE));
        JsonNode parts = figures(desk.find(kind, 1));
        assertThat(parts.path("checksum").stringValue())
                .isEqualTo(whole.path("checksum").stringValue());
        assertThat(parts.path("steps")).isEqualTo(new IntNode(96));
        assertThat(Path.of(parts.path("model").stringValue()).resolve("model.safetensors"))
                .exists();
    }

    @Test
    void aModelThatCannotBeUsedIsTheRequestsFault() throws IOException, InterruptedException {
        TestingTraining.prepare(folder);
        open();
        desk.submit("reward-trainings", SpecDocument.yaml(TestingTraining.yaml("reward_model: base")));
        JobView failed = await("reward-trainings", 1, job -> job.state() == JobState.FAILED);
        assertThat(failed.failure())
                .matches(failure -> failure != null && failure.reason().equals("BAD_INPUT"));
    }

    private static JsonNode figures(JobView job) {
        JsonNode figures = job.figures();
        assertThat(figures).isNotNull();
        return figures == null ? new StringNode("") : figures;
    }
}
