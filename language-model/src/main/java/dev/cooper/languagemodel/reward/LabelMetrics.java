package dev.cooper.languagemodel.reward;

/**
 * What an update from labels did; all is of the model before it.
 *
 * @param examples number of examples
 * @param loss mean binary cross-entropy in nats
 * @param accuracy share of examples whose score and label are on the same side of a half
 * @param gradientNorm before clipping
 * @param tokens of all examples
 */
public record LabelMetrics(int examples, double loss, double accuracy, double gradientNorm, long tokens) {}
