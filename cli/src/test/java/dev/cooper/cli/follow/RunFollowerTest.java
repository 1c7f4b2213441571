package dev.cooper.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.cli.client.ApiException;
import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.TestingServer;
import dev.cooper.cli.client.TestingServer.Answer;
import dev.cooper.cli.client.TestingServer.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class RunFollowerTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void aBrokenConnectionIsTakenUpAfterTheLastEventSeen() throws IOException {
        String start = event(1, 1, "StepStarted", "{\"groups\": 2}") + event(2, 1, "GroupsClosed", "{}");
        String rest = event(2, 1, "GroupsClosed", "{}")
                + event(
                        3,
                        1,
                        "StepCommitted",
                        "{\"metrics\": {\"reward_mean\": 0.5, \"tokens\": 100, \"tokens_sampled\": 120,"
                                + " \"seconds_sampling\": 2, \"seconds_training\": 1, \"kl\": 0.001}}")
                + event(4, 1, "RunCompleted", "{}");
        try (TestingServer server = new TestingServer(request -> answer(request, start, rest))) {
            RunView ended = follower(server, false).follow("r1");

            assertThat(ended.isCompleted()).isTrue();
            assertThat(server.requests().stream()
                            .filter(r -> r.path().endsWith("/events"))
                            .map(Request::lastEventId))
                    .containsExactly("", "2");
            assertThat(written.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "connection lost; trying again",
                            "step 1/1  reward 0.500  rule -  kl 0.0010  length -  tokens/s sampling 60, training 100",
                            "run completed");
        }
    }

    @Test
    void aTerminalIsRedrawnInPlaceAndKeepsNotes() throws IOException {
        String events = event(
                        1,
                        0,
                        "EvaluationCompleted",
                        "{\"accuracy\": 0.5, \"standard_error\": 0.02," + " \"problems\": 10, \"samples\": 2}")
                + event(2, 1, "RunCompleted", "{}");
        try (TestingServer server = new TestingServer(request -> answer(request, events, events))) {
            follower(server, true).follow("r1");

            String text = written.toString(StandardCharsets.UTF_8);
            assertThat(text)
                    .contains("step 0: held-out accuracy 50.0% ± 2.0 (10 problems × 2)\n")
                    .contains("[7F")
                    .contains("step 1/1  completed");
        }
    }

    @Test
    void anEvaluationOnSeveralSetsTellsEach() throws IOException {
        String events = event(
                        1,
                        0,
                        "EvaluationCompleted",
                        "{\"accuracy\": 0.5, \"standard_error\": 0.02, \"problems\": 30, \"samples\": 8, \"sets\": ["
                                + "{\"name\": \"gsm8k\", \"accuracy\": 0.75, \"standard_error\": 0.03},"
                                + "{\"name\": \"math500\", \"accuracy\": 0.25, \"standard_error\": 0.025}]}")
                + event(2, 1, "RunCompleted", "{}");
        try (TestingServer server = new TestingServer(request -> answer(request, events, events))) {
            follower(server, false).follow("r1");

            assertThat(written.toString(StandardCharsets.UTF_8))
                    .contains("step 0: held-out accuracy 50.0% ± 2.0 (30 problems × 8): gsm8k 75.0% ± 3.0, math500"
                            + " 25.0% ± 2.5\n");
        }
    }

    @Test
    void aStepWithARewardModelTellsHowItJudgesAndHowManyPairsItHad() throws IOException {
        String events = event(
                        1,
                        1,
                        "StepCommitted",
                        "{\"metrics\": {\"reward_mean\": 0.5, \"score_mean\": 0.5, \"score_gap\": 0.031,"
                                + " \"reward_auc\": 0.95, \"pairs\": 14}}")
                + event(2, 1, "RunCompleted", "{}");
        try (TestingServer server = new TestingServer(request -> answer(request, events, events))) {
            follower(server, false).follow("r1");

            assertThat(written.toString(StandardCharsets.UTF_8))
                    .contains("reward 0.500  rule -  gap +0.031  auc 0.950  pairs 14  kl -");
        }
    }

    @Test
    void whatKeepsARunFromItsWayIsTold() throws IOException {
        String events = event(1, 8, "RollbackBegun", "{\"to_step\": 4, \"models\": [\"policy\", \"reward\"]}")
                + event(2, 8, "RolledBack", "{}")
                + event(
                        3,
                        9,
                        "StepStalled",
                        "{\"state\": \"SAMPLING\", \"open_groups\": {\"policy\": [3, 5], \"log\": []}}")
                + event(4, 9, "StepWentOn", "{\"state\": \"SAMPLING\", \"seconds\": 75}")
                + event(5, 9, "TrainerWarned", "{\"model\": \"reward\", \"warnings\": [\"checkpoint 8 is damaged\"]}")
                + event(6, 9, "VersionDiverged", "{\"model\": \"policy\", \"version\": 9}")
                + event(7, 9, "RunCompleted", "{}");
        try (TestingServer server = new TestingServer(request -> answer(request, events, events))) {
            follower(server, false).follow("r1");

            assertThat(written.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "going back to the models after step 4: policy, reward",
                            "went back; what follows begins with those models",
                            "step 9 stalls in SAMPLING and waits for policy (groups 3, 5), log",
                            "step 9 goes on after 1 min 15 s",
                            "trainer of the reward model: checkpoint 8 is damaged",
                            "step 9: training it again gave the policy model other weights than the lost ones, now"
                                    + " version 9",
                            "run completed");
        }
    }

    @Test
    void suspectedRewardHackingIsToldWithAnExample() throws IOException {
        String events = event(
                        1,
                        37,
                        "RewardHackingSuspected",
                        "{\"policy\": \"rollback\", \"figures\": [{\"figure\": \"score_gap\", \"mean\": 0.05,"
                                + " \"baseline\": 0.04, \"over\": false}, {\"figure\": \"false_positive_share\","
                                + " \"mean\": 0.5, \"baseline\": 0.125, \"over\": true}], \"examples\":"
                                + " [{\"score\": 0.96, \"extracted_answer\": \"144\", \"reference\": \"7 + 7\\n14\"}]}")
                + event(
                        2,
                        38,
                        "RollbackBegun",
                        "{\"to_step\": 32, \"models\": [\"reward\"], \"why\": \"reward hacking suspected in step 37\"}")
                + event(3, 45, "RewardHackingSubsided", "{\"since\": 37}")
                + event(4, 45, "RunCompleted", "{}");
        try (TestingServer server = new TestingServer(request -> answer(request, events, events))) {
            follower(server, false).follow("r1");

            assertThat(written.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "step 37: reward hacking suspected: false positive share 0.500 was 0.125; score 0.960 for"
                                    + " the answer 144, the reference is 14",
                            "going back to the models after step 32: reward (reward hacking suspected in step 37)",
                            "step 45: the reward model's figures are back, reward hacking was suspected since step 37",
                            "run completed");
        }
    }

    @Test
    void aRunThatIsNotThereEndsAtOnce() throws IOException {
        try (TestingServer server =
                new TestingServer(_ -> Answer.problem(404, "{\"status\": 404, \"detail\": \"there is no run r1\"}"))) {
            assertThatThrownBy(() -> follower(server, false).follow("r1"))
                    .isInstanceOf(ApiException.class)
                    .hasMessage("there is no run r1");
            assertThat(server.requests()).hasSize(1);
        }
    }

    private RunFollower follower(TestingServer server, boolean terminal) {
        return new RunFollower(new CooperClient(server.address()), out, Clock.systemUTC(), terminal);
    }

    /** The first connection breaks after its events; the run is over once the second was read. */
    private static Answer answer(Request request, String first, String second) {
        if (request.path().endsWith("/events")) {
            boolean again = !request.lastEventId().isEmpty();
            return again || first.contains("RunCompleted") ? Answer.events(second) : Answer.brokenEvents(first);
        }
        return Answer.json(
                200,
                "{\"id\": \"r1\", \"name\": \"demo\", \"mode\": \"RULE\", \"state\": \"COMPLETED\", \"fence\": 1, \"step\": 1,"
                        + " \"steps_total\": 1, \"seed\": 7}");
    }

    private static String event(long sequence, long step, String type, String data) {
        return "id: " + sequence + "\nevent: " + type + "\ndata: {\"sequence\": " + sequence
                + ", \"run_id\": \"r1\", \"step\": " + step + ", \"type\": \"" + type
                + "\", \"at\": \"2026-11-21T03:00:00Z\", \"data\": " + data + "}\n\n";
    }
}
