package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cooper.orchestrator.run.RunLedger.Pending;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger keeps to. */
public abstract class RunLedgerContract {

    private static final Instant NOW = TestRuns.CREATED.plusSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(15);

    private RunLedger ledger;

    /** An empty ledger. */
    protected abstract RunLedger emptyLedger();

    @BeforeEach
    void begin() {
        ledger = emptyLedger();
    }

    private static RunEvent event(String runId, String type, Map<String, Object> data) {
        return new RunEvent(0, runId, 1, type, NOW, data);
    }

    /** A run that this test steers. */
    private Run steered(String id) {
        ledger.create(TestRuns.queued(id, "/data/train.jsonl"), event(id, "RunQueued", Map.of()));
        ledger.sent(ledger.outbox(100).stream().map(Pending::id).toList());
        ledger.takeOver(id, "me", NOW, LEASE);
        return ledger.run(id).orElseThrow();
    }

    private static Move move(Run run, Step step) {
        return new Move(run, Optional.of(step), Optional.empty(), List.of(), List.of());
    }

    private static OutgoingRecord record(String key) {
        return new OutgoingRecord(Topic.PROMPTS, false, key, Map.of("cooper-run", "r"), new byte[] {0, -1, 7});
    }

    @Test
    void runComesBackAsItWasCreated() {
        Run run = TestRuns.queued("r1", "/data/train.jsonl");
        ledger.create(run, event("r1", "RunQueued", Map.of()));

        assertThat(ledger.run("r1")).contains(run);
        assertThat(ledger.run("r2")).isEmpty();
    }

