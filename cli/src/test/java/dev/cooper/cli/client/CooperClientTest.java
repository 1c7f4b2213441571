package dev.cooper.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CooperClientTest {
    private static final String RUN = """
            {"id": "r1", "name": "demo", "mode": "RULE", "state": "RUNNING", "fence": 1, "step": 3, "steps_total": 10,
             "phase": "SAMPLING", "waiting_for": null, "seed": 7, "unheard_of": true,
             "policy": {"number": 2, "incarnation": 0, "checksum": "ab"}, "created_at": "2026-11-21T03:00:00Z"}
            """;

    @Test
    void readsARunAndPassesOverFieldsOfANewerServer() throws IOException {
        try (TestingServer server = new TestingServer(_ -> TestingServer.Answer.json(200, RUN))) {
            RunView run = new CooperClient(server.address()).run("r 1/x");

            assertThat(run.stepsTotal()).isEqualTo(10);
            assertThat(run.phase()).isEqualTo("SAMPLING");
            assertThat(run.policy()).isEqualTo(new RunView.ModelView(2, 0, "ab"));
            assertThat(run.isFinished()).isFalse();
            assertThat(server.requests().getFirst().path()).isEqualTo("/api/v1/runs/r+1%2Fx");
        }
    }

    @Test
    void everyFieldErrorIsALineOfTheMessage() throws IOException {
        String problem = """
                {"title": "Bad Request", "status": 400, "detail": "the spec has 2 problems",
                 "errors": [{"field": "steps", "message": "must be at least 1"},
                            {"field": "polcy", "message": "unknown"}]}
                """;
        try (TestingServer server = new TestingServer(_ -> TestingServer.Answer.problem(400, problem))) {
            CooperClient client = new CooperClient(server.address());

            assertThatThrownBy(() -> client.submit(new SpecFile("steps: 0", "application/yaml")))
                    .isInstanceOf(ApiException.class)
                    .hasMessage("the server refuses it:\n  steps: must be at least 1\n  polcy: unknown");
            assertThat(server.requests().getFirst().contentType()).isEqualTo("application/yaml");
        }
    }

    @Test
    void aServerThatIsNotThereSaysHowToStartOne() {
        CooperClient client = new CooperClient(URI.create("http://127.0.0.1:1"));

        assertThatThrownBy(client::runs)
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("http://127.0.0.1:1")
                .hasMessageContaining("cooper up");
    }

    @Test
    void anotherServersErrorPageIsShownWithItsStatus() throws IOException {
        try (TestingServer server =
                new TestingServer(_ -> new TestingServer.Answer(502, "text/html", "<h1>bad gateway</h1>", 0))) {
            CooperClient client = new CooperClient(server.address());

            assertThatThrownBy(client::runs).hasMessageContaining("502").hasMessageContaining("bad gateway");
        }
    }

    @Test
    void eventsAreReadOneByOneAndCommentsPassedOver() throws IOException {
        String stream =
                ": keep-alive\n\nid: 4\nevent: StepStarted\ndata: {\"sequence\": 4, \"run_id\": \"r1\", \"step\": 1,"
                        + " \"type\": \"StepStarted\", \"data\": {\"groups\": 8}}\n\n: keep-alive\n\n"
                        + "id:5\ndata:{\"sequence\":5,\"run_id\":\"r1\",\"step\":1,\ndata:\"type\":\"ManifestFrozen\"}\n\n";
        try (TestingServer server = new TestingServer(_ -> TestingServer.Answer.events(stream));
                EventStream events = new CooperClient(server.address()).events("r1", 3)) {
            RunEventView first = events.next().orElseThrow();
            RunEventView second = events.next().orElseThrow();

            assertThat(first.number("groups")).isEqualTo(8);
            assertThat(List.of(first.type(), second.type())).containsExactly("StepStarted", "ManifestFrozen");
            assertThat(events.next()).isEmpty();
            assertThat(server.requests().getFirst().lastEventId()).isEqualTo("3");
        }
    }

    @Test
    void aForkNamesTheStepAndOnlyWhatIsToBeOtherwise() throws IOException {
        try (TestingServer server = new TestingServer(_ -> TestingServer.Answer.json(201, RUN))) {
            RunView fork = new CooperClient(server.address()).fork("r1", 20, Map.of("seed", 7));

            assertThat(fork.id()).isEqualTo("r1");
            assertThat(server.requests().getFirst().path()).isEqualTo("/api/v1/runs/r1/fork");
            assertThat(server.requests().getFirst().contentType()).isEqualTo("application/json");
            assertThat(JsonMapper.shared().readTree(server.requests().getFirst().body()))
                    .isEqualTo(JsonMapper.shared().readTree("{\"step\": 20, \"seed\": 7}"));
        }
    }

    @Test
    void aRollbackNamesModelsOnlyWhenTheyAreChosen() throws IOException {
        try (TestingServer server = new TestingServer(_ -> TestingServer.Answer.json(202, RUN))) {
            CooperClient client = new CooperClient(server.address());
            client.rollback("r1", 20, List.of());
            client.rollback("r1", 20, List.of("reward"));

            assertThat(server.requests().stream()
                            .map(request -> JsonMapper.shared().readTree(request.body())))
                    .containsExactly(
                            JsonMapper.shared().readTree("{\"step\": 20}"),
                            JsonMapper.shared().readTree("{\"step\": 20, \"models\": [\"reward\"]}"));
        }
    }

    @Test
    void whatTheServerRefusesToDeleteIsSaid() throws IOException {
        try (TestingServer server = new TestingServer(
                _ -> TestingServer.Answer.problem(409, "{\"status\": 409, \"detail\": \"the run is RUNNING\"}"))) {
            CooperClient client = new CooperClient(server.address());

            assertThatThrownBy(() -> client.delete("r1")).hasMessage("the run is RUNNING");
        }
    }

    @Test
    void tokenGoesWithEveryRequestAndNoneWithoutOne() throws IOException {
        try (TestingServer server = new TestingServer(request -> request.path().endsWith("/events")
                ? TestingServer.Answer.events("")
                : TestingServer.Answer.json(200, RUN))) {
            CooperClient client = new CooperClient(server.address(), Optional.of("secret"));
            client.run("r1");
            client.events("r1", 0).close();
            new CooperClient(server.address()).run("r1");

            assertThat(server.requests())
                    .extracting(TestingServer.Request::authorization)
                    .containsExactly("Bearer secret", "Bearer secret", "");
        }
    }

    @Test
    void refusedForWantOfATokenSaysHowToGiveOne() throws IOException {
        String problem = """
                {"title": "Unauthorized", "status": 401, "detail": "a token is missing"}
                """;
        try (TestingServer server = new TestingServer(_ -> TestingServer.Answer.problem(401, problem))) {
            assertThatThrownBy(() -> new CooperClient(server.address()).runs())
                    .hasMessage("a token is missing; give one with --token-file, COOPER_TOKEN_FILE or COOPER_TOKEN");
        }
    }
}
