package dev.cooper.reward.annotation;

import dev.cooper.languagemodel.sampling.SamplingSettings;
import java.util.List;

/**
 * What is annotated, and how.
 *
 * @param seed of all chance
 * @param data the problems
 * @param sources models whose completions are wanted, each under a name of its own
 * @param judge the language model that labels beside the rule verifier
 * @param mostUnanswered texts that endpoints may fail to give before everything ends; they are asked for again when it
 *     is started again
 */
public record AnnotationSpec(long seed, ProblemFile data, List<Source> sources, Judge judge, int mostUnanswered) {
    public AnnotationSpec {
        sources = List.copyOf(sources);
    }

    /**
     * A model that writes completions.
     *
     * @param name under which its completions are kept
     * @param samples of each problem
     */
    public record Source(
            String name, ModelChoice model, PromptTemplate prompt, SamplingSettings sampling, int samples) {}

    /**
     * A model that says whether a completion is right.
     *
     * @param reading what of its reply is taken for yes and no
     */
    public record Judge(ModelChoice model, PromptTemplate prompt, SamplingSettings sampling, JudgeReading reading) {}
}
