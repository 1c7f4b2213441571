package dev.cooper.cli.evaluation;

/**
 * How a model is asked and judged. Two evaluations are comparable, and one can go on where the other stopped, if these
 * are equal.
 *
 * @param samples completions of each problem, k
 * @param temperature divides the logits; above 0
 * @param topP mass of the most probable tokens that are drawn from
 * @param maxNewTokens longest completion
 * @param template the prompt; {@code {{question}}} stands for the question
 * @param chat whether the prompt is a user's turn in the model's chat template
 * @param dtype what is computed in
 * @param seed of all chance
 */
public record Protocol(
        int samples,
        double temperature,
        double topP,
        int maxNewTokens,
        String template,
        boolean chat,
        String dtype,
        long seed) {
    private static final String PLACE = "{{question}}";

    public Protocol {
        if (samples < 1) {
            throw new IllegalArgumentException("--samples must be at least 1, not " + samples);
        }
        if (!template.contains(PLACE)) {
            throw new IllegalArgumentException("--template must contain " + PLACE + ", where the question is put");
        }
    }

    String prompt(String question) {
        return template.replace(PLACE, question);
    }
}
