package dev.cooper.languagemodel.config;

/**
 * Which linear layers of a decoder layer have a bias.
 *
 * @param queryKeyValue those to queries, keys and values
 * @param attentionOutput the one behind the attention
 * @param feedForward the three of the feed-forward layer
 */
public record Biases(boolean queryKeyValue, boolean attentionOutput, boolean feedForward) {
    /** No bias at all. */
    public static final Biases NONE = new Biases(false, false, false);

    /** What every Qwen2 has: queries, keys and values. */
    public static final Biases QWEN2 = new Biases(true, false, false);
}
