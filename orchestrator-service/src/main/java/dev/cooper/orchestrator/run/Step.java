package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.hacking.StepFigures;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A step's row.
 *
 * @param policy what the step does to the policy
 * @param reward what it does to the reward model; there in modes static and cooper, and only there
 * @param metrics by their names in docs/metrics.md
 */
public record Step(
        String runId,
        long number,
        StepState state,
        ModelUpdate policy,
        Optional<ModelUpdate> reward,
        Map<String, Double> metrics,
        StepInstants instants) {
    public Step {
        metrics = Map.copyOf(metrics);
    }

    /** @param pairs set when the step trains the reward model; pairs arrive from the first closed group on */
    static Step sampling(Run run, long number, Dispatch groups, Optional<Dispatch> pairs, Instant now) {
        ModelUpdate policy = ModelUpdate.from(run.policy()).sent(groups);
        Optional<ModelUpdate> reward = run.reward().map(ModelUpdate::from);
        return new Step(
                run.id(),
                number,
                StepState.SAMPLING,
                policy,
                reward.map(update -> pairs.map(update::sent).orElse(update)),
                Map.of(),
                StepInstants.started(now));
    }

    /**
     * Step 0 of a run that is prepared: nothing is trained.
     *
     * @param measured of the initial models
     */
    static Step initial(Run run, Map<String, Double> measured, Instant now) {
        return new Step(
                run.id(),
                0,
                StepState.COMMITTED,
                ModelUpdate.from(run.policy()).closed(),
                run.reward().map(version -> ModelUpdate.from(version).closed()),
                measured,
                StepInstants.started(now).committed(now));
    }

    /** A new step that first goes back. */
    static Step goingBack(Run run, long number, Instant now) {
        return new Step(
                run.id(),
                number,
                StepState.ROLLING_BACK,
                ModelUpdate.from(run.policy()),
                run.reward().map(ModelUpdate::from),
                Map.of(),
                StepInstants.started(now));
    }

    /** Leaves what is on its way. */
    Step goingBack() {
        return with(StepState.ROLLING_BACK, policy, reward);
    }

    /** The same step with another part for one model. */
    Step with(ModelKind kind, ModelUpdate update) {
        return kind == ModelKind.REWARD ? with(state, policy, Optional.of(update)) : with(state, update, reward);
    }

    /** It samples, anew or for the first time. */
    Step sampling(Dispatch groups, Optional<Dispatch> pairs) {
        return with(
                StepState.SAMPLING,
                policy.sent(groups),
                reward.map(update -> pairs.map(update::sent).orElse(update)));
    }

    /** What it waits for has been sent again, or has its time anew. */
    Step redispatched(Dispatch next) {
        return state == StepState.PAIRING
                ? with(state, policy, reward.map(update -> update.sent(next)))
                : with(state, policy.sent(next), reward);
    }

    Step frozen(Manifest records, Map<Integer, String> left, Map<String, Double> measured, Instant now) {
        return with(StepState.TRAINING_POLICY, policy.frozen(records, left), reward)
                .with(measured, instants.frozen(now));
    }

    /** The policy is at its new version; the pairs are what is left to wait for. */
    Step pairing(ModelRef version, String batch, Map<String, Double> measured, Instant now) {
        Manifest groups = policy.manifest().orElseThrow();
        Dispatch awaited = policy.dispatch().orElseThrow().pairsOf(groups, pairs().scanFrom(), now);
        return with(StepState.PAIRING, policy.made(version, batch), reward.map(update -> update.sent(awaited)))
                .with(measured, instants.trained(now));
    }

    /** The policy is at its new version, and nothing is left to do. */
    Step policyCommitted(ModelRef version, String batch, Map<String, Double> measured, Instant now) {
        return with(StepState.COMMITTED, policy.made(version, batch), reward.map(ModelUpdate::closed))
                .with(measured, instants.trained(now).committed(now));
    }

    Step paired(Manifest records, Map<Integer, String> left, Map<String, Double> measured, Instant now) {
        return with(StepState.TRAINING_REWARD, policy, reward.map(update -> update.frozen(records, left)))
                .with(measured, instants.paired(now));
    }

    /** The reward model is at its new version, or had nothing to learn. */
    Step rewardCommitted(ModelRef version, String batch, Map<String, Double> measured, Instant now) {
        return with(StepState.COMMITTED, policy, reward.map(update -> update.made(version, batch)))
                .with(measured, instants.committed(now));
    }

    Step evaluating(Dispatch heldOut) {
        return with(StepState.EVALUATING, policy.sent(heldOut), reward);
    }

    Step evaluated() {
        return with(StepState.EVALUATED, policy, reward);
    }

    private Step with(StepState next, ModelUpdate nextPolicy, Optional<ModelUpdate> nextReward) {
        return new Step(runId, number, next, nextPolicy, nextReward, metrics, instants);
    }

    private Step with(Map<String, Double> measured, StepInstants at) {
        Map<String, Double> all = new TreeMap<>(metrics);
        all.putAll(measured);
        return new Step(runId, number, state, policy, reward, all, at);
    }

    /** Whether it began by going back, with one model or both. */
    public boolean wentBack() {
        return policy.origin().isPresent()
                || reward.flatMap(ModelUpdate::origin).isPresent();
    }

    /** What its groups have shown. */
    public StepFigures figures() {
        return new StepFigures(number, wentBack(), metrics);
    }

    /** Whether the step makes pairs and trains the reward model on them. */
    boolean trainsReward() {
        return reward.flatMap(ModelUpdate::dispatch).isPresent();
    }

    ModelUpdate update(ModelKind kind) {
        return kind == ModelKind.REWARD ? reward.orElseThrow() : policy;
    }

    /** What the step waits for in its state. */
    Dispatch awaited() {
        return state == StepState.PAIRING ? pairs() : groups();
    }

    Dispatch groups() {
        return policy.dispatch()
                .orElseThrow(() -> new IllegalStateException("step " + number + " has dispatched nothing"));
    }

    Dispatch pairs() {
        return reward.flatMap(ModelUpdate::dispatch)
                .orElseThrow(() -> new IllegalStateException("step " + number + " makes no pairs"));
    }

    /** The attempt that control says: within a phase it only rises. */
    int attempt() {
        int groups = policy.dispatch().map(Dispatch::attempt).orElse(0);
        boolean held = policy.dispatch()
                .filter(dispatch -> dispatch.purpose() == Purpose.EVALUATION)
                .isPresent();
        return held
                ? groups
                : Math.max(
                        groups,
                        reward.flatMap(ModelUpdate::dispatch)
                                .map(Dispatch::attempt)
                                .orElse(0));
    }

    /** The groups on their way: the training groups, and while EVALUATING the held-out ones. */
    public Optional<Dispatch> dispatch() {
        return policy.dispatch();
    }

    /** Why a slot is not in the manifest of groups, by slot. */
    public Map<Integer, String> excluded() {
        return policy.excluded();
    }

    /** The groups that the policy is trained on; frozen when SAMPLING ends. */
    public Optional<Manifest> manifest() {
        return policy.manifest();
    }

    /** The policy that sampled and that its update starts from. */
    public ModelRef before() {
        return policy.before();
    }

    /** The policy after its update; equal to {@link #before} when there was nothing to learn. */
    public Optional<ModelRef> after() {
        return policy.after();
    }

    public String batchSha256() {
        return policy.batchSha256();
    }

    /** Whether the step changed the policy. */
    public boolean updated() {
        return policy.updated();
    }

    /** What stands for the manifest of groups in messages and in REST; empty until it is frozen. */
    public String manifestSha256() {
        return policy.manifestSha256();
    }

    public Instant startedAt() {
        return instants.startedAt();
    }

    public Optional<Instant> frozenAt() {
        return instants.frozenAt();
    }

    public Optional<Instant> committedAt() {
        return instants.committedAt();
    }

    /** Slots without a record in the manifest of groups, oldest first. */
    public List<Integer> excludedSlots() {
        return excluded().keySet().stream().sorted().toList();
    }
}