    @Test
    void sameIdTwiceIsRefused() {
        Run run = TestRuns.queued("r1", "/data/train.jsonl");
        ledger.create(run, event("r1", "RunQueued", Map.of()));

        assertThatThrownBy(() -> ledger.create(run, event("r1", "RunQueued", Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("r1");
    }

    @Test
    void runsComeInTheOrderOfTheirCreation() {
        List.of("z", "a", "m").forEach(this::steered);

        assertThat(ledger.runs()).extracting(Run::id).containsExactly("z", "a", "m");
    }

    @Test
    void deletedRunLeavesNothingButWordToTheLog() {
        Run prepared = steered("r1").prepared(TestRuns.version(0), Optional.empty(), NOW);
        Run ended = prepared.finished(RunState.CANCELLED, "", NOW);
        ledger.commit(new Move(
                ended,
                Optional.of(Step.initial(prepared, Map.of(), NOW)),
                Optional.empty(),
                List.of(event("r1", "RunCancelled", Map.of())),
                List.of()));
        ledger.sent(ledger.outbox(100).stream().map(Pending::id).toList());
        steered("r2");

        ledger.delete("r1");
        ledger.delete("r1");

        assertThat(ledger.run("r1")).isEmpty();
        assertThat(ledger.steps("r1", 0)).isEmpty();
        assertThat(ledger.events("r1", 0, 10)).isEmpty();
        assertThat(ledger.runs()).extracting(Run::id).containsExactly("r2");
        assertThat(ledger.outbox(10)).extracting(Pending::record).containsExactly(RunLedger.removal("r1"));
    }

    @Test
    void runThatHasNotEndedIsNotDeleted() {
        Run run = steered("r1");

        ledger.delete("r1");

        assertThat(ledger.run("r1")).contains(run);
        assertThat(ledger.outbox(10)).isEmpty();
    }

    @Test
    void committedRunComesBackWithAllItsFields() {
        Run prepared = steered("r1").prepared(TestRuns.version(0), Optional.empty(), NOW);
        Run ended = prepared.at(3)
                .with(ModelKind.POLICY, TestRuns.version(2))
                .finished(RunState.FAILED, "because", NOW.plusSeconds(5));
        ledger.commit(new Move(ended, Optional.empty(), Optional.empty(), List.of(), List.of()));

        assertThat(ledger.run("r1")).contains(ended);
    }

    @Test
    void stepComesBackWithAllItsFieldsAndItsLastStateWins() {
        Run run = steered("r1")
                .prepared(TestRuns.version(0), Optional.empty(), NOW)
                .at(1);
        Dispatch dispatch = Dispatch.first(Purpose.TRAINING, 3, Map.of(0, 5L, 3, Long.MAX_VALUE), NOW, run.fence());
        Step sampling = Step.sampling(run, 1, dispatch, Optional.empty(), NOW);
        ledger.commit(move(run, sampling));
        assertThat(ledger.step("r1", 1)).contains(sampling);

        Manifest manifest = Manifest.newBuilder()
                .setRunId("r1")
                .setStep(1)
                .setKind(ModelKind.POLICY)
                .addRecords(RecordRef.newBuilder()
                        .setTopic("cooper.scored")
                        .setOffset(9)
                        .setSha256("ab"))
                .build();
        Step committed = sampling.frozen(manifest, Map.of(2, "TIMEOUT: late"), Map.of("seconds_sampling", 0.5), NOW)
                .policyCommitted(
                        TestRuns.version(1),
                        "batch",
                        Map.of("loss", -0.1, "kl", 1e-12, "grad_norm", Double.NaN, "big", 1e300),
                        NOW);
        ledger.commit(move(run, committed));

        assertThat(ledger.step("r1", 1)).contains(committed);
        assertThat(ledger.step("r1", 2)).isEmpty();
    }

    @Test
    void stepsComeFromANumberOnInTheirOrder() {
        Run run = steered("r1").prepared(TestRuns.version(0), Optional.empty(), NOW);
        for (long number : new long[] {2, 0, 1, 10}) {
            ledger.commit(move(run, stepWith(run, number, 0, 0)));
        }

        assertThat(ledger.steps("r1", 1)).extracting(Step::number).containsExactly(1L, 2L, 10L);
    }

    private static Step stepWith(Run run, long number, long before, long after) {
        return TestRuns.step(run.id(), number, StepState.COMMITTED, before, after);
    }

    @Test
    void stepThatMadeAVersionIsTheOneThatChangedIt() {
        Run run = steered("r1").prepared(TestRuns.version(0), Optional.empty(), NOW);
        ledger.commit(move(run, stepWith(run, 0, 0, 0)));
        ledger.commit(move(run, stepWith(run, 1, 0, 0)));
        ledger.commit(move(run, stepWith(run, 2, 0, 1)));
        ledger.commit(move(run, stepWith(run, 3, 1, 1)));

        assertThat(ledger.stepThatMade("r1", ModelKind.POLICY, 1))
                .map(Step::number)
                .contains(2L);
        assertThat(ledger.stepThatMade("r1", ModelKind.POLICY, 0)).isEmpty();
        assertThat(ledger.stepThatMade("r1", ModelKind.POLICY, 2)).isEmpty();
        assertThat(ledger.stepThatMade("r1", ModelKind.REWARD, 1)).isEmpty();
    }

    @Test
    void runAndStepOfModeCooperComeBackWithTheirRewardModel() {
        ledger.create(
                Run.queued("r1", TestRuns.cooperSpec("/data/train.jsonl"), TestRuns.CREATED),
                event("r1", "RunQueued", Map.of()));
        ledger.takeOver("r1", "me", NOW, LEASE);
        Run created = ledger.run("r1").orElseThrow();
        assertThat(created.reward()).isPresent();
        Run run = created.prepared(TestRuns.version(0), Optional.of(TestRuns.version(0)), NOW)
                .at(1);
        Dispatch groups = Dispatch.first(Purpose.TRAINING, 2, Map.of(0, 5L), NOW, run.fence());
        Dispatch pairs = Dispatch.first(Purpose.TRAINING, 2, Map.of(0, 7L), NOW, run.fence());
        Step sampling = Step.sampling(run, 1, groups, Optional.of(pairs), NOW);
        ledger.commit(move(run, sampling));
        assertThat(ledger.run("r1")).contains(run);
        assertThat(ledger.step("r1", 1)).contains(sampling);

        Manifest records = Manifest.newBuilder()
                .addRecords(RecordRef.newBuilder().setSlot(1).setSha256("ab"))
                .build();
        Step pairing = sampling.frozen(records, Map.of(0, "BAD_INPUT: long"), Map.of(), NOW)
                .pairing(TestRuns.version(1), "groups", Map.of(), NOW);
        ledger.commit(move(run, pairing));
        assertThat(ledger.step("r1", 1)).contains(pairing);

        Step trained = pairing.paired(records, Map.of(0, "NOTHING_CORRECT"), Map.of("pairs", 1.0), NOW)
                .rewardCommitted(TestRuns.version(1), "pairs", Map.of(), NOW);
        Run updated = run.with(ModelKind.REWARD, TestRuns.version(1));
        ledger.commit(move(updated, trained));
        assertThat(ledger.step("r1", 1)).contains(trained);
        assertThat(ledger.run("r1")).contains(updated);
        assertThat(ledger.stepThatMade("r1", ModelKind.REWARD, 1)).contains(trained);
    }

    @Test
    void evaluationComesBackAndASecondOneOfTheStepReplacesIt() {
        Run run = steered("r1");
        Evaluation first = new Evaluation("r1", 0, 0, 20, 8, 0.25, 0.09, 1, 27.5, 3.25, NOW);
        Evaluation second = new Evaluation(
                "r1",
                0,
                0,
                20,
                8,
                0.5,
                0.1,
                1,
                27.5,
                3.25,
                NOW,
                List.of(
                        new SetFigures("gsm8k", 15, 0, 0.75, 0.1 / 3, 0.9, 1, 20),
                        new SetFigures("math500", 5, 1, 0.25, 0.125, 1.0 / 3, 0.5, 35)));
        for (Evaluation evaluation : List.of(first, second)) {
            ledger.commit(new Move(run, Optional.empty(), Optional.of(evaluation), List.of(), List.of()));
        }

        assertThat(ledger.evaluations("r1")).containsExactly(second);
        assertThat(ledger.evaluations("r2")).isEmpty();
    }

    @Test
    void eventsComeBackWithTheSameValuesAndRisingSequence() {
        Run run = steered("r1");
        Map<String, Object> data = Map.of(
                "text",
                "ä \"quoted\" \n",
                "whole",
                5L,
                "large",
                Long.MAX_VALUE,
                "fraction",
                1.0,
                "thousand",
                1e3,
                "flag",
                true,
                "list",
                List.of(1L, 2L),
                "map",
                Map.of("loss", -1e-9));
        ledger.commit(new Move(
                run,
                Optional.empty(),
                Optional.empty(),
                List.of(event("r1", "A", data), event("r1", "B", Map.of())),
                List.of()));

        List<RunEvent> events = ledger.events("r1", 0, 10);
        assertThat(events).extracting(RunEvent::type).containsExactly("RunQueued", "A", "B");
        assertThat(events).extracting(RunEvent::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(events.get(1).data()).isEqualTo(data);
        assertThat(events.get(1).at()).isEqualTo(NOW);
        assertThat(ledger.events("r1", events.get(1).sequence(), 10))
                .extracting(RunEvent::type)
                .containsExactly("B");
        assertThat(ledger.events("r1", 0, 2)).hasSize(2);
    }

    @Test
    void wishSurvivesAMoveOfOneWhoDidNotSeeIt() {
        Run run = steered("r1");
        ledger.wish("r1", Wish.PAUSE);
        ledger.commit(new Move(run.in(RunState.RUNNING, ""), Optional.empty(), Optional.empty(), List.of(), List.of()));

        assertThat(ledger.run("r1").orElseThrow().wish()).isEqualTo(Wish.PAUSE);
        assertThat(ledger.run("r1").orElseThrow().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void cancelIsNotLostToAPauseThatCameAfterIt() {
        steered("r1");
        ledger.wish("r1", Wish.CANCEL);
        ledger.wish("r1", Wish.PAUSE);

        assertThat(ledger.run("r1").orElseThrow().wish()).isEqualTo(Wish.CANCEL);
    }

    @Test
    void moveUnderAnOldFenceChangesNothing() {
        Run mine = steered("r1");
        assertThat(ledger.takeOver("r1", "other", NOW.plus(LEASE), LEASE)).isEqualTo(OptionalLong.of(2));
        Run before = ledger.run("r1").orElseThrow();
        Move stale = new Move(
                mine.in(RunState.FAILED, "stale"),
                Optional.of(stepWith(mine, 1, 0, 1)),
                Optional.of(new Evaluation("r1", 0, 0, 1, 1, 1, 0, 1, 1, 1, NOW)),
                List.of(event("r1", "Stale", Map.of())),
                List.of(record("k")));

        assertThatThrownBy(() -> ledger.commit(stale)).isInstanceOf(StaleFenceException.class);

        assertThat(ledger.run("r1")).contains(before);
        assertThat(ledger.step("r1", 1)).isEmpty();
        assertThat(ledger.evaluations("r1")).isEmpty();
        assertThat(ledger.events("r1", 0, 10)).extracting(RunEvent::type).doesNotContain("Stale");
        assertThat(ledger.outbox(10)).isEmpty();
    }

    @Test
    void moveOfARunThatIsNotThereIsRefused() {
        Run unknown = TestRuns.queued("nobody", "/data/train.jsonl");

        assertThatThrownBy(() ->
                        ledger.commit(new Move(unknown, Optional.empty(), Optional.empty(), List.of(), List.of())))
                .isInstanceOf(StaleFenceException.class);
    }

    @Test
    void leaseKeepsOthersOutUntilItEnds() {
        steered("r1");

        assertThat(ledger.takeOver("r1", "other", NOW.plus(LEASE).minusMillis(1), LEASE))
                .isEmpty();
        assertThat(ledger.takeOver("r1", "other", NOW.plus(LEASE), LEASE)).isEqualTo(OptionalLong.of(2));
        assertThat(ledger.renew("r1", "me", 1, NOW, LEASE)).isFalse();
    }

    @Test
    void ownerTakesOverAgainUnderAHigherFence() {
        steered("r1");

        assertThat(ledger.takeOver("r1", "me", NOW, LEASE)).isEqualTo(OptionalLong.of(2));
        assertThat(ledger.renew("r1", "me", 1, NOW, LEASE)).isFalse();
        assertThat(ledger.renew("r1", "me", 2, NOW, LEASE)).isTrue();
    }

    @Test
    void renewedLeaseLastsLonger() {
        steered("r1");

        assertThat(ledger.renew("r1", "me", 1, NOW.plusSeconds(10), LEASE)).isTrue();

        assertThat(ledger.takeOver("r1", "other", NOW.plus(LEASE), LEASE)).isEmpty();
    }

    @Test
    void releasedRunCanBeTakenAtOnce() {
        steered("r1");
        ledger.release("r1", "other", 1);
        assertThat(ledger.takeOver("r1", "other", NOW, LEASE)).isEmpty();

        ledger.release("r1", "me", 1);
        assertThat(ledger.takeOver("r1", "other", NOW, LEASE)).isEqualTo(OptionalLong.of(2));
        assertThat(ledger.takeOver("nobody", "other", NOW, LEASE)).isEmpty();
    }

    @Test
    void outboxGivesRecordsInTheirOrderUntilTheyAreSent() {
        Run run = steered("r1");
        ledger.commit(new Move(
                run,
                Optional.empty(),
                Optional.empty(),
                List.of(event("r1", "A", Map.of())),
                List.of(record("1"), record("2"))));

        List<Pending> pending = ledger.outbox(10);
        assertThat(pending)
                .extracting(waiting -> waiting.record().topic())
                .containsExactly(Topic.PROMPTS, Topic.PROMPTS, Topic.STEP_EVENTS);
        assertThat(pending.subList(0, 2)).extracting(Pending::record).containsExactly(record("1"), record("2"));
        assertThat(ledger.outbox(1)).containsExactly(pending.getFirst());

        ledger.sent(List.of(pending.getFirst().id()));
        assertThat(ledger.outbox(10)).containsExactlyElementsOf(pending.subList(1, 3));
        ledger.sent(List.of());
        assertThat(ledger.outbox(10)).hasSize(2);
    }

    @Test
    void eventsAreFoundByTheirTypes() {
        Run run = steered("r1");
        steered("r2");
        List<RunEvent> events = List.of(
                event("r1", "Good", Map.of("n", 1L)),
                event("r1", "Bad", Map.of()),
                event("r1", "Good", Map.of("n", 2L)));
        ledger.commit(new Move(run, Optional.empty(), Optional.empty(), events, List.of()));

        assertThat(ledger.events("r1", Set.of("Good", "Ugly")))
                .extracting(RunEvent::type, RunEvent::data)
                .containsExactly(tuple("Good", Map.of("n", 1L)), tuple("Good", Map.of("n", 2L)));
        assertThat(ledger.events("r1", Set.of())).isEmpty();
        assertThat(ledger.events("r2", Set.of("Good"))).isEmpty();
    }

    @Test
    void rollbackIsAskedForUntilAMoveFollowsIt() {
        Run run = steered("r1");
        Rollback first = new Rollback(3, Set.of(ModelKind.POLICY, ModelKind.REWARD));
        ledger.rollBack("r1", first);
        assertThat(ledger.run("r1").orElseThrow().rollback()).contains(first);

        ledger.commit(new Move(run, Optional.empty(), Optional.empty(), List.of(), List.of()));
        assertThat(ledger.run("r1").orElseThrow().rollback()).contains(first);

        Rollback second = new Rollback(2, Set.of(ModelKind.REWARD));
        ledger.rollBack("r1", second);
        ledger.commit(following(run, first));
        assertThat(ledger.run("r1").orElseThrow().rollback())
                .as("another one has come meanwhile")
                .contains(second);
        ledger.commit(following(run, second));
        assertThat(ledger.run("r1").orElseThrow().rollback()).isEmpty();
    }

    private static Move following(Run run, Rollback rollback) {
        return new Move(run, Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.of(rollback));
    }

    @Test
    void stepThatWentBackComesBackAndHasMadeItsFirstVersion() {
        Run run = steered("r1")
                .prepared(TestRuns.version(0), Optional.of(TestRuns.version(0)), NOW)
                .at(4);
        Step step = Step.goingBack(run, 4, NOW);
        Origin origin = new Origin(2, TestRuns.version(1));
        Step aimed = step.with(ModelKind.POLICY, step.policy().goingBack(origin, TestRuns.version(3)))
                .with(ModelKind.REWARD, step.update(ModelKind.REWARD).goingBack(origin, TestRuns.version(5)));
        ledger.commit(move(run, aimed));

        assertThat(ledger.step("r1", 4)).contains(aimed);
        assertThat(ledger.stepThatMade("r1", ModelKind.POLICY, 3)).contains(aimed);
        assertThat(ledger.stepThatMade("r1", ModelKind.REWARD, 5)).contains(aimed);
        assertThat(ledger.stepThatMade("r1", ModelKind.POLICY, 5)).isEmpty();
    }
}
