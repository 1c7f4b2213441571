package dev.cooper.cli.experiment;

import dev.cooper.cli.experiment.RunRecord.Probe;
import dev.cooper.cli.experiment.TrainedRun.Ended;
import dev.cooper.cli.local.CannotStartException;
import dev.cooper.orchestrator.file.FileTree;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what an experiment plans, some runs at the same time, and keeps a record of each. What has a record is not run
 * again unless it failed, and what was under way goes on. A run that fails does not stop the others.
 */
public final class ExperimentDriver {
    private static final Logger log = LoggerFactory.getLogger(ExperimentDriver.class);

    private final Experiment experiment;
    private final ExperimentFolder folder;
    private final FinalJudge judge;
    private final Inputs inputs;
    private final String main;
    private final Clock clock;
    private final ExperimentProgress progress;
    private final Queue<PlannedRun> open = new ArrayDeque<>();

    /**
     * A driver of this experiment.
     *
     * @param main class that the command line begins with, which platforms are started by
     */
    public ExperimentDriver(
            Experiment experiment, ExperimentFolder folder, String main, Clock clock, ProgressLines lines)
            throws IOException {
        this.experiment = experiment;
        this.folder = folder;
        this.judge = new FinalJudge(experiment.finals(), folder);
        this.inputs = new Inputs(experiment.finals());
        this.main = main;
        this.clock = clock;
        this.progress = new ExperimentProgress(experiment, clock, lines);
    }

    /**
     * Runs what is open.
     *
     * @return whether all that was planned is done
     */
    public boolean run() throws IOException {
        for (PlannedRun run : experiment.plan()) {
            Optional<RunRecord> kept = folder.kept(run);
            if (kept.filter(RunRecord::isUsable).isPresent()) {
                requireSameInputs(run, kept.get());
                progress.known(run, kept.get());
                clear(run);
            } else {
                beginAnewIfNothingCanGoOn(run, kept);
                open.add(run);
            }
        }
        progress.begins();
        Instant began = clock.instant();
        try (ExecutorService lanes = Executors.newFixedThreadPool(experiment.parallel())) {
            List<Future<?>> lanesWork = new ArrayList<>();
            for (int lane = 0; lane < experiment.parallel(); lane++) {
                lanesWork.add(lanes.submit(() -> work(began)));
            }
            for (Future<?> lane : lanesWork) {
                await(lane);
            }
        }
        progress.ends(open.size());
        for (PlannedRun run : experiment.plan()) {
            if (folder.kept(run).filter(RunRecord::isUsable).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void requireSameInputs(PlannedRun run, RunRecord kept) throws IOException {
        if (kept.inputsSha256() != null && !kept.inputsSha256().equals(inputs.sha256(run))) {
            throw new FileSystemException(
                    run.id(),
                    null,
                    "was run with other data or models, or its end was judged in another way; bring them back, give"
                            + " another --out, or delete its record in " + folder.recordFolder() + " to run it again");
        }
    }

    /**
     * A run that ended as FAILED stays so on its platform, where a platform that failed under a run is only started
     * again; and what is left of a run without its platform is of one that nobody wants any more.
     */
    private void beginAnewIfNothingCanGoOn(PlannedRun run, Optional<RunRecord> kept) throws IOException {
        boolean failed = kept.isPresent() && !kept.get().runId().isEmpty();
        boolean trained = run.arm().mode().isPresent();
        if (failed || (trained && !Files.exists(folder.work(run)))) {
            folder.forget(run);
        }
    }

    private static void await(Future<?> lane) {
        try {
            lane.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an experiment runs", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    private void work(Instant began) {
        for (PlannedRun run = next(began); run != null; run = next(began)) {
            Instant start = clock.instant();
            progress.started(run);
            RunRecord record;
            try {
                record = run.arm().mode().isPresent() ? train(run) : judgeAsItIs(run, start);
            } catch (IOException | RuntimeException e) {
                log.warn("{} failed", run.id(), e);
                record = RunRecord.failed(run, String.valueOf(e.getMessage()), seconds(start));
            }
            keep(run, record);
        }
    }

    private synchronized @Nullable PlannedRun next(Instant began) {
        boolean over = experiment
                .timeLimit()
                .map(limit -> clock.instant().isAfter(began.plus(limit)))
                .orElse(false);
        return over ? null : open.poll();
    }

    /** A record that cannot be kept is a full disk: there is no use in going on, in the other lanes neither. */
    private void keep(PlannedRun run, RunRecord record) {
        try {
            folder.keep(run, record);
        } catch (IOException e) {
            abandon();
            throw new CannotStartException("the record of " + run.id() + " cannot be kept: " + e, e);
        }
        if (record.isUsable()) {
            clear(run);
        }
        progress.done(run, record);
    }

    private synchronized void abandon() {
        open.clear();
    }

    /** What a platform that had to be killed leaves may still be written to: then it stays until the next start. */
    private void clear(PlannedRun run) {
        try {
            FileTree.delete(folder.work(run));
        } catch (IOException e) {
            log.warn("the work folder of {} is kept, for it cannot be deleted yet", run.id(), e);
        }
    }

    private RunRecord judgeAsItIs(PlannedRun run, Instant start) throws IOException {
        var finals = judge.judge(run, run.arm().model());
        return new RunRecord(
                run.arm().name(),
                run.seed(),
                RunRecord.modeOf(run),
                run.sha256(),
                inputs.sha256(run),
                "COMPLETED",
                "",
                "",
                seconds(start),
                List.of(),
                List.of(),
                finals,
                Map.of(),
                List.of());
    }

    private RunRecord train(PlannedRun run) throws IOException {
        // Before the run, which may be longer than the files stay as they are.
        String inputsSha256 = inputs.sha256(run);
        Ended ended = new TrainedRun(run, folder, main, clock, view -> progress.at(run, view)).toTheEnd();
        Path policy = ended.policy();
        String reason = ended.view().reason() == null ? "" : ended.view().reason();
        String state = policy == null ? "FAILED" : ended.view().state();
        return new RunRecord(
                run.arm().name(),
                run.seed(),
                RunRecord.modeOf(run),
                run.sha256(),
                inputsSha256,
                state,
                policy == null && reason.isEmpty() ? "no step was committed" : reason,
                ended.view().id(),
                ended.wallSeconds(),
                ended.steps(),
                ended.evaluations(),
                policy == null || !RunRecord.isReported(state) ? Map.of() : judge.judge(run, policy),
                RunRecord.isReported(state) ? probes(run, ended) : Map.of(),
                ended.examples());
    }

    private Map<String, Probe> probes(PlannedRun run, Ended ended) throws IOException {
        Map<String, Probe> probes = new HashMap<>();
        if (judge.hasProbe() && ended.reward() != null && ended.view().spec() != null) {
            var section = ended.view().spec().path("reward");
            Path initial = Path.of(run.arm().run().path("reward").path("model").asString(""));
            probes.put(RunRecord.INITIAL, judge.probe(initial, section));
            probes.put(RunRecord.FINAL, judge.probe(ended.reward(), section));
        }
        return probes;
    }

    private double seconds(Instant start) {
        return Duration.between(start, clock.instant()).toMillis() / 1000.0;
    }
}
