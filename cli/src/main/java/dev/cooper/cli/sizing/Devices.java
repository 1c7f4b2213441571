package dev.cooper.cli.sizing;

/**
 * What a run is computed on. Sustained means as measured, not as on the data sheet.
 *
 * @param samplers each on a device of its own
 * @param scorers each on a device of its own
 * @param tokens a second that one sampler, or the assistant, draws
 * @param trainingFlops a second, sustained, of a device that trains or scores
 * @param overhead seconds of a step in which nothing of this is computed: loading weights, writing, the log
 */
public record Devices(int samplers, int scorers, double tokens, double trainingFlops, double overhead) {}
