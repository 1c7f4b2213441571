package dev.cooper.reward.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as it is now, which is also how it is kept.
 *
 * @param id from 1, by the order of requests to this instance
 * @param kind such as {@code reward-trainings}
 * @param state where it is
 * @param created when it was asked for
 * @param started when it first had its turn
 * @param ended when it was done, failed or was cancelled
 * @param folder what it keeps and makes
 * @param progress how far it is, once this process has worked on it
 * @param failure why it failed
 * @param figures what came out
 */
public record JobView(
        long id,
        String kind,
        JobState state,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended,
        String folder,
        @Nullable Progress progress,
        @Nullable Failure failure,
        @Nullable JsonNode figures) {

    /**
     * How far a job is.
     *
     * @param done units of work done
     * @param total units in all; 0 while unknown
     * @param line for people
     * @param at when it told so
     */
    public record Progress(long done, long total, String line, Instant at) {}

    /**
     * Why a job failed.
     *
     * @param reason of the closed set of reasons
     * @param field that is wrong, if one is
     */
    public record Failure(
            String reason, String detail, @Nullable String field) {}

    JobView running(Instant now) {
        return new JobView(
                id,
                kind,
                JobState.RUNNING,
                created,
                started == null ? now : started,
                null,
                folder,
                progress,
                null,
                null);
    }

    JobView cancelling() {
        return new JobView(id, kind, JobState.CANCELLING, created, started, null, folder, progress, failure, figures);
    }

    JobView with(Progress told) {
        return new JobView(id, kind, state, created, started, ended, folder, told, failure, figures);
    }

    JobView ended(JobState how, Instant now, @Nullable Failure why, @Nullable JsonNode what) {
        return new JobView(id, kind, how, created, started, now, folder, progress, why, what);
    }
}
