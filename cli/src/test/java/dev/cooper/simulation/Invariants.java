package dev.cooper.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.Dispatch;
import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.ScoredGroup;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must hold after every event. */
final class Invariants {
    private final RunLedger ledger;
    private final MemoryLog log;
    private final TopicNames names;
    private final Map<String, Manifest> frozen = new HashMap<>();
    private final Map<String, ModelRef> versions = new HashMap<>();
    private final Map<ModelKind, Long> newest = new EnumMap<>(ModelKind.class);

    Invariants(RunLedger ledger, MemoryLog log, TopicNames names) {
        this.ledger = ledger;
        this.log = log;
        this.names = names;
    }

    void check() {
        Run run = ledger.run(World.RUN).orElseThrow();
        versionsNeverGoBack(ModelKind.POLICY, run.policy());
        run.reward().ifPresent(reward -> versionsNeverGoBack(ModelKind.REWARD, reward));
        ledger.step(run.id(), run.step()).ifPresent(this::check);
    }

    private void check(Step step) {
        // A policy that came out with other bytes voids the groups that the one before it had sampled.
        aFrozenManifestNeverChanges(
                step.number() + " of groups of " + step.before().getChecksum(), step.manifest());
        step.manifest().ifPresent(manifest -> {
            everyGroupClosesOnce(step, manifest);
            if (step.state() == StepState.TRAINING_POLICY) {
                oneWinnerASlot(step, manifest);
                everyRolloutIsOfTheVersionWanted(step, manifest);
                step.reward().ifPresent(reward -> everyScoreIsOfTheVersionWanted(reward, manifest));
            }
        });
        step.reward().ifPresent(reward -> check(step, reward));
    }

    private void check(Step step, ModelUpdate reward) {
        aFrozenManifestNeverChanges(step.number() + " of pairs", reward.manifest());
        reward.manifest().ifPresent(pairs -> {
            everyGroupHasAPairOrAReasonForNone(step, reward, pairs);
            thePolicyIsTrainedBeforeTheRewardModel(step);
            if (step.state() == StepState.TRAINING_REWARD) {
                everyPairComesFromTheManifestsRecord(step, pairs);
                onePairASlot(step, reward, pairs);
            }
        });
    }

    private void versionsNeverGoBack(ModelKind kind, ModelRef version) {
        assertThat(version.getNumber())
                .as("version of the %s model", kind)
                .isGreaterThanOrEqualTo(newest.getOrDefault(kind, 0L));
        newest.put(kind, version.getNumber());
        if (!version.getChecksum().isEmpty()) {
            assertThat(versions.computeIfAbsent(
                            kind + " " + version.getNumber() + "." + version.getIncarnation(), _ -> version))
                    .as("a version has one checksum")
                    .isEqualTo(version);
        }
    }

    private void aFrozenManifestNeverChanges(String name, Optional<Manifest> manifest) {
        Manifest before = frozen.get(name);
        if (before != null) {
            assertThat(manifest).as("manifest %s", name).contains(before);
        }
        manifest.ifPresent(now -> frozen.put(name, now));
    }

    private void everyRolloutIsOfTheVersionWanted(Step step, Manifest manifest) {
        for (LogRecord record : MemoryClosedGroups.fetch(log, names, manifest)) {
            ScoredGroup group = Messages.parse(record, ScoredGroup.parser());
            assertThat(group.getVerified().getRollouts().getRollouts().getPolicy())
                    .as("who sampled %s", record.place())
                    .isEqualTo(step.before());
        }
    }

    private void everyScoreIsOfTheVersionWanted(ModelUpdate reward, Manifest manifest) {
        for (LogRecord record : MemoryClosedGroups.fetch(log, names, manifest)) {
            ScoredGroup group = Messages.parse(record, ScoredGroup.parser());
            assertThat(group.getScores().getReward())
                    .as("who scored %s", record.place())
                    .isEqualTo(reward.before());
            assertThat(group.getScores().getScoresCount())
                    .isEqualTo(group.getVerified().getVerdicts().getVerdictsCount());
        }
    }

    private static void everyGroupHasAPairOrAReasonForNone(Step step, ModelUpdate reward, Manifest pairs) {
        Set<Integer> slots = new HashSet<>(reward.excluded().keySet());
        pairs.getRecordsList()
                .forEach(pair -> assertThat(slots.add(pair.getSlot()))
                        .as("slot %d of step %d has one pair", pair.getSlot(), step.number())
                        .isTrue());
        assertThat(slots)
                .as("slots of step %d that are decided", step.number())
                .containsExactlyInAnyOrderElementsOf(step.manifest().orElseThrow().getRecordsList().stream()
                        .map(RecordRef::getSlot)
                        .toList());
    }

    private static void thePolicyIsTrainedBeforeTheRewardModel(Step step) {
        assertThat(step.after()).as("policy of step %d", step.number()).isPresent();
    }

