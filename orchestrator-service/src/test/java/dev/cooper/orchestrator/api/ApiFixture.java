package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.archive.ParquetStepArchive;
import dev.cooper.orchestrator.dataset.DataSets;
import dev.cooper.orchestrator.file.RunStorage;
import dev.cooper.orchestrator.hacking.SecondOpinion;
import dev.cooper.orchestrator.models.StoredModels;
import dev.cooper.orchestrator.models.TestingModels;
import dev.cooper.orchestrator.preflight.Preflight;
import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunModel;
import dev.cooper.orchestrator.run.RunProgress;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.RunStatus;
import dev.cooper.orchestrator.run.RunTimes;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepInstants;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.run.TestingRunLedger;
import dev.cooper.orchestrator.schedule.EventBell;
import dev.cooper.orchestrator.spec.RunSpecReader;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.spec.FileRoots;
import dev.cooper.platform.web.ProblemAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.annotation.Order;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API over a ledger in memory. */
abstract class ApiFixture {

    static final int MOST_UNFINISHED = 10;

    private static final Duration LEASE = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    final TestingRunLedger ledger = new TestingRunLedger();
    final EventBell bell = new EventBell();
    final Map<String, RunProgress> progress = new HashMap<>();
    final Clock clock = Clock.fixed(TestRuns.CREATED, ZoneOffset.UTC);
    ParquetStepArchive archive;
    EventStreams streams;
    long freeBytes = 1L << 40;
    MockMvcTester http;

    @BeforeEach
    void serve() throws IOException {
        Files.writeString(folder.resolve("train.jsonl"), "{\"question\": \"1 + 1?\", \"answer\": \"2\"}\n");
        TestingModels.write(folder.resolve("tiny"), 0);
        TestingModels.writeReward(folder.resolve("tiny-rm"), "[1, 3]");
        streams = new EventStreams(ledger, bell, clock, Duration.ofMillis(50));
        streams.start();
        RunStorage storage = new RunStorage(folder);
        Preflight preflight = new Preflight(folder, () -> freeBytes, () -> OptionalLong.of(1 << 20));
        RunDesk desk =
                new RunDesk(ledger, storage, new RunDesk.Admission(preflight, MOST_UNFINISHED), clock, new Random(1));
        LiveProgress live = runId -> Optional.ofNullable(progress.get(runId));
        archive = new ParquetStepArchive(folder, new TopicNames("cooper"));
        FileRoots roots = FileRoots.below(List.of(folder), "more-files-roots");
        RunSpecReader specs = new RunSpecReader(folder, roots, new DataSets());
        StoredModels models = new StoredModels(folder);
        ModelDesk modelDesk = new ModelDesk(desk, models, folder, roots);
        Forks forks = new Forks(desk, modelDesk, models, specs, storage);
        http = MockMvcTester.of(
                List.of(
                        new RunController(desk, forks, specs, new RunViews(ledger, live, clock), streams),
                        new StepController(desk, archive, live),
                        new ModelController(modelDesk),
                        new HackingController(new HackingDesk(desk, ledger, opinion()))),
                builder -> builder.setControllerAdvice(new SpringsOwn(), new ProblemAnswers())
                        .build());
    }

    /** Of the judge beside the rule. */
    SecondOpinion opinion() {
        return SecondOpinion.NONE;
    }

    @AfterEach
    void stop() throws SQLException {
        streams.stop();
        archive.close();
    }

    /** What {@code spring.mvc.problemdetails.enabled} registers in a service. */
    @ControllerAdvice
    @Order(0)
    static final class SpringsOwn extends ResponseEntityExceptionHandler {}

    Run run(String id, RunState state) {
        return run(TestRuns.queued(id, "/data/train.jsonl"), state);
    }

    Run run(Run queued, RunState state) {
        String id = queued.id();
        ledger.create(queued, new RunEvent(0, id, 0, "RunQueued", TestRuns.CREATED, Map.of()));
        ledger.takeOver(id, "me", TestRuns.CREATED, LEASE);
        if (state != RunState.QUEUED) {
            commit(in(ledger.run(id).orElseThrow(), state), "Run" + state);
        }
        return ledger.run(id).orElseThrow();
    }

    static Run in(Run run, RunState state) {
        String reason = state == RunState.PAUSED ? "paused by its user" : "";
        return new Run(
                run.id(),
                run.spec(),
                new RunStatus(state, run.wish(), reason, run.fence(), 2),
                new RunModel("c0", TestRuns.version(1)),
                run.rewardModel().map(_ -> new RunModel("c0", TestRuns.version(1))),
                new RunTimes(run.createdAt(), Optional.of(run.createdAt()), Optional.empty()));
    }

    void commit(Run run, String event) {
        ledger.commit(new Move(
                run,
                Optional.empty(),
                Optional.empty(),
                List.of(new RunEvent(0, run.id(), 1, event, TestRuns.CREATED, Map.of("n", 1L))),
                List.of()));
        bell.ring();
    }

    void step(Run run, long number, StepState state) {
        ModelUpdate update = new ModelUpdate(
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                TestRuns.version(0),
                Optional.of(TestRuns.version(1)),
                "batch");
        Step step = new Step(
                run.id(),
                number,
                state,
                update,
                run.rewardModel().map(_ -> update),
                Map.of("seconds_sampling", 0.5, "seconds_total", 0.75, "kl", 0.001),
                new StepInstants(
                        TestRuns.CREATED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(TestRuns.CREATED)));
        ledger.commit(new Move(run, Optional.of(step), Optional.empty(), List.of(), List.of()));
    }

    static JsonNode json(MvcTestResult result) {
        return JsonMapper.shared().readTree(result.getResponse().getContentAsByteArray());
    }
}
