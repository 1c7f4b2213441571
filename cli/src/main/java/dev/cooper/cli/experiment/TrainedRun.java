package dev.cooper.cli.experiment;

import dev.cooper.cli.client.ApiException;
import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.EvaluationView;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.StepView;
import dev.cooper.cli.experiment.RunRecord.Example;
import dev.cooper.cli.experiment.RunRecord.Step;
import dev.cooper.cli.local.CannotStartException;
import dev.cooper.orchestrator.file.DurableFile;
import dev.cooper.orchestrator.file.FileTree;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One run on a platform of its own, from its submission, or from where it was left, to its end. */
final class TrainedRun {
    private static final Logger log = LoggerFactory.getLogger(TrainedRun.class);
    private static final Duration BEFORE_NEXT_START = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AWAY = Duration.ofMinutes(2);
    /** A platform that dies so often without a step in between will die again. */
    private static final int STARTS = 3;
    /** A run that pauses so often, which groups that do not close make it do, will do so again. */
    private static final int RESUMES = 3;

    private static final Duration BEFORE_RESUME_AGAIN = Duration.ofSeconds(10);
    /** How the reason of a pause begins by which the hacking detector ends a run. */
    private static final String SUSPECTED = "reward hacking suspected";

    private static final int EXAMPLES = 5;
    private static final double LIKED = 0.5;

    private final PlannedRun run;
    private final Path work;
    private final Path models;
    private final String main;
    private final Clock clock;
    private final Consumer<RunView> progress;

    /** What is known of a run under way: enough to find it again. The specification is null in an older note. */
    record Note(String runId, double wallSeconds, @Nullable String specSha256) {}

    /**
     * How it ended.
     *
     * @param view as it ended; its specification with all defaults
     * @param policy folder of the model that it ended with; null when no step was committed
     * @param reward likewise; null in mode rule too
     */
    record Ended(
            RunView view,
            double wallSeconds,
            List<Step> steps,
            List<EvaluationView> evaluations,
            @Nullable Path policy,
            @Nullable Path reward,
            List<Example> examples) {}

    /** @param progress told of the run as it is, now and then */
    TrainedRun(PlannedRun run, ExperimentFolder folder, String main, Clock clock, Consumer<RunView> progress) {
        this.run = run;
        this.work = folder.work(run);
        this.models = folder.models(run);
        this.main = main;
        this.clock = clock;
        this.progress = progress;
    }

    /** @throws RuntimeException if the platform does not start, or it or the run stops again and again */
    Ended toTheEnd() throws IOException {
        long seen = -1;
        for (int started = 1; true; started++) {
            try (ChildPlatform platform = ChildPlatform.start(main, work)) {
                Following following = new Following(platform);
                try {
                    return following.toTheEnd();
                } catch (ApiException e) {
                    if (following.step > seen) {
                        seen = following.step;
                        started = 1;
                    }
                    boolean refused = platform.isAlive() && !e.isTransient();
                    if (refused || started >= STARTS) {
                        throw e;
                    }
                    log.warn("the platform of {} is gone; starting it again", run.id(), e);
                }
            } catch (CannotStartException e) {
                if (started >= STARTS) {
                    throw e;
                }
                // A platform that was left by a killed experiment may still be closing.
                log.warn("the platform of {} does not start yet", run.id(), e);
                Pause.of(BEFORE_NEXT_START);
            }
        }
    }

    /** The run on one platform. */
    private final class Following {
        private final ChildPlatform platform;
        private final CooperClient client;
        private final Instant began = clock.instant();
        private final Path file = work.resolve("experiment-run.json");
        private final Optional<Note> noted;
        private String id = "";
        private long step = -1;
        private int resumed;
        private Instant asked = Instant.EPOCH;

        Following(ChildPlatform platform) throws IOException {
            this.platform = platform;
            this.client = platform.client();
            this.noted = Files.exists(file)
                    ? Optional.of(ExperimentFolder.MAPPER.readValue(Files.readString(file), Note.class))
                    : Optional.empty();
            String known = noted.map(Note::specSha256).orElse(null);
            if (known != null && !known.equals(run.sha256())) {
                throw new FileSystemException(
                        work.toString(),
                        null,
                        "is of another specification of " + run.id()
                                + "; give another --out, or delete it to begin again");
            }
        }

