package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.PairSide;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.Score;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One run on an in-memory ledger, whose line and trainer answer what the test says. */
final class DriverBench {
    static final String RUN = "bench";
    static final int SLOTS = 3;
    static final Duration STALLED_AFTER = Duration.ofSeconds(30);

    final RunLedger ledger = new TestingRunLedger();
    final List<Optional<Stall>> stalls = new ArrayList<>();
    final List<OutgoingRecord> said = new ArrayList<>();
    final List<TrainRequest> trained = new ArrayList<>();
    final List<TrainRequest> rewardTrained = new ArrayList<>();
    Consumer<RunSpec> onStart = StartCheck.NONE::check;
    Supplier<TrainerState> onAttach = () -> state(0);
    Supplier<TrainResult> onTrain = () -> result(1);
    Supplier<TrainerState> onRewardAttach = () -> state(0);
    Supplier<TrainResult> onRewardTrain = () -> result(1);
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Trainer policyTrainer;
    private final Trainer rewardTrainer;
    private RunDriver driver;
    boolean brokerIsAway;
    private long pairOffset;
    private long offset;
    private final Map<Integer, LogRecord> scored = new HashMap<>();
    private final List<LogRecord> log = new ArrayList<>();
    private long oldest;

    DriverBench(double quorum) {
        this(spec(quorum));
    }

    /** In mode cooper, training the reward model every so many steps. */
    static DriverBench cooper(int every) {
        return new DriverBench(TestRuns.cooper(spec(1), every));
    }

    DriverBench(RunSpec spec) {
        policyTrainer = new TestTrainer(trained, () -> onAttach.get(), () -> onTrain.get());
        rewardTrainer = new TestTrainer(rewardTrained, () -> onRewardAttach.get(), () -> onRewardTrain.get());
        begin(spec);
    }

    /** With trainers that keep versions. */
    DriverBench(RunSpec spec, Trainer policyTrainer, Trainer rewardTrainer) {
        this.policyTrainer = policyTrainer;
        this.rewardTrainer = rewardTrainer;
        begin(spec);
    }

    private void begin(RunSpec spec) {
        Run run = Run.queued(RUN, spec, now);
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
        DriverPorts ports = new DriverPorts(
                ledger,
                new Line(),
                policyTrainer,
                rewardTrainer,
                new TestPrompts(),
                (_, _, _, _) -> {},
                spec -> onStart.accept(spec),
                new TopicNames("test"),
                new NowClock());
        return new RunDriver(RUN, fence, ports, new StallAlarm(STALLED_AFTER, (_, stall) -> stalls.add(stall)));
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
        closes(slot, attempt, 0.75);
    }

    void closes(int slot, int attempt, double score) {
        SampleRequest request = request(slot, attempt);
        Scores scores = request.hasReward()
                ? Scores.newBuilder()
                        .setReward(request.getReward())
                        .addScores(Score.newBuilder().setLogit(score).setScore(score))
                        .build()
                : Scores.getDefaultInstance();
        arrives(GroupMessage.SCORED.record(ScoredGroup.newBuilder()
                .setVerified(verified(request))
                .setScores(scores)
                .build()));
    }

    /** With a right completion and, after it, a wrong one; the scores are their logits, too. */
    void closes(int slot, int attempt, double right, double wrong) {
        SampleRequest request = request(slot, attempt);
        VerifiedGroup verified = verified(request).toBuilder()
                .setRollouts(RolloutGroup.newBuilder()
                        .setRequest(request)
                        .setRollouts(Rollouts.newBuilder()
                                .addCompletions(Completion.newBuilder().setText("right"))
                                .addCompletions(Completion.newBuilder().setText("wrong"))))
                .setVerdicts(Verdicts.newBuilder()
                        .addVerdicts(Verdict.newBuilder().setKind(VerdictKind.CORRECT))
                        .addVerdicts(Verdict.newBuilder()
                                .setKind(VerdictKind.INCORRECT)
                                .setReason("DIFFERENT")
                                .setExtractedAnswer("5")))
                .build();
        Scores scores = Scores.newBuilder()
                .setReward(request.getReward())
                .addScores(Score.newBuilder().setLogit(right).setScore(right))
                .addScores(Score.newBuilder().setLogit(wrong).setScore(wrong))
                .build();
        arrives(GroupMessage.SCORED.record(
                ScoredGroup.newBuilder().setVerified(verified).setScores(scores).build()));
    }

    /** A pair that was made from the slot's record on topic scored. */
    void pairs(int slot, int attempt) {
        arrives(outcome(slot, attempt)
                .setPair(Pair.newBuilder()
                        .setPositive(side("right", VerdictKind.CORRECT))
                        .setNegative(side("wrong", VerdictKind.INCORRECT))
                        .setAttempts(2))
                .build());
    }

    static PairSide side(String text, VerdictKind verdict) {
        return PairSide.newBuilder()
                .setText(text)
                .setVerdict(Verdict.newBuilder().setKind(verdict))
                .build();
    }

    void hasNoPair(int slot, int attempt) {
        arrives(outcome(slot, attempt)
                .setNone(NoPair.newBuilder().setReason(NoPairReason.NOTHING_CORRECT))
                .build());
    }

    void failsToPair(int slot, int attempt, FailureReason reason) {
        arrives(outcome(slot, attempt).setFailure(failure(reason)).build());
    }

