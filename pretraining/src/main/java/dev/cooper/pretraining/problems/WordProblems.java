package dev.cooper.pretraining.problems;

import dev.cooper.languagemodel.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Generates word problems of two or three steps of adding and taking away, with every number from 1 to
 * {@value Problem#LARGEST}. The problem of a seed, a side and an index is always the same one.
 */
public final class WordProblems {
    private static final List<String> NAMES = List.of(
            "Ana", "Ben", "Cora", "Dan", "Eva", "Finn", "Gia", "Hugo", "Iris", "Jon", "Kim", "Leo", "Mia", "Noah",
            "Olga", "Paul", "Rosa", "Sam", "Tara", "Vera");
    private static final List<String> THINGS = List.of(
            "apples",
            "beads",
            "books",
            "buttons",
            "cards",
            "coins",
            "eggs",
            "marbles",
            "pears",
            "pens",
            "shells",
            "stamps",
            "stickers",
            "stones");
    private static final List<String> PLACES = List.of("box", "bag", "basket", "jar", "drawer");

    private final long seed;

    public WordProblems(long seed) {
        this.seed = seed;
    }

    /** The problem at an index (from 0) of one side. */
    public Problem at(Split split, long index) {
        long stream = CounterRandom.key(seed, split.name());
        for (long attempt = 0; ; attempt++) {
            Problem problem = tell(Draws.of(stream, index, attempt));
            if (Split.of(problem.question()) == split) {
                return problem;
            }
        }
    }

    private static Problem tell(Draws draws) {
        Plot plot = Plots.draw(draws);
        List<Step> steps = plot.parsedSteps();
        List<Integer> givens = fittingNumbers(draws, plot.givens(), steps);
        List<String> names = threeNames(draws);
        String things = draws.pick(THINGS);
        String question = plot.withNumbers(givens)
                .replace("{w}", names.get(0))
                .replace("{v}", names.get(1))
                .replace("{u}", names.get(2))
                .replace("{o}", things)
                .replace("{p}", draws.pick(PLACES));
        return new Problem(question, things, givens, steps);
    }

    /** Draws until every result is in bounds too. */
    private static List<Integer> fittingNumbers(Draws draws, int count, List<Step> steps) {
        while (true) {
            List<Integer> givens = new ArrayList<>(count);
            givens.add(draws.between(5, 60));
            for (int i = 1; i < count; i++) {
                givens.add(draws.between(2, 40));
            }
            if (Problem.equations(givens, steps).stream()
                    .allMatch(e -> e.result() >= 1 && e.result() <= Problem.LARGEST)) {
                return givens;
            }
        }
    }

    private static List<String> threeNames(Draws draws) {
        List<String> left = new ArrayList<>(NAMES);
        List<String> names = new ArrayList<>();
        while (names.size() < 3) {
            names.add(left.remove(draws.below(left.size())));
        }
        return names;
    }
}
