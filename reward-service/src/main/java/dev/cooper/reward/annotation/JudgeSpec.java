package dev.cooper.reward.annotation;

import dev.cooper.reward.annotation.AnnotationSpec.Judge;

/**
 * A judge by itself.
 *
 * @param seed of its chance, where it samples
 * @param mostUnanswered replies that its endpoint may fail to give
 */
public record JudgeSpec(long seed, Judge judge, int mostUnanswered) {}
