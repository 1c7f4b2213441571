package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;
import dev.cooper.proto.v1.TrainingSettings;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One run on an in-memory ledger, whose line and trainer answer what the test says. */
final class DriverBench {
    static final String RUN = "bench";
    static final int SLOTS = 3;

    final RunLedger ledger = new TestingRunLedger();
    final Deque<LogRecord> arriving = new ArrayDeque<>();
    final List<OutgoingRecord> said = new ArrayList<>();
    final List<TrainRequest> trained = new ArrayList<>();
    Supplier<TrainerState> onAttach = () -> state(0);
    Supplier<TrainResult> onTrain = () -> result(1);
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private RunDriver driver;
    private long offset;
    private long oldest;

    DriverBench(double quorum) {
        Run run = Run.queued(RUN, spec(quorum), now);
        ledger.create(run, new RunEvent(0, RUN, 0, "RunCreated", now, Map.of()));
        driver = newDriver();
    }

    /** Another driver takes the run over. */
    void takeOver() {
        now = now.plusSeconds(60);
        driver = newDriver();
    }

    private RunDriver newDriver() {
        long fence = ledger.takeOver(RUN, "driver at " + now, now, Duration.ofSeconds(10))
                .orElseThrow();
        return new RunDriver(
                RUN,
                fence,
                ledger,
                new Line(),
                new Trainer(),
                new TestPrompts(),
                (_, _, _) -> {},
                new TopicNames("test"),
                new NowClock());
    }

    /** Ticks until the run waits or ends. */
    Tick settle() {
        Tick tick = Tick.MOVED;
        for (int i = 0; i < 50 && tick == Tick.MOVED; i++) {
            tick = driver.tick();
            for (RunLedger.Pending pending : ledger.outbox(1000)) {
                said.add(pending.record());
                ledger.sent(List.of(pending.id()));
            }
        }
        return tick;
    }

    RunDriver driver() {
        return driver;
    }

    Run run() {
        return ledger.run(RUN).orElseThrow();
    }

    Step step() {
        return ledger.step(RUN, run().step()).orElseThrow();
    }

    List<String> events() {
        return ledger.events(RUN, 0, 1000).stream().map(RunEvent::type).toList();
    }

    /** Attempts asked for, by slot, in the order in which they were sent. */
    List<String> requests() {
        return said.stream()
                .filter(record -> record.topic() == Topic.PROMPTS)
                .map(record -> GroupHeaders.parse(record.headers()))
                .map(headers -> headers.slot() + "@" + headers.attempt())
                .toList();
    }

    void closes(int slot, int attempt) {
        arrives(GroupMessage.SCORED.record(ScoredGroup.newBuilder()
                .setVerified(verified(request(slot, attempt)))
                .setScores(Scores.getDefaultInstance())
                .build()));
    }

    void fails(int slot, int attempt, FailureReason reason) {
        Failure failure = Failure.newBuilder()
                .setReason(reason)
                .setDetail("as the test wants")
                .setStage("sampling")
                .build();
        arrives(GroupMessage.SCORED.record(ScoredGroup.newBuilder()
                .setVerified(VerifiedGroup.newBuilder()
                        .setRollouts(RolloutGroup.newBuilder().setRequest(request(slot, attempt))))
                .setFailure(failure)
                .build()));
    }

    /** As many records came and went while nobody read. */
    void retentionRemoves(int records) {
        offset += records;
        oldest = offset;
    }

    void arrives(OutgoingRecord record) {
        arriving.add(new LogRecord(Topic.SCORED, 0, offset++, record.key(), record.headers(), record.value()));
    }

    OutgoingRecord poison(int slot, int attempt) {
        GroupHeaders headers = GroupHeaders.of(request(slot, attempt).getGroup());
        return new OutgoingRecord(
                Topic.SCORED, false, headers.key(), headers.toMap(), new byte[] {(byte) 0xff, 1, 2, 3});
    }

    private SampleRequest request(int slot, int attempt) {
        return SampleRequest.newBuilder()
                .setGroup(dev.cooper.proto.v1.GroupId.newBuilder()
                        .setRunId(RUN)
                        .setStep(run().step())
                        .setSlot(slot)
                        .setAttempt(attempt)
                        .setFence(run().fence())
                        .setPurpose(Purpose.TRAINING))
                .build();
    }

    private static VerifiedGroup verified(SampleRequest request) {
        return VerifiedGroup.newBuilder()
                .setRollouts(RolloutGroup.newBuilder()
                        .setRequest(request)
                        .setRollouts(Rollouts.newBuilder()
                                .addCompletions(Completion.newBuilder().setText("1"))))
                .setVerdicts(
                        Verdicts.newBuilder().addVerdicts(Verdict.newBuilder().setKind(VerdictKind.CORRECT)))
                .build();
    }

    static TrainerState state(long version) {
        return TrainerState.newBuilder().setVersion(version(version)).build();
    }

    static TrainResult result(long version) {
        return TrainResult.newBuilder()
                .setVersion(version(version))
                .setUpdated(true)
                .setBatchSha256("batch")
                .build();
    }

    static ModelRef version(long number) {
        return ModelRef.newBuilder()
                .setNumber(number)
                .setChecksum("sum" + number)
                .build();
    }

    private static RunSpec spec(double quorum) {
        RunSpec.DataSource data = new RunSpec.DataSource("unused", "jsonl", "id", "question", "answer", 0);
        return new RunSpec(
                "bench",
                Mode.RULE,
                1,
                2,
                quorum,
                2,
                RunSpec.Recovery.EXACT,
                new RunSpec.Data(data, Optional.empty()),
                new RunSpec.Prompt("{{question}}"),
                new RunSpec.Policy("model"),
                new RunSpec.Sampling(
                        SLOTS, SamplingSettings.newBuilder().setGroupSize(2).build(), Duration.ofMinutes(1)),
                TrainingSettings.getDefaultInstance(),
                Optional.empty());
    }

    private final class Line implements ClosedGroups {
        @Override
        public Map<Integer, Long> begin(Topic topic) {
            return Map.of(0, oldest);
        }

        @Override
        public Map<Integer, Long> end(Topic topic) {
            return Map.of(0, offset);
        }

        @Override
        public void read(Topic topic, Map<Integer, Long> from) {}

        @Override
        public List<LogRecord> poll(Duration wait) {
            List<LogRecord> records = new ArrayList<>(arriving);
            arriving.clear();
            return records;
        }

        @Override
        public List<LogRecord> fetch(Manifest manifest) {
            return List.of();
        }
    }

    private final class Trainer implements PolicyTrainer {
        @Override
        public TrainerState attach(AttachRequest request) {
            return onAttach.get();
        }

        @Override
        public TrainResult train(TrainRequest request) {
            trained.add(request);
            return onTrain.get();
        }
    }

    private static final class TestPrompts implements Prompts {
        @Override
        public List<Problem> training(Run run, long step) {
            return IntStream.range(0, SLOTS)
                    .mapToObj(i -> Problem.newBuilder().setId("p" + i).build())
                    .toList();
        }

        @Override
        public List<Problem> heldOut(Run run) {
            return List.of();
        }
    }

    private final class NowClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
