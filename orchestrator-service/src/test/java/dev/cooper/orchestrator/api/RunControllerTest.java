package dev.cooper.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunProgress;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.SetFigures;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.run.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunControllerTest extends ApiFixture {

    @Test
    void runIsCreatedFromYaml() {
        MvcTestResult created = http.post()
                .uri("/api/v1/runs")
                .contentType(MediaType.APPLICATION_YAML)
                .content("""
                        name: Größe zählt!
                        steps: 10
                        data: {train: {path: train.jsonl}}
                        policy: {model: tiny}
                        """.getBytes(StandardCharsets.UTF_8))
                .exchange();

        assertThat(created).hasStatus(201);
        JsonNode run = json(created);
        String id = run.get("id").stringValue();
        assertThat(id).matches("gr-e-z-hlt-[a-z2-9]{6}");
        assertThat(created.getResponse().getHeader("Location")).isEqualTo("/api/v1/runs/" + id);
        assertThat(run.get("name").stringValue()).isEqualTo("Größe zählt!");
        assertThat(run.get("state").stringValue()).isEqualTo("QUEUED");
        assertThat(run.get("steps_total").intValue()).isEqualTo(10);
        assertThat(run.at("/spec/sampling/group_size").intValue()).isEqualTo(8);
        assertThat(run.get("reason").isNull()).isTrue();
        assertThat(run.get("policy").isNull()).isTrue();
        assertThat(run.get("created_at").stringValue()).isEqualTo("2026-11-21T03:00:00.123456Z");
        assertThat(ledger.events(id, 0, 10)).extracting(RunEvent::type).containsExactly("RunQueued");
    }

    @ParameterizedTest
    @CsvSource({
        "policy.model, {model: /etc}, train.jsonl",
        "policy.model, {model: ../outside}, train.jsonl",
        "data.train.path, {model: tiny}, /etc/passwd",
        "data.train.path, {model: tiny}, tiny/../../../../../../etc/passwd",
        "data.train.path, {model: tiny}, away/passwd",
    })
    void pathThatLeadsOutOfTheRootsIsRefusedWithoutALookAtIt(String field, String policy, String train)
            throws IOException {
        Files.createSymbolicLink(folder.resolve("away"), Path.of("/etc"));
        MvcTestResult refused = http.post()
                .uri("/api/v1/runs")
                .contentType(MediaType.APPLICATION_YAML)
                .content("name: x\nsteps: 1\npolicy: " + policy + "\ndata: {train: {path: " + train
                        + ", format: jsonl}}")
                .exchange();

        assertThat(refused).hasStatus(400);
        assertThat(json(refused).at("/errors")).hasSize(1);
        assertThat(json(refused).at("/errors/0/field").stringValue()).isEqualTo(field);
        assertThat(json(refused).at("/errors/0/message").stringValue())
                .contains("is outside of " + folder, "more-files-roots");
        assertThat(ledger.runs()).isEmpty();
    }

    @Test
    void noMoreRunsAreTakenThanTheQuotaAllows() {
        for (int i = 0; i < MOST_UNFINISHED; i++) {
            run("r" + i, RunState.QUEUED);
        }
        run("ended", RunState.COMPLETED);
        MvcTestResult refused = http.post()
                .uri("/api/v1/runs")
                .contentType(MediaType.APPLICATION_YAML)
                .content("name: x\nsteps: 1\npolicy: {model: tiny}\ndata: {train: {path: train.jsonl}}")
                .exchange();

        assertThat(refused).hasStatus(429);
        assertThat(json(refused).get("detail").stringValue()).contains("cooper.orchestrator.quota.unfinished-runs");
    }

    @Test
    void runIsCreatedFromJson() {
        MvcTestResult created = http.post()
                .uri("/api/v1/runs")
                .contentType(MediaType.APPLICATION_JSON)
                .content("""
                        {"name": "x", "steps": 1, "data": {"train": {"path": "train.jsonl"}}, "policy": {"model": "tiny"}}
                        """)
                .exchange();

        assertThat(created).hasStatus(201);
        assertThat(ledger.runs()).hasSize(1);
    }

    @Test
    void aRequestWithoutABodyIsToldThatTheSpecificationIsEmpty() {
        MvcTestResult refused = http.post()
                .uri("/api/v1/runs")
                .contentType(MediaType.APPLICATION_YAML)
                .exchange();

        assertThat(refused).hasStatus(400);
        assertThat(json(refused).get("detail").asString()).contains("specification is empty");
    }

    @Test
    void badSpecificationIsAnsweredWithEveryProblem() {
        MvcTestResult refused = http.post()
                .uri("/api/v1/runs")
                .contentType(MediaType.APPLICATION_YAML)
                .content("name: x\nstepz: 1\nsampling: {group_size: 1}\n")
                .exchange();

        assertThat(refused).hasStatus(400).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        JsonNode problem = json(refused);
        assertThat(problem.get("reason").stringValue()).isEqualTo("BAD_INPUT");
        assertThat(problem.get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("stepz", "steps", "data.train.path", "policy.model", "sampling.group_size");
        assertThat(ledger.runs()).isEmpty();
    }

    private MvcTestResult create(String changes) {
        return http.post()
                .uri("/api/v1/runs")
                .contentType(MediaType.APPLICATION_YAML)
                .content("name: x\nsteps: 10\ndata: {train: {path: train.jsonl}}\npolicy: {model: tiny}\n" + changes)
                .exchange();
    }

    @Test
    void runShowsWhatItWillNeed() {
        String id = json(create("")).get("id").stringValue();

        JsonNode run = json(http.get().uri("/api/v1/runs/" + id).exchange());

        assertThat(run.at("/estimates/disk_bytes/weights").longValue()).isPositive();
        assertThat(run.at("/estimates/memory_bytes/policy_trainer").longValue()).isPositive();
        assertThat(run.at("/estimates/largest_record_bytes").longValue()).isPositive();
        assertThat(run.get("seconds_left").isNull()).isTrue();
    }

    @Test
    void runThatDoesNotFitTheDiskIsRefusedWithTheNumbers() {
        freeBytes = 1_000_000;

        MvcTestResult refused = create("");

        assertThat(refused).hasStatus(503);
        assertThat(json(refused).get("detail").stringValue())
                .contains("where 1.0 MB are free", "keep_versions", "cooper.storage-root");
        assertThat(ledger.runs()).isEmpty();
    }

    @Test
    void groupsThatTheLogDoesNotTakeAreRefused() {
        MvcTestResult refused = create("sampling: {group_size: 64, max_new_tokens: 2048}");

        assertThat(refused).hasStatus(400);
        assertThat(json(refused).at("/errors/0/field").stringValue()).isEqualTo("sampling.group_size");
    }

    @Test
    void timeLeftComesFromTheLastStepsAndBeforeTheFirstFromAnotherRun() {
        Run first = run("r1", RunState.RUNNING);
        step(first, 1, StepState.COMMITTED);
        step(first, 2, StepState.SAMPLING);
        run("r2", RunState.QUEUED);

        JsonNode runs = json(http.get().uri("/api/v1/runs").exchange());

        // 0.75 s a step; two and three of three are left.
        assertThat(runs.get(0).get("seconds_left").doubleValue()).isEqualTo(1.5);
        assertThat(runs.get(1).get("seconds_left").doubleValue()).isEqualTo(2.25);
    }

    @Test
    void otherMediaTypeIsRefused() {
        assertThat(http.post()
                        .uri("/api/v1/runs")
                        .contentType(MediaType.TEXT_PLAIN)
                        .content("x")
                        .exchange())
                .hasStatus(415);
    }

    @Test
    void unknownRunIsNotFoundEverywhere() {
        for (String path : List.of("", "/steps", "/steps/1", "/steps/1/rollouts", "/evaluations", "/events")) {
            assertThat(http.get()
                            .uri("/api/v1/runs/none" + path)
                            .accept(path.equals("/events") ? MediaType.TEXT_EVENT_STREAM : MediaType.APPLICATION_JSON)
                            .exchange())
                    .as(path)
                    .hasStatus(404);
        }
        assertThat(json(http.get().uri("/api/v1/runs/none").exchange())
                        .get("detail")
                        .stringValue())
                .isEqualTo("there is no run none; GET /api/v1/runs lists them");
    }

    @Test
    void queuedRunSaysBehindWhomItWaits() {
        run("first", RunState.RUNNING);
        run("second", RunState.QUEUED);

        JsonNode runs = json(http.get().uri("/api/v1/runs").exchange());

        assertThat(runs).hasSize(2);
        assertThat(runs.get(1).get("reason").stringValue())
                .isEqualTo("waits behind run first (a run), which is RUNNING");
        assertThat(runs.get(0).get("policy").get("number").intValue()).isEqualTo(1);
    }

    @Test
    void runningRunSaysWhatItWaitsFor() {
        Run run = run("r1", RunState.RUNNING);
        step(run, 2, StepState.SAMPLING);
        progress.put("r1", new RunProgress("r1", 2, "SAMPLING", 14, 16, List.of(3, 9), "2 of 16 groups to close"));

        JsonNode shown = json(http.get().uri("/api/v1/runs/r1").exchange());

        assertThat(shown.get("phase").stringValue()).isEqualTo("SAMPLING");
        assertThat(shown.get("waiting_for").stringValue()).isEqualTo("2 of 16 groups to close");
        assertThat(json(http.get().uri("/api/v1/runs/r1/steps/2").exchange())
                        .get("groups_closed")
                        .intValue())
                .isEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED,pause,409,RUN",
        "QUEUED,resume,409,RUN",
        "QUEUED,cancel,202,CANCEL",
        "PREPARING,pause,202,PAUSE",
        "RUNNING,pause,202,PAUSE",
        "RUNNING,resume,202,RUN",
        "RUNNING,cancel,202,CANCEL",
        "PAUSED,pause,202,PAUSE",
        "PAUSED,resume,202,RUN",
        "COMPLETED,pause,409,RUN",
        "COMPLETED,cancel,409,RUN",
        "FAILED,resume,409,RUN",
        "CANCELLED,cancel,202,RUN"
    })
    void wishesAreTakenOrRefusedByState(RunState state, String wish, int status, Wish wanted) {
        run("r1", state);

        MvcTestResult answer = http.post().uri("/api/v1/runs/r1/" + wish).exchange();

        assertThat(answer).hasStatus(status);
        assertThat(ledger.run("r1").orElseThrow().wish()).isEqualTo(wanted);
        if (status == 409) {
            assertThat(json(answer).get("detail").stringValue())
                    .startsWith("run r1 is " + state + " and cannot be " + wish.replaceAll("e$", ""));
        }
    }

    @Test
    void cancelledRunCannotBeResumedAnyMore() {
        run("r1", RunState.RUNNING);
        http.post().uri("/api/v1/runs/r1/cancel").exchange();

        assertThat(http.post().uri("/api/v1/runs/r1/resume").exchange()).hasStatus(409);
    }

    @Test
    void evaluationsAreShown() {
        Run run = run("r1", RunState.RUNNING);
        List<SetFigures> sets = List.of(new SetFigures("math-500", 20, 3, 0.25, 0.09, 0.75, 1, 27.5));
        Evaluation evaluation = new Evaluation("r1", 0, 0, 20, 8, 0.25, 0.09, 1, 27.5, 3.25, TestRuns.CREATED, sets);
        ledger.commit(new Move(run, Optional.empty(), Optional.of(evaluation), List.of(), List.of()));

        JsonNode shown = json(http.get().uri("/api/v1/runs/r1/evaluations").exchange());

        assertThat(shown.get(0).get("standard_error").doubleValue()).isEqualTo(0.09);
        assertThat(shown.get(0).get("policy_version").intValue()).isZero();
        assertThat(shown.get(0).get("pass_at_k").doubleValue()).isEqualTo(0.75);
        assertThat(shown.at("/0/sets/0/name").stringValue()).isEqualTo("math-500");
        assertThat(shown.at("/0/sets/0/left_out").intValue()).isEqualTo(3);
        assertThat(shown.at("/0/sets/0/pass_at_k").doubleValue()).isEqualTo(0.75);
    }

    private MvcTestResult follow(String lastEventId) {
        return http.get()
                .uri("/api/v1/runs/r1/events")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .header("Last-Event-ID", lastEventId)
                .exchange(Duration.ofSeconds(5));
    }

    private static String text(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void eventStreamOfAnEndedRunGivesAllAndEnds() {
        Run run = run("r1", RunState.RUNNING);
        commit(in(run, RunState.COMPLETED), "RunCompleted");

        String stream = text(follow("0"));

        assertThat(stream.lines().filter(line -> line.startsWith("event:")))
                .containsExactly("event:RunQueued", "event:RunRUNNING", "event:RunCompleted");
        String data = stream.lines()
                .filter(line -> line.startsWith("data:"))
                .reduce((_, last) -> last)
                .orElseThrow()
                .substring(5);
        assertThat(JsonMapper.shared().readTree(data))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"sequence": 3, "run_id": "r1", "step": 1, "type": "RunCompleted",
                         "at": "2026-11-21T03:00:00.123456Z", "data": {"n": 1}}"""));
    }

    @Test
    void eventStreamGoesOnAfterTheLastEventSeen() {
        Run run = run("r1", RunState.RUNNING);
        commit(in(run, RunState.COMPLETED), "RunCompleted");

        assertThat(text(follow("2")).lines().filter(line -> line.startsWith("id:")))
                .containsExactly("id:3");
        assertThat(follow("soon")).hasStatus(400);
    }

    @Test
    void eventStreamFollowsARunUntilItEnds() throws InterruptedException {
        Run run = run("r1", RunState.RUNNING);
        Thread later = Thread.ofVirtual().start(() -> {
            commit(run, "StepCommitted");
            commit(in(run, RunState.CANCELLED), "RunCancelled");
        });

        String stream = text(follow("2"));

        later.join();
        assertThat(stream.lines().filter(line -> line.startsWith("event:")))
                .containsExactly("event:StepCommitted", "event:RunCancelled");
    }

    @Test
    void stoppingEndsTheStreams() {
        run("r1", RunState.RUNNING);
        Thread.ofVirtual().start(streams::stop);

        assertThat(text(follow("2"))).isEmpty();
    }
}
