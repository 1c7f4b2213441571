package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Dispatch;
import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.RunProgress;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.proto.v1.Manifest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A step, as REST shows it.
 *
 * @param attempt the newest dispatch of any of its groups
 * @param groupsClosed of the groups on their way, or in the manifest once it is frozen
 * @param excluded why a slot is not in the manifest, by slot
 * @param policyOrigin where {@code policyBefore} has its weights from, when the run went back before this step; null
 *     otherwise
 * @param rewardOrigin likewise
 * @param rewardBefore who scored; null in mode rule
 * @param rewardAfter the reward model after the step; equal to {@code rewardBefore} when it was not trained
 * @param batchSha256 of the policy's batch, as the trainer hashed it; empty before
 * @param rewardBatchSha256 of the pairs; empty before, and when none were trained on; null in mode rule
 * @param pairsExcluded why a group has no pair, by slot; null when the step makes no pairs
 * @param metrics by their names in docs/metrics.md
 */
@JsonNaming(SnakeCaseStrategy.class)
public record StepView(
        long step,
        String state,
        int attempt,
        int groupsClosed,
        int groupsTotal,
        Map<Integer, String> excluded,
        VersionView policyBefore,
        @Nullable VersionView policyAfter,
        @Nullable OriginView policyOrigin,
        @Nullable VersionView rewardBefore,
        @Nullable VersionView rewardAfter,
        @Nullable OriginView rewardOrigin,
        String batchSha256,
        String manifestSha256,
        @Nullable String rewardBatchSha256,
        @Nullable String pairManifestSha256,
        @Nullable Map<Integer, String> pairsExcluded,
        Map<String, Double> metrics,
        Timings timings,
        Instant startedAt,
        @Nullable Instant committedAt) {

    /** Where the step's wall time went, in seconds; null while it is not known. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Timings(
            @Nullable Double samplingSeconds,
            @Nullable Double trainingSeconds,
            @Nullable Double pairingSeconds,
            @Nullable Double trainingRewardSeconds,
            @Nullable Double overheadSeconds,
            @Nullable Double totalSeconds) {
        static Timings of(Map<String, Double> metrics) {
            return new Timings(
                    metrics.get("seconds_sampling"),
                    metrics.get("seconds_training"),
                    metrics.get("seconds_pairing"),
                    metrics.get("seconds_training_reward"),
                    metrics.get("seconds_overhead"),
                    metrics.get("seconds_total"));
        }
    }

    static StepView of(Step step, Optional<RunProgress> live) {
        int[] groups = groups(step, live);
        return new StepView(
                step.number(),
                step.state().name(),
                step.dispatch().map(Dispatch::attempt).orElse(0),
                groups[0],
                groups[1],
                new TreeMap<>(step.excluded()),
                VersionView.of(step.before()),
                step.after().map(VersionView::of).orElse(null),
                step.policy().origin().map(OriginView::of).orElse(null),
                step.reward().map(update -> VersionView.of(update.before())).orElse(null),
                step.reward().flatMap(ModelUpdate::after).map(VersionView::of).orElse(null),
                step.reward().flatMap(ModelUpdate::origin).map(OriginView::of).orElse(null),
                step.batchSha256(),
                step.manifestSha256(),
                step.reward().map(ModelUpdate::batchSha256).orElse(null),
                step.reward().map(ModelUpdate::manifestSha256).orElse(null),
                step.reward()
                        .filter(update -> update.dispatch().isPresent())
                        .map(update -> new TreeMap<>(update.excluded()))
                        .orElse(null),
                new TreeMap<>(step.metrics()),
                Timings.of(step.metrics()),
                step.startedAt(),
                step.committedAt().orElse(null));
    }

    /** Closed ones and all. */
    private static int[] groups(Step step, Optional<RunProgress> live) {
        boolean open = step.state() == StepState.SAMPLING || step.state() == StepState.EVALUATING;
        if (open) {
            int total = step.dispatch()
                    .map(dispatch -> dispatch.slotAttempts().size())
                    .orElse(0);
            int closed = live.filter(progress -> progress.step() == step.number())
                    .map(RunProgress::groupsClosed)
                    .orElse(0);
            return new int[] {closed, total};
        }
        int frozen = step.manifest().map(Manifest::getRecordsCount).orElse(0)
                + step.excluded().size();
        return new int[] {frozen, frozen};
    }
}
