package dev.cooper.reward.jobs;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.spec.SearchPath;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.reward.annotation.AnnotationProgress;
import dev.cooper.reward.annotation.AnnotationReport;
import dev.cooper.reward.annotation.AnnotationRun;
import dev.cooper.reward.annotation.AnnotationSpec;
import dev.cooper.reward.annotation.AnnotationSpecReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Annotations. The figures are the report, and beside it {@code kept_file}, the file of what may be learnt from. */
public final class AnnotationJobs implements JobKind {

    /** As the report's file has them. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final SearchPath paths;
    private final Map<String, String> environment;
    private final Clock clock;

    /**
     * The kind.
     *
     * @param paths where paths of a specification may lead
     * @param environment where the keys of endpoints stand
     */
    public AnnotationJobs(SearchPath paths, Map<String, String> environment, Clock clock) {
        this.paths = paths;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "annotations";
    }

    @Override
    public Job open(JsonNode spec, Path folder) {
        AnnotationSpec annotation = new AnnotationSpecReader(paths, environment).read(spec);
        return control -> run(new AnnotationRun(annotation, folder, clock), folder, control);
    }

    private static Optional<JsonNode> run(AnnotationRun annotation, Path folder, JobControl control)
            throws IOException {
        try (Stopper _ = new Stopper(control)) {
            return Optional.of(figures(annotation.run(progress -> tell(control, progress)), folder));
        } catch (InterruptedException e) {
            if (control.stopRequested()) {
                return Optional.empty();
            }
            Thread.currentThread().interrupt();
            throw new CooperException(FailureReason.CANCELLED, "the annotation was interrupted", e);
        }
    }

    private static void tell(JobControl control, AnnotationProgress progress) {
        control.progress(progress.done(), progress.wanted(), progress.line());
    }

    private static JsonNode figures(AnnotationReport report, Path folder) {
        ObjectNode figures = JSON.valueToTree(report);
        figures.put("kept_file", AnnotationRun.kept(folder).toString());
        return figures;
    }

    /** Interrupts the thread that made it once the job is asked to stop: an endpoint may not answer for a minute. */
    private static final class Stopper implements AutoCloseable {
        private final Thread worker = Thread.currentThread();
        private final Thread watcher;
        private boolean over;

        Stopper(JobControl control) {
            this.watcher = Thread.ofVirtual().name("annotation-stop").start(() -> watch(control));
        }

        private void watch(JobControl control) {
            try {
                while (!control.stopRequested()) {
                    Thread.sleep(BETWEEN_LOOKS);
                }
                stop();
            } catch (InterruptedException _) {
                // The job is over, and nobody is to be interrupted.
                return;
            }
        }

        private synchronized void stop() {
            if (!over) {
                worker.interrupt();
            }
        }

        /** After it nobody interrupts the worker for this job, and an interruption that came too late is forgotten. */
        @Override
        public void close() {
            synchronized (this) {
                over = true;
            }
            watcher.interrupt();
            Thread.interrupted();
        }
    }
}
