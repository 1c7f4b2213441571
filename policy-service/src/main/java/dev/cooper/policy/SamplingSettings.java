package dev.cooper.policy;

import dev.cooper.platform.failure.CooperException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the sampler.
 *
 * @param maxRows completions decoded at the same time; with deterministic sampling always exactly as many rows are
 *     computed
 * @param contextLength longest prompt with its completion, in tokens; a model with fewer positions sets a lower bound
 * @param cacheMemory for the keys and values of the completions that are decoded at the same time; fewer are, if they
 *     do not fit
 * @param queue unfinished prompts at which the topic is paused; at least a step's share is best
 * @param finishWithin how long a sampler that is told to end goes on with its batch; what is not finished then is
 *     sampled by another one
 */
@ConfigurationProperties(prefix = "cooper.sampling", ignoreUnknownFields = false)
public record SamplingSettings(
        @DefaultValue("256") int maxRows,
        @DefaultValue("4096") int contextLength,
        @DefaultValue("2GB") DataSize cacheMemory,
        @DefaultValue("512") int queue,
        @DefaultValue("0s") Duration finishWithin) {

    public SamplingSettings {
        requirePositive("cooper.sampling.max-rows", maxRows);
        requirePositive("cooper.sampling.context-length", contextLength - 1);
        requirePositive("cooper.sampling.cache-memory", cacheMemory.toBytes());
        requirePositive("cooper.sampling.queue", queue);
        if (finishWithin.isNegative()) {
            throw CooperException.badInput(
                    "cooper.sampling.finish-within",
                    "cooper.sampling.finish-within must not be negative, is " + finishWithin);
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw CooperException.badInput(name, name + " is too small");
        }
    }
}
