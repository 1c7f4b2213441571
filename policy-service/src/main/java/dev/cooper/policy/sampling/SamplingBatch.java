package dev.cooper.policy.sampling;

import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Work;
import dev.cooper.policy.sampling.SamplingStage.Outlet;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.SamplingReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Groups of one version and one kind of sampling, from their prompts to their outcomes. */
final class SamplingBatch {

    private final List<Work<SampleRequest, RolloutGroup>> groups;
    private final SamplingEngine engine;
    private final Outlet outlet;
    private final Instant started;

    /** Groups that are being sampled, in the order given to the engine. */
    private final List<Work<SampleRequest, RolloutGroup>> sampled = new ArrayList<>();

    private final List<SamplingEngine.Prompt> prompts = new ArrayList<>();
    private final List<Work<SampleRequest, RolloutGroup>> unfinished = new ArrayList<>();
    private long tokens;
    private int completions;

    SamplingBatch(List<Work<SampleRequest, RolloutGroup>> groups, SamplingEngine engine, Outlet outlet) {
        this.groups = groups;
        this.engine = engine;
        this.outlet = outlet;
        this.started = outlet.clock().instant();
    }

    /** Closes every group: rollouts, failure, or dropped as stale. Only a closing stage leaves groups open. */
    void run() {
        SampleRequest first = groups.getFirst().message();
        try {
            engine.use(first.getGroup().getRunId(), first.getPolicy());
        } catch (RuntimeException e) {
            CooperException failure = CooperException.of(e);
            groups.forEach(group -> fail(group, failure));
            return;
        }
        groups.forEach(this::prepare);
        if (!prompts.isEmpty()) {
            decode(first);
        }
    }

    private void prepare(Work<SampleRequest, RolloutGroup> group) {
        try {
            requireInTime(group);
            requireSamples(group);
            TokenIds prompt = engine.encode(group.message().getProblem().getPrompt());
            prompts.add(new SamplingEngine.Prompt(prompt, Noise.seeds(group.message())));
            sampled.add(group);
            unfinished.add(group);
        } catch (RuntimeException e) {
            fail(group, CooperException.of(e));
        }
    }

    private void decode(SampleRequest first) {
        try {
            engine.sample(prompts, first.getSampling(), this::nobodyWaits, this::finished);
        } catch (CancellationException e) {
            closeCancelled();
        } catch (SendFailedException e) {
            throw e.failure();
        } catch (RuntimeException e) {
            CooperException failure = CooperException.of(e);
            CooperException fault = failure.reason() == FailureReason.INTERNAL
                    ? new CooperException(FailureReason.MODEL_FAULT, "sampling failed: " + failure.detail(), e)
                    : failure;
            List.copyOf(unfinished).forEach(group -> fail(group, fault));
        }
        outlet.sampled(
                completions, tokens, Duration.between(started, outlet.clock().instant()));
    }

    private void closeCancelled() {
        if (outlet.closing()) {
            return;
        }
        for (Work<SampleRequest, RolloutGroup> group : unfinished) {
            if (!group.isCurrent()) {
                drop(group);
            } else {
                fail(group, late(group));
            }
        }
    }

    /** Asked between tokens: goes on as long as one group is wanted and in time. */
    private boolean nobodyWaits() {
        return outlet.closing() || unfinished.stream().noneMatch(group -> group.isCurrent() && inTime(group));
    }

    private void finished(int place, List<Completion> drawn) {
        Work<SampleRequest, RolloutGroup> group = sampled.get(place);
        for (Completion completion : drawn) {
            tokens += completion.getTokenIdsCount();
        }
        completions += drawn.size();
        try {
            if (inTime(group)) {
                finish(group, rollouts(group, prompts.get(place), drawn));
            } else {
                fail(group, late(group));
            }
        } catch (RuntimeException e) {
            throw new SendFailedException(e);
        }
        unfinished.remove(group);
    }

    /** A group that became stale meanwhile has no taker any more. */
    private void finish(Work<SampleRequest, RolloutGroup> group, RolloutGroup outcome) {
        if (group.isCurrent()) {
            group.finish(outcome);
            outlet.forget(group);
        } else {
            drop(group);
        }
    }

    private void fail(Work<SampleRequest, RolloutGroup> group, CooperException failure) {
        finish(
                group,
                RolloutGroup.newBuilder()
                        .setRequest(group.message())
                        .setFailure(failure.toFailure(SamplingStage.NAME))
                        .build());
    }

    private void drop(Work<SampleRequest, RolloutGroup> group) {
        group.drop();
        outlet.forget(group);
    }

    private RolloutGroup rollouts(
            Work<SampleRequest, RolloutGroup> group, SamplingEngine.Prompt prompt, List<Completion> drawn) {
        Rollouts.Builder rollouts = Rollouts.newBuilder()
                .addAllCompletions(drawn)
                .setPolicy(group.message().getPolicy())
                .setReport(SamplingReport.newBuilder()
                        .setInstance(outlet.instance())
                        .setStartedAtMs(started.toEpochMilli())
                        .setFinishedAtMs(outlet.clock().millis()));
        for (int token : prompt.tokens().toArray()) {
            rollouts.addPromptTokenIds(token);
        }
        return RolloutGroup.newBuilder()
                .setRequest(group.message())
                .setRollouts(rollouts)
                .build();
    }

    private boolean inTime(Work<SampleRequest, RolloutGroup> group) {
        SampleRequest request = group.message();
        return request.getTimeAllowedMs() == 0
                || outlet.clock().millis() <= request.getDispatchedAtMs() + request.getTimeAllowedMs();
    }

    private void requireInTime(Work<SampleRequest, RolloutGroup> group) {
        if (!inTime(group)) {
            throw late(group);
        }
    }

    private static CooperException late(Work<SampleRequest, RolloutGroup> group) {
        return new CooperException(
                FailureReason.TIMEOUT,
                "the group was not sampled within the " + group.message().getTimeAllowedMs()
                        + " ms allowed since its dispatch: raise sampling.time_allowed or add samplers");
    }

    private static void requireSamples(Work<SampleRequest, RolloutGroup> group) {
        int samples = group.message().getSampling().getGroupSize();
        if (samples < 1) {
            throw CooperException.badInput(
                    "sampling.group_size", "sampling.group_size must be at least 1, got " + samples);
        }
        if (group.message().getSampling().getMaxNewTokens() < 1) {
            throw CooperException.badInput(
                    "sampling.max_new_tokens",
                    "sampling.max_new_tokens must be at least 1, got "
                            + group.message().getSampling().getMaxNewTokens());
        }
    }

    /** Carries a failed send through the engine, whose own failures close groups, while this one leaves them open. */
    private static final class SendFailedException extends RuntimeException {

        private final RuntimeException failure;

        SendFailedException(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }

        RuntimeException failure() {
            return failure;
        }
    }
}
