package dev.cooper.cli.bench;

import dev.cooper.languagemodel.random.CounterRandom;
import java.util.Locale;

/** Lengths of completions, as a function of a seed and a place. */
public sealed interface LengthDistribution {
    /** The length at a place, at least 1. */
    int length(long seed, long place);

    /** The longest that may occur. */
    int most();

    /** As {@link #parse} reads it. */
    String text();

    /** All equal. */
    record Fixed(int tokens) implements LengthDistribution {
        public Fixed {
            require(tokens >= 1, "fixed:N needs N of at least 1");
        }

        @Override
        public int length(long seed, long place) {
            return tokens;
        }

        @Override
        public int most() {
            return tokens;
        }

        @Override
        public String text() {
            return "fixed:" + tokens;
        }
    }

    /**
     * Many short ones and few long ones, as completions are by nature: {@code median · exp(sigma · gaussian)}, rounded,
     * and cut to the bounds.
     */
    record LogNormal(int median, double sigma, int least, int most) implements LengthDistribution {
        public LogNormal {
            require(
                    sigma >= 0 && least >= 1 && least <= median && median <= most,
                    "lognormal:MEDIAN:SIGMA:MIN:MAX needs 1 <= MIN <= MEDIAN <= MAX and SIGMA of at least 0");
        }

        @Override
        public int length(long seed, long place) {
            double gaussian = CounterRandom.gaussian(CounterRandom.key(seed, "length"), place);
            double length = Math.floor(median * StrictMath.exp(sigma * gaussian) + 0.5);
            return (int) Math.clamp(length, least, most);
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "lognormal:%d:%s:%d:%d", median, sigma, least, most);
        }
    }

    /**
     * Reads {@code fixed:N} or {@code lognormal:MEDIAN:SIGMA:MIN:MAX}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static LengthDistribution parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts[0].equals("fixed") && parts.length == 2) {
                return new Fixed(Integer.parseInt(parts[1]));
            }
            if (parts[0].equals("lognormal") && parts.length == 5) {
                return new LogNormal(
                        Integer.parseInt(parts[1]),
                        Double.parseDouble(parts[2]),
                        Integer.parseInt(parts[3]),
                        Integer.parseInt(parts[4]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--lengths is '%s': %s is no number".formatted(text, e.getMessage()), e);
        }
        throw new IllegalArgumentException(
                "--lengths is '%s'; it must be fixed:N or lognormal:MEDIAN:SIGMA:MIN:MAX".formatted(text));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("--lengths: " + rule);
        }
    }
}
