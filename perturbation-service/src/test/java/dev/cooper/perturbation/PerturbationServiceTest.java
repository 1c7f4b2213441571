package dev.cooper.perturbation;

import static dev.cooper.perturbation.TestingScored.RIGHT;
import static dev.cooper.perturbation.TestingScored.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.modelruntime.testing.TestingEndpoint;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.ScoredAs;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.testing.TestingLog;
import dev.cooper.platform.testing.TestingSecrets;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.ScoredGroup;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on a real broker, with a verifier, a model server and a tiny policy. Each test has its own run. */
class PerturbationServiceTest {

    private static final String PREFIX = "perturbation-test";

    @TempDir
    static Path folder;

    private static TestingVerifier verifier;
    private static TestingEndpoint endpoint;
    private static ConfigurableApplicationContext service;
    private static TestingLog log;

    @BeforeAll
    static void start() throws IOException {
        verifier = new TestingVerifier();
        endpoint = new TestingEndpoint();
        endpoint.model = _ -> WRONG;
        service = startService();
        log = new TestingLog(TestingBroker.shared().bootstrapServers(), PREFIX, TestingSecrets.seal());
    }

    private static ConfigurableApplicationContext startService(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=perturbation-service",
                "--cooper.kafka.bootstrap-servers=" + TestingBroker.shared().bootstrapServers(),
                "--cooper.kafka.partitions=2",
                "--cooper.topic-prefix=" + PREFIX,
                "--cooper.instance=perturbation-0",
                "--cooper.storage-root=" + folder.resolve("storage"),
                "--cooper.verifier.address=" + verifier.address(),
                "--cooper.assistant.url=" + endpoint.url(),
                "--cooper.assistant.model=tiny",
                "--cooper.assistant.max-retries=1",
                "--cooper.assistant.backoff=1ms",
                "--cooper.assistant.rows=4",
                "--cooper.assistant.context-length=64",
                "--server.port=0"));
        TestingSecrets.settings().forEach(setting -> arguments.add("--" + setting));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(PerturbationApplication.class).run(arguments.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        log.close();
        service.close();
        endpoint.close();
        verifier.close();
    }

    @Test
    void forgedScoreMakesNoPair() throws Exception {
        String run = "forged";
        log.post(TestingGroups.control(2).setRunId(run).build());
        try (TestingLog forger = new TestingLog(TestingBroker.shared().bootstrapServers(), PREFIX)) {
            forger.send(GroupMessage.SCORED.record(group(run, 0, 1, NegativeSource.SELF, RIGHT, WRONG)));
        }
        send(group(run, 1, 1, NegativeSource.SELF, RIGHT, WRONG));

        assertThat(bySlot(log.read(Topic.PAIRS, run, 1))).containsOnlyKeys(1);
        assertThat(log.readDeadLetters(Topic.SCORED, 1))
                .extracting(letter -> letter.headers().get("cooper-error"))
                .anySatisfy(error -> assertThat(error).startsWith("FORGED"));
    }

    @Test
    void scoredGroupsLeaveAsPairsReasonsFailuresOrNotAtAll() throws Exception {
        String run = "mixed";
        log.post(TestingGroups.control(2).setRunId(run).build());
        ScoredGroup rewritten = group(run, 0, 1, NegativeSource.ASSISTANT, RIGHT);
        ScoredGroup.Builder withoutPairing = group(run, 1, 1, NegativeSource.SELF, RIGHT, WRONG).toBuilder();
        withoutPairing
                .getVerifiedBuilder()
                .getRolloutsBuilder()
                .getRequestBuilder()
                .clearPairing();
        GroupId over = id(run, 2, 1).toBuilder().setStep(2).build();
        GroupId evaluation =
                id(run, 3, 1).toBuilder().setPurpose(Purpose.EVALUATION).build();

        OutgoingRecord first = send(rewritten);
        send(withoutPairing.build());
        send(TestingScored.group(over, settings(NegativeSource.SELF), RIGHT, WRONG));
        send(TestingScored.group(evaluation, settings(NegativeSource.SELF), RIGHT, WRONG));
        send(group(run, 4, 2, NegativeSource.SELF, "nothing", WRONG, RIGHT));
        send(group(run, 5, 1, NegativeSource.EDIT, RIGHT));
        send(group(run, 6, 1, NegativeSource.SELF, RIGHT));
        log.send(GroupMessage.SCORED.record(group(run, 7, 1, NegativeSource.SELF, RIGHT)), new byte[] {(byte) 0x80});

        List<LogRecord> records = log.read(Topic.PAIRS, run, 5);
        Map<Integer, PairOutcome> outcomes = bySlot(records);
        assertThat(outcomes).containsOnlyKeys(0, 4, 5, 6, 7);
        assertThat(ofSlot(outcomes, 0).getPair().getNegative().getText()).isEqualTo(WRONG);
        assertThat(ofSlot(outcomes, 0).getPair().getAssistant()).isEqualTo("endpoint tiny");
        assertThat(ofSlot(outcomes, 4).getPair().getNegative().getSample()).isEqualTo(1);
        assertThat(ofSlot(outcomes, 5).getPair().getSource()).isEqualTo(NegativeSource.EDIT);
        assertThat(ofSlot(outcomes, 6).getNone().getReason()).isEqualTo(NoPairReason.NOTHING_INCORRECT);
        assertThat(ofSlot(outcomes, 7).getFailure().getReason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(records).allSatisfy(record -> {
            GroupHeaders headers = GroupHeaders.parse(record.headers());
            assertThat(headers.toGroupId())
                    .isEqualTo(PairOutcome.parseFrom(record.value()).getGroup());
            assertThat(record.key()).isEqualTo(run + "/" + headers.slot());
        });
        LogRecord scored = log.read(Topic.SCORED, run, 1).stream()
                .filter(record -> record.key().equals(run + "/0"))
                .findFirst()
                .orElseThrow();
        assertThat(ofSlot(outcomes, 0).getScored().getTopic()).isEqualTo(PREFIX + ".scored");
        assertThat(ofSlot(outcomes, 0).getScored().getPartition()).isEqualTo(scored.partition());
        assertThat(ofSlot(outcomes, 0).getScored().getOffset()).isEqualTo(scored.offset());
        assertThat(ofSlot(outcomes, 0).getScored().getSha256()).isEqualTo(first.sha256());
        assertThat(log.readDeadLetters(Topic.SCORED, 1))
                .filteredOn(letter -> letter.key().startsWith(run + "/"))
                .hasSize(1);
    }

    @Test
    void metricsTellOfPairsReasonsAttemptsAndTheAssistant() throws Exception {
        String run = "metrics";
        log.post(TestingGroups.control(1).setRunId(run).build());
        send(group(run, 0, 1, NegativeSource.ASSISTANT, RIGHT));
        send(group(run, 1, 1, NegativeSource.ASSISTANT, WRONG));
        log.read(Topic.PAIRS, run, 2);

        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        try (HttpClient client = HttpClient.newHttpClient()) {
            String page = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(page)
                    .contains("cooper_pairs_total{", "source=\"assistant\"")
                    .contains("cooper_pairs_none_total{", "reason=\"nothing_correct\"")
                    .contains("cooper_pairing_attempts_total{", "cooper_pairing_queue{")
                    .contains("cooper_pairing_groups_in_flight{")
                    .contains("cooper_assistant_duration_seconds_count{assistant=\"endpoint\"")
                    .contains("cooper_assistant_retries_total{")
                    .contains("cooper_groups_total{", "stage=\"pairing\"");
        }
        assertThat(service.getBean(MeterRegistry.class)
                        .get("cooper.pairs")
                        .tag("source", "assistant")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void aDuplicateAndAPairAskedForAgainAreTheSamePair() throws Exception {
        String run = "duplicates";
        log.post(TestingGroups.control(1).setRunId(run).build());
        ScoredGroup group = group(run, 0, 1, NegativeSource.EDIT, RIGHT);
        send(group);
        log.read(Topic.PAIRS, run, 1);
        send(group);
        log.read(Topic.PAIRS, run, 2);
        LogRecord original = log.read(Topic.SCORED, run, 2).getFirst();
        ScoredAs place = new ScoredAs(original.partition(), original.offset());
        log.post(TestingGroups.control(3).setRunId(run).build());
        OutgoingRecord again = GroupMessage.SCORED.record(group);
        Map<String, String> headers = new HashMap<>(again.headers());
        headers.put(GroupHeaders.ATTEMPT, "3");
        headers.put(ScoredAs.HEADER, place.text());
        log.send(new OutgoingRecord(again.topic(), false, again.key(), headers, again.value()));

        List<PairOutcome> outcomes = new ArrayList<>();
        for (LogRecord record : log.read(Topic.PAIRS, run, 3)) {
            outcomes.add(PairOutcome.parseFrom(record.value()));
        }

        assertThat(outcomes)
                .extracting(PairOutcome::getPair)
                .containsOnly(outcomes.getFirst().getPair());
        assertThat(outcomes.get(1).getScored().getOffset())
                .isGreaterThan(outcomes.get(0).getScored().getOffset());
        assertThat(outcomes.get(2).getScored()).isEqualTo(outcomes.get(0).getScored());
        assertThat(outcomes.get(2).getGroup().getAttempt()).isEqualTo(3);
    }

    @Test
    void groupsThatAnInstanceDidNotFinishAreMadeByTheNextOne() throws Exception {
        String run = "restarted";
        log.post(TestingGroups.control(1).setRunId(run).build());
        endpoint.gate = new CountDownLatch(1);
        int before = endpoint.asked.size();
        for (int slot = 0; slot < 6; slot++) {
            send(group(run, slot, 1, NegativeSource.ASSISTANT, RIGHT));
        }
        while (endpoint.asked.size() < before + 6) {
            Thread.sleep(20);
        }

        service.close();
        endpoint.gate.countDown();
        endpoint.gate = new CountDownLatch(0);
        service = startService();

        Map<Integer, PairOutcome> outcomes = bySlot(log.read(Topic.PAIRS, run, 6));
        assertThat(outcomes)
                .hasSize(6)
                .allSatisfy((_, outcome) -> assertThat(outcome.hasPair()).isTrue());
    }

    @Test
    void aPairOfTheEmbeddedAssistantIsAFunctionOfItsGroupAlone() throws Exception {
        String run = "embedded";
        log.post(TestingGroups.control(1).setRunId(run).build());
        ModelRef zero = publishPolicy(run);
        PairingSettings settings = settings(NegativeSource.ASSISTANT).toBuilder()
                .setAssistant(AssistantKind.EMBEDDED)
                .setAssistantModel(zero)
                .setPrompt("w2 w3 w4")
                .build();
        ScoredGroup alone = TestingScored.group(id(run, 0, 1), settings, RIGHT);
        send(alone);
        PairOutcome first = ofSlot(bySlot(log.read(Topic.PAIRS, run, 1)), 0);
        for (int slot = 1; slot < 12; slot++) {
            send(TestingScored.group(id(run, slot, 1), settings, RIGHT));
        }
        send(alone);

        List<PairOutcome> ofFirstSlot = new ArrayList<>();
        for (LogRecord record : log.read(Topic.PAIRS, run, 13)) {
            PairOutcome outcome = PairOutcome.parseFrom(record.value());
            assertThat(outcome.hasFailure())
                    .as(outcome.getFailure().getDetail())
                    .isFalse();
            if (outcome.getGroup().getSlot() == 0) {
                ofFirstSlot.add(outcome);
            }
        }
        // Random words are no answers: three were written, and the last one's fault is told.
        assertThat(first.getNone().getAttempts()).isEqualTo(3);
        assertThat(ofFirstSlot)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.getNone()).isEqualTo(first.getNone()));
    }

    @Test
    void anAssistantThatStaysAwayFailsItsGroupsAndNoOthers() throws Exception {
        String run = "away";
        log.post(TestingGroups.control(1).setRunId(run).build());
        Stream.generate(() -> TestingEndpoint.Reply.of(503, "overloaded"))
                .limit(2)
                .forEach(endpoint.replies::add);
        send(group(run, 0, 1, NegativeSource.ASSISTANT, RIGHT));
        log.read(Topic.PAIRS, run, 1);
        send(group(run, 1, 1, NegativeSource.ASSISTANT, RIGHT));

        Map<Integer, PairOutcome> outcomes = bySlot(log.read(Topic.PAIRS, run, 2));
        assertThat(ofSlot(outcomes, 0).getFailure().getReason()).isEqualTo(FailureReason.NO_CAPACITY);
        assertThat(ofSlot(outcomes, 0).getFailure().getDetail()).contains("503", "overloaded");
        assertThat(ofSlot(outcomes, 1).hasPair()).isTrue();
    }

    @Test
    void settingsThatDoNotHoldAreNamedAtTheStart() {
        assertThatThrownBy(() -> startService("--cooper.verifier.address=nowhere"))
                .hasStackTraceContaining("cooper.verifier.address must be host:port");
        assertThatThrownBy(() -> startService("--cooper.assistant.modell=x"))
                .hasStackTraceContaining("cooper.assistant.modell");
    }

    private static ModelRef publishPolicy(String run) throws IOException {
        Path model = TestingPolicies.write(Files.createTempDirectory(folder, "model"), 7);
        ModelRef zero = ModelRef.newBuilder()
                .setChecksum(Checksum.of(model.resolve("model.safetensors")))
                .build();
        WeightStore weights =
                new WeightStore(folder.resolve("storage"), stored -> Checksum.of(stored.resolve("model.safetensors")));
        try (LanguageModel policy = LanguageModel.load(model)) {
            weights.publish(run, ModelKind.POLICY, zero, policy::save);
        }
        return zero;
    }

    private static OutgoingRecord send(ScoredGroup group) {
        OutgoingRecord record = GroupMessage.SCORED.record(group);
        log.send(record);
        return record;
    }

    private static ScoredGroup group(String run, int slot, int attempt, NegativeSource source, String... completions) {
        return TestingScored.group(id(run, slot, attempt), settings(source), completions);
    }

    private static PairingSettings settings(NegativeSource source) {
        return TestingScored.pairing(source).build();
    }

    private static GroupId id(String run, int slot, int attempt) {
        return TestingGroups.of(run, TestingGroups.group(slot, attempt));
    }

    private static Map<Integer, PairOutcome> bySlot(List<LogRecord> records) throws IOException {
        Map<Integer, PairOutcome> outcomes = new HashMap<>();
        List<LogRecord> inOrder = records.stream()
                .sorted(Comparator.comparingLong(LogRecord::offset))
                .toList();
        for (LogRecord record : inOrder) {
            PairOutcome outcome = PairOutcome.parseFrom(record.value());
            outcomes.putIfAbsent(outcome.getGroup().getSlot(), outcome);
        }
        return outcomes;
    }

    private static PairOutcome ofSlot(Map<Integer, PairOutcome> outcomes, int slot) {
        return Optional.ofNullable(outcomes.get(slot)).orElseThrow();
    }
}
