package dev.cooper.cli.sizing;

/**
 * How long a step of a run takes. Scoring goes on while the step samples, and the making of pairs while the policy
 * trains; only what is left of them then is waited for. All times in seconds.
 *
 * @param sampling all tokens, by all samplers
 * @param scoringWait scoring beyond the time of sampling
 * @param training log-probabilities of the reference, and the policy's update
 * @param pairWait pairs beyond the time of training
 * @param update of the reward model
 * @param overhead the rest
 * @param evaluation of one step, on average
 */
public record RunTime(
        double sampling,
        double scoringWait,
        double training,
        double pairWait,
        double update,
        double overhead,
        double evaluation) {

    private static final double DAY = 86_400;

    /**
     * The time of a run's steps.
     *
     * @param evaluated completions that are sampled for evaluations, a step on average
     */
    public static RunTime of(RunShape shape, Devices devices, double evaluated) {
        double tokens = devices.samplers() * devices.tokens();
        double sampling = shape.sampledTokens() / tokens;
        double scoring = shape.scoring() / (devices.scorers() * devices.trainingFlops());
        double training = (shape.reference() + shape.training()) / devices.trainingFlops();
        double pairs = shape.rewrittenTokens() / devices.tokens();
        return new RunTime(
                sampling,
                Math.max(0, scoring - sampling),
                training,
                Math.max(0, pairs - training),
                shape.update() / devices.trainingFlops(),
                devices.overhead(),
                evaluated * shape.completion() / tokens);
    }

    /** Seconds of a step. */
    public double step() {
        return sampling + scoringWait + training + pairWait + update + overhead + evaluation;
    }

    /** Days of so many steps. */
    public double days(double steps) {
        return steps * step() / DAY;
    }

    /** Devices in use: samplers and the policy's trainer, and what the reward model and its pairs need. */
    public static int devices(RunShape shape, Devices devices) {
        int line = devices.samplers() + 1;
        return switch (shape.mode()) {
            case RULE -> line;
            case STATIC -> line + devices.scorers();
            case COOPER -> line + devices.scorers() + 2;
        };
    }
}
