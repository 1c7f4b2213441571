package dev.cooper.languagemodel.sampling;

/**
 * How tokens are drawn.
 *
 * @param temperature divides the logits; 0 takes the most probable token
 * @param topP draws from the smallest set of most probable tokens with this mass; 1 for all
 * @param topK draws from this many most probable tokens; 0 for all
 * @param maxNewTokens longest completion
 * @param stop texts that end a completion, as its end-of-text tokens do
 */
public record SamplingSettings(double temperature, double topP, int topK, int maxNewTokens, StopStrings stop) {
    public SamplingSettings {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be at least 0, not " + temperature);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must be above 0 and at most 1, not " + topP);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("topK must be at least 0 (0 for all tokens), not " + topK);
        }
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("maxNewTokens must be at least 1, not " + maxNewTokens);
        }
    }

    /** Without stop strings. */
    public SamplingSettings(double temperature, double topP, int topK, int maxNewTokens) {
        this(temperature, topP, topK, maxNewTokens, StopStrings.NONE);
    }

    /** The model's own distribution: temperature 1, nothing filtered. */
    public static SamplingSettings plain(int maxNewTokens) {
        return new SamplingSettings(1, 1, 0, maxNewTokens);
    }

    /** The same with other stop strings. */
    public SamplingSettings withStop(StopStrings texts) {
        return new SamplingSettings(temperature, topP, topK, maxNewTokens, texts);
    }

    boolean filtered() {
        return topP < 1 || topK > 0;
    }
}