    private void everyPairComesFromTheManifestsRecord(Step step, Manifest pairs) {
        Map<Integer, RecordRef> groups = step.manifest().orElseThrow().getRecordsList().stream()
                .collect(Collectors.toMap(RecordRef::getSlot, Function.identity()));
        for (LogRecord record : MemoryClosedGroups.fetch(log, names, pairs)) {
            PairOutcome outcome = Messages.parse(record, PairOutcome.parser());
            assertThat(outcome.hasPair()).as("%s is a pair", record.place()).isTrue();
            assertThat(outcome.getScored())
                    .as("what the pair at %s was made from", record.place())
                    .isEqualTo(groups.get(outcome.getGroup().getSlot()));
        }
    }

    /** Found anew from the whole log: the lowest offset of the slot's pairing attempt. */
    private void onePairASlot(Step step, ModelUpdate reward, Manifest pairs) {
        Dispatch dispatch = reward.dispatch().orElseThrow();
        Map<Integer, RecordRef> groups = step.manifest().orElseThrow().getRecordsList().stream()
                .collect(Collectors.toMap(RecordRef::getSlot, Function.identity()));
        for (RecordRef reference : pairs.getRecordsList()) {
            LogRecord winner = log.all(Topic.PAIRS).stream()
                    .filter(record -> isOf(record, step, reference.getSlot(), dispatch))
                    .filter(record -> Messages.parse(record, PairOutcome.parser())
                            .getScored()
                            .equals(groups.get(reference.getSlot())))
                    .min(Comparator.comparingLong(LogRecord::offset))
                    .orElseThrow();
            assertThat(reference)
                    .as("pair of slot %d of step %d", reference.getSlot(), step.number())
                    .isEqualTo(reference(reference.getSlot(), winner));
        }
    }

    private RecordRef reference(int slot, LogRecord record) {
        return RecordRef.newBuilder()
                .setSlot(slot)
                .setTopic(names.name(record.topic()))
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setSha256(record.sha256())
                .build();
    }

    private void everyGroupClosesOnce(Step step, Manifest manifest) {
        Set<Integer> slots = new HashSet<>(step.excludedSlots());
        for (RecordRef record : manifest.getRecordsList()) {
            assertThat(slots.add(record.getSlot()))
                    .as("slot %d of step %d closes once", record.getSlot(), step.number())
                    .isTrue();
        }
        assertThat(slots).as("every slot of step %d closes", step.number()).hasSize(World.GROUPS);
    }

    /** Found anew from the whole log: the lowest offset of the slot's current attempt that is no failure. */
    private void oneWinnerASlot(Step step, Manifest manifest) {
        Dispatch dispatch = step.dispatch().orElseThrow();
        for (RecordRef reference : manifest.getRecordsList()) {
            LogRecord winner = log.all(Topic.SCORED).stream()
                    .filter(record -> isOf(record, step, reference.getSlot(), dispatch))
                    .min(Comparator.comparingLong(LogRecord::offset))
                    .orElseThrow();
            assertThat(reference)
                    .as("winner of slot %d of step %d", reference.getSlot(), step.number())
                    .isEqualTo(reference(reference.getSlot(), winner));
        }
    }

    private static boolean isOf(LogRecord record, Step step, int slot, Dispatch dispatch) {
        GroupHeaders headers = GroupHeaders.parse(record.headers());
        return headers.step() == step.number()
                && headers.purpose() == Purpose.TRAINING
                && headers.slot() == slot
                && headers.attempt() == dispatch.slotAttempts().get(slot);
    }

    /** At the end: each version was made from the one that the version before it was made as. */
    void theWayToEveryVersionIsUnbroken() {
        Run run = ledger.run(World.RUN).orElseThrow();
        theWayIsUnbroken(ModelKind.POLICY, run.policy());
        run.reward().ifPresent(reward -> theWayIsUnbroken(ModelKind.REWARD, reward));
    }

    private void theWayIsUnbroken(ModelKind kind, ModelRef newest) {
        ModelRef version = newest;
        while (version.getNumber() > 0) {
            Step step =
                    ledger.stepThatMade(World.RUN, kind, version.getNumber()).orElseThrow();
            ModelUpdate update = kind == ModelKind.REWARD ? step.reward().orElseThrow() : step.policy();
            boolean trained = update.updated() && update.after().equals(Optional.of(version));
            assertThat(trained ? update.after().orElseThrow() : update.before())
                    .as("version %d of the %s model in step %d", version.getNumber(), kind, step.number())
                    .isEqualTo(version);
            version = trained ? update.before() : update.origin().orElseThrow().version();
        }
    }

    void nothingChanged(Run before, Run after, List<Step> stepsBefore, List<Step> stepsAfter) {
        assertThat(after).as("a stale fence changes nothing").isEqualTo(before);
        assertThat(stepsAfter).as("a stale fence changes nothing").isEqualTo(stepsBefore);
    }

    void same(int before, int after) {
        assertThat(after).as("a stale fence says nothing").isEqualTo(before);
    }
}
