package dev.cooper.reward;

import dev.cooper.modelruntime.service.Worker;
import dev.cooper.modelruntime.service.WorkerLifecycle;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.stream.Line;
import dev.cooper.platform.stream.WorkItem;
import dev.cooper.platform.stream.WorkQueue;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.reward.scoring.RewardEngine;
import dev.cooper.reward.scoring.ScoringAdmission;
import dev.cooper.reward.scoring.ScoringObserver;
import dev.cooper.reward.scoring.ScoringStage;
import dev.cooper.reward.scoring.VerifiedSource;
import dev.cooper.reward.scoring.VerifiedWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Verified groups from the line to the engine, and scored groups back. */
@Configuration(proxyBeanMethods = false)
class ScorerConfiguration {

    /** The stream's function. It exists in every role; its binding is started in that of the scorer only. */
    @Bean
    WorkQueue<VerifiedGroup, ScoredGroup> score(Line line, ControlBoard board, ScoringSettings settings) {
        return line.queue(
                ScoringStage.NAME,
                GroupMessage.VERIFIED,
                GroupMessage.SCORED,
                settings.queue(),
                new ScoringAdmission(board));
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(RewardRole.Scorer.class)
    static class Scorer {

        @Bean(destroyMethod = "")
        RewardEngine rewardEngine(WeightStore weights, ScoringSettings settings) {
            return new RewardEngine(weights, settings.batchTokens());
        }

        @Bean(destroyMethod = "")
        ScoringStage scoringStage(
                WorkQueue<VerifiedGroup, ScoredGroup> queue,
                RewardEngine engine,
                ScoringSettings settings,
                Clock clock,
                MeterRegistry registry) {
            VerifiedSource source = atMost -> queue.poll(atMost).map(LineGroup::new);
            ScoringStage stage = new ScoringStage(source, engine, settings.batchTokens(), clock, observer(registry));
            Gauge.builder("cooper.scoring.queue", () -> queue.size() + stage.taken())
                    .description("verified groups taken in and not finished")
                    .register(registry);
            return stage;
        }

        @Bean
        WorkerLifecycle scorerLifecycle(ScoringStage stage, RewardEngine engine, BindingsLifecycleController bindings) {
            return new WorkerLifecycle("scorer", new Scoring(stage, engine), "score-in-0", bindings);
        }

        private static ScoringObserver observer(MeterRegistry registry) {
            Counter completions = Counter.builder("cooper.scoring.completions")
                    .description("completions scored")
                    .register(registry);
            Counter tokens = Counter.builder("cooper.scoring.tokens")
                    .description("tokens that the reward model read")
                    .register(registry);
            Timer batches = Timer.builder("cooper.scoring.batch.duration")
                    .description("time of a batch of groups; tokens over its sum are the tokens a second")
                    .register(registry);
            return (_, count, read, duration) -> {
                completions.increment(count);
                tokens.increment((double) read);
                batches.record(duration);
            };
        }
    }

    private record Scoring(ScoringStage stage, RewardEngine engine) implements Worker {

        @Override
        public void run() throws InterruptedException {
            stage.run();
        }

        @Override
        public void close() {
            stage.close();
        }

        @Override
        public void release() {
            engine.close();
        }
    }

    private record LineGroup(WorkItem<VerifiedGroup, ScoredGroup> item) implements VerifiedWork {

        @Override
        public VerifiedGroup group() {
            return item.message();
        }

        @Override
        public boolean isCurrent() {
            return item.isCurrent();
        }

        @Override
        public void finish(ScoredGroup outcome) {
            item.finish(outcome);
        }

        @Override
        public void passAlong(ScoredGroup outcome) {
            item.passAlong(outcome);
        }

        @Override
        public void drop() {
            item.drop();
        }
    }
}
