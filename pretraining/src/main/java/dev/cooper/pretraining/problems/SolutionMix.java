package dev.cooper.pretraining.problems;

/**
 * What the solutions of a corpus are like. The shares bound what a model that has learned the corpus perfectly solves
 * at temperature 1: {@code (sentences + equations) * (1 - slips) + guesses * luckyGuesses}.
 *
 * @param sentences share of solutions in full sentences
 * @param equations share of solutions in equations; the rest are guesses
 * @param slips share of the worked solutions that hold a slip and so end in a wrong answer
 * @param luckyGuesses share of the guesses that are right
 */
public record SolutionMix(double sentences, double equations, double slips, double luckyGuesses) {
    public SolutionMix {
        checkShare("sentences", sentences);
        checkShare("equations", equations);
        checkShare("sentences + equations", sentences + equations);
        checkShare("slips", slips);
        checkShare("luckyGuesses", luckyGuesses);
    }

    /** The mix of the shipped model: 40% sentences, 30% equations, 30% guesses, a slip in every fourth working. */
    public static SolutionMix standard() {
        return new SolutionMix(0.4, 0.3, 0.25, 0.05);
    }

    /** The style at a place from 0 to below 1 of the shares. */
    Style style(double place) {
        if (place < sentences) {
            return Style.SENTENCES;
        }
        return place < sentences + equations ? Style.EQUATIONS : Style.GUESS;
    }

    private static void checkShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("solution mix: " + name + " must be from 0 to 1, is " + share);
        }
    }
}
