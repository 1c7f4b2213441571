package dev.cooper.orchestrator.preflight;

/**
 * What is known of a model from its files.
 *
 * @param positions tokens that a sequence may have; 0 when config.json does not say
 * @param keyValueSize numbers that a token leaves in the cache of one layer: keys and values of all heads that have
 *     them
 */
record ModelFacts(
        long parameters, int layers, int hidden, int intermediate, int vocabulary, int positions, int keyValueSize) {

    private static final int FLOAT = 4;
    /** Decoding in float32 copies the weights of models up to this size into a form that it is faster with. */
    private static final long MOST_COPIED = 250_000_000;

    /** Bytes of a version, which is stored in float32. */
    long versionBytes() {
        return FLOAT * parameters;
    }

    /**
     * Bytes of the weights that a sampler holds: those of the version, and its copy for decoding.
     *
     * @param half whether it decodes in bfloat16
     */
    long samplingBytes(boolean half) {
        long copy = parameters <= MOST_COPIED ? FLOAT : 0;
        return (FLOAT + (half ? FLOAT / 2 : copy)) * parameters;
    }

    /** Bytes of a checkpoint: weights and two moments of the optimiser. */
    long checkpointBytes() {
        return 3 * versionBytes();
    }

    /** Bytes of the cache of keys and values, a token. */
    long cacheBytesPerToken() {
        return (long) FLOAT * layers * keyValueSize;
    }

    /**
     * Bytes that training keeps of a token between its forward and its backward pass: of each layer its input, what
     * attention and the feed-forward part work on, and at the end the logits and their gradient.
     */
    long activationBytesPerToken() {
        return FLOAT * (layers * (8L * hidden + 3L * intermediate) + 2L * vocabulary);
    }
}
