package dev.cooper.cli.bench;

import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.training.PolicySequence;
import java.util.List;
import java.util.Map;

/**
 * What a work took, once.
 *
 * @param parts seconds of its parts, if it has any
 * @param residentBefore memory before it, in bytes
 * @param residentPeak the most while it was done, in bytes
 */
public record Measurement(
        Work work, Size size, double seconds, Map<String, Double> parts, long residentBefore, long residentPeak) {
    public Measurement {
        parts = Map.copyOf(parts);
    }

    /**
     * How much work it is.
     *
     * @param promptTokens tokens of the prompts, each counted once for all the completions that share it when sampling,
     *     and once for each sequence when training
     * @param newTokens tokens of the completions
     */
    public record Size(int sequences, long promptTokens, long newTokens) {
        static Size of(List<SampleRequest> requests, int maxNewTokens) {
            int sequences = 0;
            long prompts = 0;
            long completions = 0;
            for (SampleRequest request : requests) {
                int samples = request.seeds().size();
                sequences += samples;
                prompts += request.prompt().size();
                completions += request.limits().isEmpty()
                        ? (long) samples * maxNewTokens
                        : request.limits().stream()
                                .mapToLong(Integer::longValue)
                                .sum();
            }
            return new Size(sequences, prompts, completions);
        }

        static Size of(List<PolicySequence> sequences) {
            return new Size(
                    sequences.size(),
                    sequences.stream().mapToLong(s -> s.prompt().size()).sum(),
                    sequences.stream().mapToLong(s -> s.completion().size()).sum());
        }
    }

    /** The tokens that speed is told by: those read, drawn, trained on or scored. */
    public long tokens() {
        return switch (work) {
            case PREFILL -> size.promptTokens;
            case DECODE, ROLLOUTS, GRPO_STEP -> size.newTokens;
            case TRAINING_RAGGED, TRAINING_EQUAL, SCORE -> size.promptTokens + size.newTokens;
        };
    }

    /** Sequences a second: of {@link Work#SCORE}, scores. */
    public double sequencesPerSecond() {
        return size.sequences / seconds;
    }

    /** {@link #tokens} a second. */
    public double tokensPerSecond() {
        return tokens() / seconds;
    }
}
