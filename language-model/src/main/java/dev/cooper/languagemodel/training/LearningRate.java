package dev.cooper.languagemodel.training;

/** Learning rate as a function of the number of updates made before. */
public sealed interface LearningRate {
    /** The rate of an update, 0 for the first. */
    double at(long step);

    /** Always the same after a linear warm-up of some updates (0 for none). */
    record Constant(double rate, long warmUp) implements LearningRate {
        public Constant {
            check(rate, warmUp);
        }

        @Override
        public double at(long step) {
            return rate * warmUpShare(step, warmUp);
        }
    }

    /** A linear warm-up, then half a cosine from rate down to {@code last} at update {@code steps}. */
    record Cosine(double rate, double last, long warmUp, long steps) implements LearningRate {
        public Cosine {
            check(rate, warmUp);
            if (!(last >= 0 && last <= rate) || steps <= warmUp) {
                throw new IllegalArgumentException(
                        "Cosine schedule: last (%s) must be within 0 and rate (%s), steps (%d) above warmUp (%d)"
                                .formatted(last, rate, steps, warmUp));
            }
        }

        @Override
        public double at(long step) {
            double done = Math.clamp((step - warmUp) / (double) (steps - warmUp), 0, 1);
            double cosine = last + (rate - last) * (1 + StrictMath.cos(Math.PI * done)) / 2;
            return step < warmUp ? rate * warmUpShare(step, warmUp) : cosine;
        }
    }

    private static double warmUpShare(long step, long warmUp) {
        return step < warmUp ? (step + 1) / (double) warmUp : 1;
    }

    private static void check(double rate, long warmUp) {
        if (!(rate >= 0) || Double.isInfinite(rate) || warmUp < 0) {
            throw new IllegalArgumentException(
                    "Learning rate %s with warm-up %d; both must be at least 0".formatted(rate, warmUp));
        }
    }
}
