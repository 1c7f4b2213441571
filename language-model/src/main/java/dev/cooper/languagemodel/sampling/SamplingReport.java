package dev.cooper.languagemodel.sampling;

import java.time.Duration;

/** What a call sampled, and in what time. */
public record SamplingReport(int completions, long tokens, Duration duration) {
    /** Sampled tokens a second, prompts not counted. */
    public double tokensPerSecond() {
        return tokens / Math.max(1e-9, duration.toNanos() / 1e9);
    }
}
