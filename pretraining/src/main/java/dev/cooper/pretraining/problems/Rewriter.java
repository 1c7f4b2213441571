package dev.cooper.pretraining.problems;

import dev.cooper.languagemodel.random.CounterRandom;
import java.util.List;

/**
 * Writes right solutions and, to each, a version in the same words that ends in a wrong answer: a working with a slip
 * that is carried through, or a right working whose box holds another number. A function of its seed, the index and the
 * problem.
 */
public final class Rewriter {
    private static final double MISPRINTS = 0.35;
    private static final List<Integer> MISPRINTED_BY = List.of(-10, -2, -1, 1, 2, 10);

    private final long seed;
    private final SolutionMix mix;

    /**
     * A writer of pairs.
     *
     * @param mix gives the shares of the styles; its slips and lucky guesses do not matter here
     */
    public Rewriter(long seed, SolutionMix mix) {
        this.seed = seed;
        this.mix = mix;
    }

    /** A right solution and a wrong one in the same words. */
    public record Rewriting(Solution right, Solution wrong) {}

    /** The pair of the problem that an index (from 0) of the corpus holds. */
    public Rewriting write(Problem problem, long index) {
        Draws draws = Draws.of(CounterRandom.key(seed, "rewritings"), index);
        Style style = mix.style(draws.fraction());
        if (style == Style.GUESS) {
            int wrong = SolutionWriter.wrongGuess(problem, draws);
            return new Rewriting(guess(problem.answer(), index), guess(wrong, index));
        }
        Solution right = working(problem, problem.equations(), problem.answer(), style, index);
        if (draws.chance(MISPRINTS)) {
            return new Rewriting(right, working(problem, problem.equations(), misprint(problem, draws), style, index));
        }
        List<Equation> slipped = Slips.slipped(problem, draws);
        return new Rewriting(right, working(problem, slipped, slipped.getLast().result(), style, index));
    }

    private static int misprint(Problem problem, Draws draws) {
        if (draws.chance(0.5)) {
            return SolutionWriter.wrongGuess(problem, draws);
        }
        while (true) {
            int misprint = problem.answer() + draws.pick(MISPRINTED_BY);
            if (misprint >= 0 && misprint <= Problem.LARGEST) {
                return misprint;
            }
        }
    }

    private Solution working(Problem problem, List<Equation> equations, int answer, Style style, long index) {
        String text = SolutionWriter.working(style, equations, answer, problem.things(), words(index));
        return new Solution(text, style, answer);
    }

    private Solution guess(int answer, long index) {
        return new Solution(SolutionWriter.guess(answer, words(index)), Style.GUESS, answer);
    }

    /** The same words for both sides of a pair. */
    private Draws words(long index) {
        return Draws.of(CounterRandom.key(seed, "rewritings' words"), index);
    }
}
