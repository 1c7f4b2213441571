package dev.cooper.simulation;

import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Rollback;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.Wish;
import dev.cooper.proto.v1.ModelKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Dies before or after a commit, never in it: a transaction is whole or not there. */
record DyingLedger(RunLedger real, Chance chance) implements RunLedger {
    @Override
    public void commit(Move move) {
        chance.mayCrash("orchestrator before a commit");
        real.commit(move);
        chance.mayCrash("orchestrator after a commit");
    }

    @Override
    public void create(Run run, RunEvent event) {
        real.create(run, event);
    }

    @Override
    public Optional<Run> run(String id) {
        return real.run(id);
    }

    @Override
    public List<Run> runs() {
        return real.runs();
    }

    @Override
    public Optional<Step> step(String runId, long number) {
        return real.step(runId, number);
    }

    @Override
    public List<Step> steps(String runId, long from) {
        return real.steps(runId, from);
    }

    @Override
    public Optional<Step> stepThatMade(String runId, ModelKind kind, long version) {
        return real.stepThatMade(runId, kind, version);
    }

    @Override
    public List<Evaluation> evaluations(String runId) {
        return real.evaluations(runId);
    }

    @Override
    public List<RunEvent> events(String runId, long after, int limit) {
        return real.events(runId, after, limit);
    }

    @Override
    public List<RunEvent> events(String runId, Set<String> types) {
        return real.events(runId, types);
    }

    @Override
    public void delete(String runId) {
        real.delete(runId);
    }

    @Override
    public void rollBack(String runId, Rollback rollback) {
        real.rollBack(runId, rollback);
    }

    @Override
    public void wish(String runId, Wish wish) {
        real.wish(runId, wish);
    }

    @Override
    public OptionalLong takeOver(String runId, String owner, Instant now, Duration lease) {
        return real.takeOver(runId, owner, now, lease);
    }

    @Override
    public boolean renew(String runId, String owner, long fence, Instant now, Duration lease) {
        return real.renew(runId, owner, fence, now, lease);
    }

    @Override
    public void release(String runId, String owner, long fence) {
        real.release(runId, owner, fence);
    }

    @Override
    public List<Pending> outbox(int limit) {
        return real.outbox(limit);
    }

    @Override
    public void sent(List<Long> ids) {
        real.sent(ids);
    }
}
