package dev.cooper.perturbation.pairing;

import static dev.cooper.perturbation.TestingScored.RIGHT;
import static dev.cooper.perturbation.TestingScored.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.perturbation.TestingScored;
import dev.cooper.perturbation.TestingVerifier;
import dev.cooper.perturbation.assistant.AbsentAssistant;
import dev.cooper.perturbation.assistant.Rewrite;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.ScoredAs;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.line.Work;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.ScoredGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PairingStageTest {

    private final BlockingQueue<Work<ScoredGroup, PairOutcome>> arriving = new LinkedBlockingQueue<>();
    private final TestingObserver observer = new TestingObserver();
    /** Holds up texts whose prompt says slow. */
    private final CountDownLatch slow = new CountDownLatch(1);

    private final CountDownLatch slowAsked = new CountDownLatch(1);

    private final TestingAssistant assistant = new TestingAssistant(request -> {
        if (request.prompt().contains("slow")) {
            slowAsked.countDown();
            slow.await();
        }
        return new Rewrite(WRONG, false, "tester");
    });
    private final PairingStage stage = new PairingStage(
            atMost -> Optional.ofNullable(arriving.poll(20, TimeUnit.MILLISECONDS)),
            new GroupPairing(
                    new AbsentAssistant(), assistant, TestingVerifier::verdict, new TopicNames("test"), observer),
            observer);
    private Thread thread = Thread.currentThread();

    @BeforeEach
    void start() {
        thread = Thread.startVirtualThread(() -> {
            try {
                stage.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void stop() throws InterruptedException {
        stage.close();
        assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void aGroupLeavesAsSoonAsItIsDoneWhateverTheOthersWaitFor() throws Exception {
        TestingWork waits = new TestingWork(slow(0, 1));
        TestingWork goes = new TestingWork(group(1, 1));
        arriving.add(waits);
        slowAsked.await();
        arriving.add(goes);

        assertThat(goes.outcome().orElseThrow().hasPair()).isTrue();
        assertThat(waits.settled).isNotDone();
        awaitInFlight(1);

        slow.countDown();
        assertThat(waits.outcome().orElseThrow().hasPair()).isTrue();
        awaitInFlight(0);
        assertThat(observer.pairs).hasSize(2);
    }

    @Test
    void aGroupWhoseStepIsOverIsDroppedAlsoWhileItIsInWork() throws Exception {
        TestingWork over = new TestingWork(slow(0, 1));
        arriving.add(over);
        slowAsked.await();

        over.current = false;
        slow.countDown();

        assertThat(over.outcome()).isEmpty();
        assertThat(over.dropped).isEqualTo(DropReason.STALE);
        assertThat(observer.pairs).isEmpty();
    }

    @Test
    void whatIsAskedForAgainTakesThePlaceOfWhatIsStillInWork() throws Exception {
        ScoredGroup group = slow(0, 1);
        TestingWork first = new TestingWork(group);
        TestingWork again = TestingWork.again(group, 2, new ScoredAs(2, 17));
        arriving.add(first);
        slowAsked.await();
        arriving.add(again);
        await(() -> assistant.asked.size() == 2);
        slow.countDown();

        assertThat(again.outcome().orElseThrow().getGroup().getAttempt()).isEqualTo(2);
        assertThat(first.outcome()).isEmpty();
    }

    @Test
    void groupsThatAreNotToBePairedAreNotForThisStage() throws Exception {
        ScoredGroup.Builder rule = group(0, 1).toBuilder();
        rule.getVerifiedBuilder().getRolloutsBuilder().getRequestBuilder().clearPairing();
        TestingWork work = new TestingWork(rule.build());
        arriving.add(work);

        assertThat(work.outcome()).isEmpty();
        assertThat(work.dropped).isEqualTo(DropReason.NOT_FOR_THIS_STAGE);
    }

    @Test
    void aGroupThatWasLostFailsHereToo() throws Exception {
        ScoredGroup lost = GroupMessage.SCORED.lost(
                TestingGroups.group(0, 1),
                Failure.newBuilder().setReason(FailureReason.BAD_INPUT).build());
        TestingWork work = new TestingWork(lost);
        arriving.add(work);

        assertThat(work.outcome().orElseThrow().getFailure().getReason()).isEqualTo(FailureReason.BAD_INPUT);
    }

    @Test
    void whatTheLogDoesNotTakeIsSentAgain() throws Exception {
        AtomicInteger sends = new AtomicInteger();
        TestingWork work = new TestingWork(group(0, 1));
        work.beforeSend = () -> {
            if (sends.incrementAndGet() == 1) {
                throw new CooperException(FailureReason.TIMEOUT, "the log is away");
            }
        };
        arriving.add(work);

        assertThat(work.outcome().orElseThrow().hasPair()).isTrue();
        assertThat(sends).hasValue(2);
        assertThat(assistant.asked).hasSize(1);
    }

    @Test
    void aClosedStageLeavesWhatItDidNotFinishUnacknowledged() throws Exception {
        TestingWork work = new TestingWork(slow(0, 1));
        arriving.add(work);
        slowAsked.await();

        stage.close();
        slow.countDown();

        awaitInFlight(0);
        assertThat(work.settled).isNotDone();
    }

    private void awaitInFlight(int groups) throws InterruptedException {
        await(() -> stage.inFlight() == groups);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int left = 2000; !condition.getAsBoolean() && left > 0; left--) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static ScoredGroup group(int slot, int attempt) {
        return TestingScored.group(
                TestingGroups.group(slot, attempt),
                TestingScored.pairing(NegativeSource.ASSISTANT).build(),
                RIGHT);
    }

    private static ScoredGroup slow(int slot, int attempt) {
        return TestingScored.group(
                TestingGroups.group(slot, attempt),
                TestingScored.pairing(NegativeSource.ASSISTANT)
                        .setPrompt("slow {{question}}")
                        .build(),
                RIGHT);
    }
}
