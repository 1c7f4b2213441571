package dev.cooper.languagemodel.reward;

/**
 * What an update from pairs and an anchor did; all but the margin after it is of the model before it.
 *
 * @param pairs their part; the gradient norm is that of the sum
 * @param anchorLoss mean binary cross-entropy of the anchor's examples in nats, without its weight; 0 if there are none
 * @param anchorAccuracy share of the anchor's examples whose score and label are on the same side of a half; 0 if there
 *     are none
 */
public record AnchoredMetrics(PairMetrics pairs, double anchorLoss, double anchorAccuracy) {}
