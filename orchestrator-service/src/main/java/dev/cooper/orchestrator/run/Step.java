package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A step's row.
 *
 * @param dispatch the groups on their way: the training groups, and while EVALUATING the held-out ones
 * @param excluded why a slot is not in the manifest, by slot
 * @param manifest the records that the step trains on; frozen when SAMPLING ends
 * @param before the policy that sampled and that the update starts from
 * @param after the policy after the update; equal to {@code before} when there was nothing to learn
 * @param metrics as the trainer reported them, by their names in docs/metrics.md
 */
public record Step(
        String runId,
        long number,
        StepState state,
        Optional<Dispatch> dispatch,
        Map<Integer, String> excluded,
        Optional<Manifest> manifest,
        ModelRef before,
        Optional<ModelRef> after,
        String batchSha256,
        Map<String, Double> metrics,
        Instant startedAt,
        Optional<Instant> frozenAt,
        Optional<Instant> committedAt) {
    public Step {
        excluded = Map.copyOf(excluded);
        metrics = Map.copyOf(metrics);
    }

    static Step sampling(Run run, long number, Dispatch dispatch, Instant now) {
        return new Step(
                run.id(),
                number,
                StepState.SAMPLING,
                Optional.of(dispatch),
                Map.of(),
                Optional.empty(),
                run.policy(),
                Optional.empty(),
                "",
                Map.of(),
                now,
                Optional.empty(),
                Optional.empty());
    }

    /** Step 0: nothing is trained. */
    static Step initial(String runId, ModelRef policy, Instant now) {
        return new Step(
                runId,
                0,
                StepState.COMMITTED,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                policy,
                Optional.of(policy),
                "",
                Map.of(),
                now,
                Optional.empty(),
                Optional.of(now));
    }

    Step redispatched(Dispatch next) {
        return new Step(
                runId,
                number,
                state,
                Optional.of(next),
                excluded,
                manifest,
                before,
                after,
                batchSha256,
                metrics,
                startedAt,
                frozenAt,
                committedAt);
    }

    Step frozen(Manifest records, Map<Integer, String> left, Map<String, Double> measured, Instant now) {
        return new Step(
                runId,
                number,
                StepState.TRAINING_POLICY,
                dispatch,
                left,
                Optional.of(records),
                before,
                after,
                batchSha256,
                measured,
                startedAt,
                Optional.of(now),
                committedAt);
    }

    Step committed(ModelRef version, String batch, Map<String, Double> measured, Instant now) {
        Map<String, Double> all = new TreeMap<>(metrics);
        all.putAll(measured);
        return new Step(
                runId,
                number,
                StepState.COMMITTED,
                dispatch,
                excluded,
                manifest,
                before,
                Optional.of(version),
                batch,
                all,
                startedAt,
                frozenAt,
                Optional.of(now));
    }

    Step evaluating(Dispatch heldOut) {
        return new Step(
                runId,
                number,
                StepState.EVALUATING,
                Optional.of(heldOut),
                excluded,
                manifest,
                before,
                after,
                batchSha256,
                metrics,
                startedAt,
                frozenAt,
                committedAt);
    }

    Step evaluated() {
        return new Step(
                runId,
                number,
                StepState.EVALUATED,
                dispatch,
                excluded,
                manifest,
                before,
                after,
                batchSha256,
                metrics,
                startedAt,
                frozenAt,
                committedAt);
    }

    /** Whether the step changed the policy. */
    public boolean updated() {
        return after.isPresent() && after.get().getNumber() != before.getNumber();
    }

    /** What stands for the manifest in messages and in REST; empty until it is frozen. */
    public String manifestSha256() {
        return manifest.map(FrozenGroups::sha256).orElse("");
    }

    Dispatch groups() {
        return dispatch.orElseThrow(() -> new IllegalStateException("step " + number + " has dispatched nothing"));
    }

    /** Slots without a manifest record, oldest first. */
    public List<Integer> excludedSlots() {
        return excluded.keySet().stream().sorted().toList();
    }
}
