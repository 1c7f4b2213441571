package dev.cooper.pretraining;

/**
 * How a model does on held-out problems, each sampled once at temperature 1.
 *
 * @param problems number of problems
 * @param accuracy share whose last boxed number is the answer
 * @param boxedShare share that ends by itself and holds a boxed number
 * @param meanLength mean tokens of a completion
 */
public record Evaluation(int problems, double accuracy, double boxedShare, double meanLength) {
    static final Evaluation NONE = new Evaluation(0, 0, 0, 0);

    /** Standard error of the accuracy (binomial), 0 for no problems. */
    public double standardError() {
        return problems == 0 ? 0 : Math.sqrt(accuracy * (1 - accuracy) / problems);
    }
}
