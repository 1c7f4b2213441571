package dev.cooper.policy;

import dev.cooper.modelruntime.service.HeldVersion;
import dev.cooper.modelruntime.service.WorkerLifecycle;
import dev.cooper.modelruntime.service.WorkerLifecycle.Watch;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.health.Workers;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.service.CooperSettings;
import dev.cooper.platform.stream.Line;
import dev.cooper.platform.stream.LineMetrics;
import dev.cooper.platform.stream.WorkQueue;
import dev.cooper.policy.sampling.PolicyEngine;
import dev.cooper.policy.sampling.SamplingObserver;
import dev.cooper.policy.sampling.SamplingStage;
import dev.cooper.policy.sampling.SamplingStage.SamplerIdentity;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Prompts from the line to the engine, and rollouts back. */
@Configuration(proxyBeanMethods = false)
class SamplerConfiguration {

    /** The stream's function. It exists in every role; its binding is started in that of the sampler only. */
    @Bean
    WorkQueue<SampleRequest, RolloutGroup> prompts(Line line, SamplingSettings settings) {
        return line.queue(SamplingStage.NAME, GroupMessage.REQUEST, GroupMessage.ROLLOUTS, settings.queue());
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(PolicyRole.Sampler.class)
    static class Sampler {

        @Bean
        SamplingStage samplingStage(
                WorkQueue<SampleRequest, RolloutGroup> queue,
                PolicyEngine engine,
                CooperSettings settings,
                SamplingSettings sampling,
                Clock clock,
                MeterRegistry registry) {
            SamplerIdentity identity = new SamplerIdentity(settings.instance(), clock);
            SamplingStage stage =
                    new SamplingStage(identity, queue, engine, observer(registry), sampling.finishWithin());
            Gauge.builder("cooper.sampling.queue", () -> queue.size() + stage.taken())
                    .description("prompts taken in and not finished")
                    .register(registry);
            Gauge.builder("cooper.sampling.groups.in.flight", stage::inFlight)
                    .description("groups of the batch that is being sampled")
                    .register(registry);
            return stage;
        }

        @Bean(destroyMethod = "")
        PolicyEngine policyEngine(WeightStore weights, SamplingSettings settings) {
            return new PolicyEngine(
                    weights,
                    settings.maxRows(),
                    settings.contextLength(),
                    settings.cacheMemory().toBytes());
        }

        @Bean
        Gauge sampledVersion(PolicyEngine engine, MeterRegistry registry) {
            return HeldVersion.gauge("cooper.sampling.version", engine::version, registry);
        }

        @Bean
        WorkerLifecycle samplerLifecycle(
                SamplingStage stage,
                WorkQueue<SampleRequest, RolloutGroup> queue,
                PolicyEngine engine,
                BindingsLifecycleController bindings,
                Workers workers) {
            Watch watch = new Watch(workers, () -> queue.size() + stage.taken() > 0);
            return new WorkerLifecycle("sampler", stage, engine::close, "prompts-in-0", bindings, watch);
        }

        private static SamplingObserver observer(MeterRegistry registry) {
            Counter tokens = Counter.builder("cooper.sampling.tokens")
                    .description("tokens of completions")
                    .register(registry);
            Counter completions = Counter.builder("cooper.sampling.completions")
                    .description("completions drawn to their end")
                    .register(registry);
            Timer batches = Timer.builder("cooper.sampling.batch.duration")
                    .serviceLevelObjectives(LineMetrics.buckets())
                    .description("time of a batch; tokens over its sum are the tokens a second")
                    .register(registry);
            return (drawn, count, duration) -> {
                completions.increment(drawn);
                tokens.increment((double) count);
                batches.record(duration);
            };
        }
    }
}