    /** Made from the newest record of the slot. */
    PairOutcome.Builder outcome(int slot, int attempt) {
        LogRecord record = Objects.requireNonNull(scored.get(slot));
        return PairOutcome.newBuilder()
                .setGroup(request(slot, attempt).getGroup())
                .setScored(RecordRef.newBuilder()
                        .setTopic("test.scored")
                        .setOffset(record.offset())
                        .setSha256(record.sha256()));
    }

    void arrives(PairOutcome outcome) {
        GroupHeaders headers = GroupHeaders.of(outcome.getGroup());
        log.add(new LogRecord(Topic.PAIRS, 0, pairOffset++, headers.key(), headers.toMap(), outcome.toByteArray()));
    }

    void fails(int slot, int attempt, FailureReason reason) {
        arrives(GroupMessage.SCORED.record(ScoredGroup.newBuilder()
                .setVerified(VerifiedGroup.newBuilder()
                        .setRollouts(RolloutGroup.newBuilder().setRequest(request(slot, attempt))))
                .setFailure(failure(reason))
                .build()));
    }

    private static Failure failure(FailureReason reason) {
        return Failure.newBuilder()
                .setReason(reason)
                .setDetail("as the test wants")
                .setStage("sampling")
                .build();
    }

    /** The slot's group came so far. */
    void reaches(Topic topic, int slot, int attempt) {
        GroupHeaders headers = GroupHeaders.of(request(slot, attempt).getGroup());
        log.add(new LogRecord(topic, 0, 0, headers.key(), headers.toMap(), new byte[0]));
    }

    /** As many records came and went while nobody read. */
    void retentionRemoves(int records) {
        offset += records;
        oldest = offset;
    }

    void arrives(OutgoingRecord record) {
        LogRecord arrived = new LogRecord(Topic.SCORED, 0, offset++, record.key(), record.headers(), record.value());
        log.add(arrived);
        GroupHeaders.read(record.headers()).ifPresent(headers -> scored.put(headers.slot(), arrived));
    }

    /** A record that would close the group, of somebody who does not have the installation's key. */
    void isForged(int slot, int attempt) {
        closes(slot, attempt);
        LogRecord honest = log.removeLast();
        scored.remove(slot);
        log.add(new LogRecord(
                honest.topic(),
                honest.partition(),
                honest.offset(),
                honest.key(),
                honest.headers(),
                honest.value(),
                "header cooper-signature is missing"));
    }

    OutgoingRecord poison(int slot, int attempt) {
        GroupHeaders headers = GroupHeaders.of(request(slot, attempt).getGroup());
        return new OutgoingRecord(
                Topic.SCORED, false, headers.key(), headers.toMap(), new byte[] {(byte) 0xff, 1, 2, 3});
    }

    private SampleRequest request(int slot, int attempt) {
        SampleRequest.Builder request = SampleRequest.newBuilder()
                .setProblem(Problem.newBuilder().setId("p" + slot).setReferenceAnswer("4"))
                .setGroup(GroupId.newBuilder()
                        .setRunId(RUN)
                        .setStep(run().step())
                        .setSlot(slot)
                        .setAttempt(attempt)
                        .setFence(run().fence())
                        .setPurpose(Purpose.TRAINING));
        run().reward().ifPresent(request::setReward);
        return request.build();
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

    static RunSpec spec(double quorum) {
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
        private Topic reading = Topic.SCORED;
        private long position;

        @Override
        public Map<Integer, Long> begin(Topic topic) {
            return Map.of(0, topic == Topic.PAIRS ? 0 : oldest);
        }

        @Override
        public Map<Integer, Long> end(Topic topic) {
            return Map.of(0, topic == Topic.PAIRS ? pairOffset : offset);
        }

        @Override
        public void read(Topic topic, Map<Integer, Long> from) {
            reading = topic;
            position = Math.max(begin(topic).getOrDefault(0, 0L), from.getOrDefault(0, 0L));
        }

        @Override
        public List<LogRecord> poll(Duration wait) {
            List<LogRecord> records = log.stream()
                    .filter(record -> record.topic() == reading && record.offset() >= position)
                    .toList();
            position = records.isEmpty() ? position : records.getLast().offset() + 1;
            return records;
        }

        @Override
        public List<LogRecord> last(Topic topic, int atMost) {
            if (brokerIsAway) {
                throw new CooperException(FailureReason.NO_CAPACITY, "the broker is away");
            }
            return log.stream().filter(record -> record.topic() == topic).toList();
        }

        @Override
        public List<LogRecord> fetch(Manifest manifest) {
            return manifest.getRecordsList().stream()
                    .flatMap(reference -> Stream.ofNullable(scored.get(reference.getSlot())))
                    .toList();
        }
    }

    private record TestTrainer(
            List<TrainRequest> trained, Supplier<TrainerState> onAttach, Supplier<TrainResult> onTrain)
            implements Trainer {
        @Override
        public TrainerState attach(AttachRequest request) {
            return onAttach.get();
        }

        @Override
        public TrainResult train(TrainRequest request) {
            trained.add(request);
            return onTrain.get();
        }

        @Override
        public TrainResult adopt(AdoptRequest request) {
            throw new AssertionError("nothing to adopt");
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
        public List<HeldOutSet> heldOut(Run run) {
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
