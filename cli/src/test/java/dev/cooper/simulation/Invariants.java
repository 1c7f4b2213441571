package dev.cooper.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.Dispatch;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RecordRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold after every event. */
final class Invariants {
    private final RunLedger ledger;
    private final MemoryLog log;
    private final TopicNames names;
    private final Map<Long, Manifest> frozen = new HashMap<>();
    private final Map<Long, ModelRef> versions = new HashMap<>();
    private long newest;

    Invariants(RunLedger ledger, MemoryLog log, TopicNames names) {
        this.ledger = ledger;
        this.log = log;
        this.names = names;
    }

    void check() {
        Run run = ledger.run(World.RUN).orElseThrow();
        versionsNeverGoBack(run);
        ledger.step(run.id(), run.step()).ifPresent(step -> {
            aFrozenManifestNeverChanges(step);
            step.manifest().ifPresent(manifest -> {
                everyGroupClosesOnce(step, manifest);
                if (step.state() == StepState.TRAINING_POLICY) {
                    oneWinnerASlot(step, manifest);
                }
            });
        });
    }

    private void versionsNeverGoBack(Run run) {
        ModelRef policy = run.policy();
        assertThat(policy.getNumber()).as("version of the policy").isGreaterThanOrEqualTo(newest);
        newest = policy.getNumber();
        if (!policy.getChecksum().isEmpty()) {
            assertThat(versions.computeIfAbsent(policy.getNumber(), _ -> policy))
                    .as("a version has one checksum")
                    .isEqualTo(policy);
        }
    }

    private void aFrozenManifestNeverChanges(Step step) {
        Manifest before = frozen.get(step.number());
        if (before != null) {
            assertThat(step.manifest()).as("manifest of step %d", step.number()).contains(before);
        }
        step.manifest().ifPresent(manifest -> frozen.put(step.number(), manifest));
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
                    .min(java.util.Comparator.comparingLong(LogRecord::offset))
                    .orElseThrow();
            assertThat(reference)
                    .as("winner of slot %d of step %d", reference.getSlot(), step.number())
                    .isEqualTo(RecordRef.newBuilder()
                            .setSlot(reference.getSlot())
                            .setTopic(names.name(Topic.SCORED))
                            .setPartition(winner.partition())
                            .setOffset(winner.offset())
                            .setSha256(winner.sha256())
                            .build());
        }
    }

    private static boolean isOf(LogRecord record, Step step, int slot, Dispatch dispatch) {
        GroupHeaders headers = GroupHeaders.parse(record.headers());
        return headers.step() == step.number()
                && headers.purpose() == Purpose.TRAINING
                && headers.slot() == slot
                && headers.attempt() == dispatch.slotAttempts().get(slot);
    }

    void nothingChanged(Run before, Run after, List<Step> stepsBefore, List<Step> stepsAfter) {
        assertThat(after).as("a stale fence changes nothing").isEqualTo(before);
        assertThat(stepsAfter).as("a stale fence changes nothing").isEqualTo(stepsBefore);
    }

    void same(int before, int after) {
        assertThat(after).as("a stale fence says nothing").isEqualTo(before);
    }
}