        private RunView begin() {
            if (noted.isPresent()) {
                return client.run(noted.get().runId());
            }
            // The platform is this run's own: one of that name was submitted before a stop that left no note.
            return client.runs().stream()
                    .filter(there -> there.name().equals(run.name()))
                    .findFirst()
                    .orElseGet(() -> client.submit(run.spec()));
        }

        private double wallSeconds() {
            return noted.map(Note::wallSeconds).orElse(0.0)
                    + Duration.between(began, clock.instant()).toMillis() / 1000.0;
        }

        private void note() throws IOException {
            DurableFile.write(
                    file, ExperimentFolder.MAPPER.writeValueAsString(new Note(id, wallSeconds(), run.sha256())));
        }

        Ended toTheEnd() throws IOException {
            RunView view = begin();
            id = view.id();
            note();
            Instant answered = clock.instant();
            while (!view.isFinished() && !endsPaused(view)) {
                Pause.of(LOOK);
                try {
                    view = goOn(client.run(id));
                    answered = clock.instant();
                    progress.accept(view);
                    if (view.step() > step) {
                        step = view.step();
                        note();
                    }
                } catch (ApiException e) {
                    boolean gone = !platform.isAlive() || clock.instant().isAfter(answered.plus(AWAY));
                    if (!e.isTransient() || gone) {
                        throw e;
                    }
                }
            }
            return collect(view);
        }

        /** The detector's pause is an end that the specification asks for; any other one is not. */
        private static boolean endsPaused(RunView view) {
            return view.state().equals("PAUSED")
                    && view.reason() != null
                    && view.reason().startsWith(SUSPECTED);
        }

        private RunView goOn(RunView view) {
            boolean paused = view.state().equals("PAUSED") && !endsPaused(view);
            if (!paused || clock.instant().isBefore(asked.plus(BEFORE_RESUME_AGAIN))) {
                return view;
            }
            if (resumed == RESUMES) {
                throw new IllegalStateException("it pauses again and again: " + view.reason());
            }
            resumed++;
            asked = clock.instant();
            log.warn("{} has paused and is told to go on: {}", run.id(), view.reason());
            return client.ask(id, "resume");
        }

        private Ended collect(RunView view) throws IOException {
            double wall = wallSeconds();
            List<StepView> committed = client.steps(view.id(), 1).stream()
                    .filter(StepView::isCommitted)
                    .toList();
            long last = committed.isEmpty() ? 0 : committed.getLast().step();
            FileTree.delete(models);
            return new Ended(
                    view,
                    wall,
                    committed.stream().map(s -> new Step(s.step(), s.metrics())).toList(),
                    client.evaluations(view.id()),
                    last == 0 ? null : export(view, last, "policy"),
                    last == 0 || view.reward() == null ? null : export(view, last, "reward"),
                    view.reward() == null || last == 0 ? List.of() : examples(view, last));
        }

        private Path export(RunView view, long last, String model) {
            Path target = models.resolve(model);
            client.export(view.id(), last, model, target);
            return target;
        }

        private List<Example> examples(RunView view, long last) {
            try {
                return liked(last, client.rollouts(view.id(), last));
            } catch (ApiException e) {
                if (e.status() == 404) {
                    // A run that ended by itself may not have archived its last step.
                    return List.of();
                }
                throw e;
            }
        }
    }

    /** What the reward model likes best of what the rule rejects, one completion a group. */
    private static List<Example> liked(long step, JsonNode rollouts) {
        List<Example> liked = new ArrayList<>();
        for (JsonNode group : rollouts.path("groups")) {
            group.path("completions")
                    .valueStream()
                    .filter(completion ->
                            completion.path("verdict").asString("").equals("INCORRECT"))
                    .map(completion -> new Example(
                            step,
                            group.path("question").asString(""),
                            group.path("reference").asString(""),
                            completion.path("text").asString(""),
                            completion.path("score").asDouble(0),
                            completion.path("reason").asString("")))
                    .filter(example -> example.score() > LIKED)
                    .max(Comparator.comparingDouble(Example::score))
                    .ifPresent(liked::add);
        }
        liked.sort(Comparator.comparingDouble(Example::score).reversed());
        return liked.subList(0, Math.min(EXAMPLES, liked.size()));
    }
}
