package dev.cooper.reward;

import dev.cooper.modelruntime.service.HeldVersion;
import dev.cooper.modelruntime.service.WorkerLifecycle;
import dev.cooper.modelruntime.service.WorkerLifecycle.Watch;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.health.Workers;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.stream.Line;
import dev.cooper.platform.stream.LineMetrics;
import dev.cooper.platform.stream.WorkQueue;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.reward.scoring.RewardEngine;
import dev.cooper.reward.scoring.ScoringAdmission;
import dev.cooper.reward.scoring.ScoringObserver;
import dev.cooper.reward.scoring.ScoringStage;
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

        @Bean
        Gauge scoredVersion(RewardEngine engine, MeterRegistry registry) {
            return HeldVersion.gauge("cooper.scoring.version", engine::version, registry);
        }

        @Bean(destroyMethod = "")
        ScoringStage scoringStage(
                WorkQueue<VerifiedGroup, ScoredGroup> queue,
                RewardEngine engine,
                ScoringSettings settings,
                Clock clock,
                MeterRegistry registry) {
            ScoringStage stage = new ScoringStage(queue, engine, settings.batchTokens(), clock, observer(registry));
            Gauge.builder("cooper.scoring.queue", () -> queue.size() + stage.taken())
                    .description("verified groups taken in and not finished")
                    .register(registry);
            return stage;
        }

        @Bean
        WorkerLifecycle scorerLifecycle(
                ScoringStage stage,
                WorkQueue<VerifiedGroup, ScoredGroup> queue,
                RewardEngine engine,
                BindingsLifecycleController bindings,
                Workers workers) {
            Watch watch = new Watch(workers, () -> queue.size() + stage.taken() > 0);
            return new WorkerLifecycle("scorer", stage, engine::close, "score-in-0", bindings, watch);
        }

        private static ScoringObserver observer(MeterRegistry registry) {
            Counter completions = Counter.builder("cooper.scoring.completions")
                    .description("completions scored")
                    .register(registry);
            Counter tokens = Counter.builder("cooper.scoring.tokens")
                    .description("tokens that the reward model read")
                    .register(registry);
            Timer batches = Timer.builder("cooper.scoring.batch.duration")
                    .serviceLevelObjectives(LineMetrics.buckets())
                    .description("time of a batch of groups; tokens over its sum are the tokens a second")
                    .register(registry);
            return (_, count, read, duration) -> {
                completions.increment(count);
                tokens.increment((double) read);
                batches.record(duration);
            };
        }
    }
}
