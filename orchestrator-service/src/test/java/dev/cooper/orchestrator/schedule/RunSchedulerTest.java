package dev.cooper.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.line.OutboxRelay;
import dev.cooper.orchestrator.run.ClosedGroups;
import dev.cooper.orchestrator.run.DriverPorts;
import dev.cooper.orchestrator.run.RunDriver;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.StallAlarm;
import dev.cooper.orchestrator.run.StartCheck;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.run.TestingRunLedger;
import dev.cooper.orchestrator.run.Trainer;
import dev.cooper.orchestrator.run.Wish;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunSchedulerTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    /** Is not there: every run that begins stays PREPARING. */
    private static final Trainer AWAY = new Trainer() {
        @Override
        public TrainerState attach(AttachRequest request) {
            throw new CooperException(FailureReason.NO_CAPACITY, "the trainer is away");
        }

        @Override
        public TrainResult train(TrainRequest request) {
            throw new AssertionError("nothing to train");
        }

        @Override
        public TrainResult adopt(AdoptRequest request) {
            throw new AssertionError("nothing to adopt");
        }
    };

    private static final ClosedGroups SILENT = new ClosedGroups() {
        @Override
        public Map<Integer, Long> begin(Topic topic) {
            return Map.of();
        }

        @Override
        public Map<Integer, Long> end(Topic topic) {
            return Map.of();
        }

        @Override
        public void read(Topic topic, Map<Integer, Long> from) {}

        @Override
        public List<LogRecord> poll(Duration wait) {
            return List.of();
        }

        @Override
        public List<LogRecord> last(Topic topic, int atMost) {
            return List.of();
        }

        @Override
        public List<LogRecord> fetch(Manifest manifest) {
            return List.of();
        }
    };

    private final TestingRunLedger ledger = new TestingRunLedger();
    private final ConcurrentLinkedQueue<OutgoingRecord> log = new ConcurrentLinkedQueue<>();
    private final Set<String> moved = ConcurrentHashMap.newKeySet();
    private final AtomicInteger drivers = new AtomicInteger();
    private final Clock clock = Clock.systemUTC();
    private final RunScheduler scheduler = scheduler("me");

    private RunScheduler scheduler(String owner) {
        return new RunScheduler(
                owner,
                ledger,
                this::driver,
                new OutboxRelay(ledger, log::add),
                new EventBell(),
                moved::add,
                clock,
                LEASE);
    }

    private RunDriver driver(String runId, long fence) {
        drivers.incrementAndGet();
        return new RunDriver(
                runId,
                fence,
                new DriverPorts(
                        ledger,
                        SILENT,
                        AWAY,
                        AWAY,
                        TestingPrompts.NONE,
                        (_, _, _, _) -> {},
                        StartCheck.NONE,
                        new TopicNames("cooper"),
                        clock),
                StallAlarm.silent(Duration.ofMinutes(1)));
    }

    @AfterEach
    void stop() {
        scheduler.close();
    }

    private void queue(String id) {
        ledger.create(
                TestRuns.queued(id, "/data/train.jsonl"),
                new RunEvent(0, id, 0, "RunQueued", clock.instant(), Map.of()));
    }

    private RunState state(String id) {
        return ledger.run(id).orElseThrow().state();
    }

    private static void eventually(BooleanSupplier holds) throws InterruptedException {
        for (int i = 0; i < 500 && !holds.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(holds.getAsBoolean()).isTrue();
    }

    @Test
    void oldestRunIsDrivenAndTheOtherWaits() throws InterruptedException {
        queue("first");
        queue("second");
        scheduler.start();

        eventually(() -> state("first") == RunState.PREPARING);
        eventually(() -> scheduler
                .progress("first")
                .filter(progress -> progress.waitingFor().equals("the trainer is away"))
                .isPresent());
        assertThat(state("second")).isEqualTo(RunState.QUEUED);
        assertThat(scheduler.progress("second")).isEmpty();
        assertThat(moved).containsExactly("first");
    }

    @Test
    void whatMovesAnnounceIsSentAtOnce() throws InterruptedException {
        queue("first");
        scheduler.start();

        eventually(() -> state("first") == RunState.PREPARING);
        eventually(() -> log.size() == 2 && ledger.outbox(1).isEmpty());
        assertThat(log).extracting(OutgoingRecord::topic).containsOnly(Topic.STEP_EVENTS);
    }

    @Test
    void nextRunBeginsWhenTheFirstIsCancelled() throws InterruptedException {
        queue("first");
        queue("second");
        scheduler.start();
        eventually(() -> state("first") == RunState.PREPARING);

        ledger.wish("first", Wish.CANCEL);

        eventually(() -> state("first") == RunState.CANCELLED);
        eventually(() -> state("second") == RunState.PREPARING);
    }

    @Test
    void waitingRunIsCancelledWithoutItsTurn() throws InterruptedException {
        queue("first");
        queue("second");
        scheduler.start();
        eventually(() -> state("first") == RunState.PREPARING);

        ledger.wish("second", Wish.CANCEL);

        eventually(() -> state("second") == RunState.CANCELLED);
        assertThat(state("first")).isEqualTo(RunState.PREPARING);
    }

    @Test
    void closingGivesTheLeaseBack() throws InterruptedException {
        queue("first");
        scheduler.start();
        eventually(() -> state("first") == RunState.PREPARING);
        assertThat(ledger.takeOver("first", "other", clock.instant(), LEASE)).isEmpty();

        scheduler.close();

        assertThat(scheduler.isAlive()).isFalse();
        assertThat(ledger.takeOver("first", "other", clock.instant(), LEASE)).isPresent();
    }

    @Test
    void runThatSomebodyElseDrivesIsLeftAlone() throws InterruptedException {
        queue("first");
        ledger.takeOver("first", "other", clock.instant(), LEASE);
        scheduler.start();

        eventually(() -> log.size() == 1);
        Thread.sleep(50);
        assertThat(state("first")).isEqualTo(RunState.QUEUED);
        assertThat(drivers).hasValue(0);
    }

    @Test
    void driverThatLostItsFenceLetsGo() throws InterruptedException {
        queue("first");
        scheduler.start();
        eventually(() -> scheduler.progress("first").isPresent());
        // The lease ran out unseen, and another took over.
        ledger.release("first", "me", 1);
        ledger.takeOver("first", "other", clock.instant(), LEASE);

        eventually(() -> scheduler.progress("first").isEmpty());
        assertThat(ledger.run("first").orElseThrow().fence()).isEqualTo(2);
    }

    @Test
    void troubleIsToldAndGoneWhenItIsOver() throws InterruptedException {
        queue("first");
        AtomicInteger calls = new AtomicInteger();
        RunDrivers failing = (runId, fence) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("database away");
            }
            return driver(runId, fence);
        };
        RunScheduler troubled = new RunScheduler(
                "me", ledger, failing, new OutboxRelay(ledger, log::add), new EventBell(), moved::add, clock, LEASE);
        try (troubled) {
            troubled.start();
            eventually(() -> troubled.trouble().equals("IllegalStateException: database away"));
            eventually(() -> troubled.trouble().isEmpty());
            assertThat(state("first")).isEqualTo(RunState.PREPARING);
            assertThat(ledger.run("first").orElseThrow().fence()).isEqualTo(1);
        }
    }
}
