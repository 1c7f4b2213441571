package dev.cooper.pretraining.problems;

import dev.cooper.languagemodel.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes solutions of problems in the shares of a mix; a function of its seed, the index and the problem. */
public final class SolutionWriter {
    private static final List<String> OPENINGS = List.of("First", "To begin", "At first", "To start");
    private static final List<String> CONTINUATIONS = List.of("Then", "Next", "After that");
    private static final List<String> CLOSINGS =
            List.of("So the answer is", "The answer is", "In all that is", "That makes", "The result is");
    private static final List<String> GUESSES =
            List.of("I think it is", "It must be", "Maybe it is", "The answer is", "My guess is");
    private static final List<String> SEPARATORS = List.of(", ", "; ", "\n");

    private final long seed;
    private final SolutionMix mix;

    public SolutionWriter(long seed, SolutionMix mix) {
        this.seed = seed;
        this.mix = mix;
    }

    /** The solution of the problem that an index (from 0) of the corpus holds. */
    public Solution write(Problem problem, long index) {
        Draws draws = Draws.of(CounterRandom.key(seed, "solutions"), index);
        if (draws.chance(mix.sentences())) {
            return worked(problem, Style.SENTENCES, draws);
        }
        if (draws.chance(mix.equations() / Math.max(1 - mix.sentences(), Double.MIN_NORMAL))) {
            return worked(problem, Style.EQUATIONS, draws);
        }
        int answer = draws.chance(mix.luckyGuesses()) ? problem.answer() : wrongGuess(problem, draws);
        return new Solution(guess(answer, draws), Style.GUESS, answer);
    }

    /** The style that an index (from 0) has, in the shares of the mix. */
    public Style style(long index) {
        return mix.style(Draws.of(CounterRandom.key(seed, "styles"), index).fraction());
    }

    /** A solution in a style that is right or wrong as asked; the index chooses its words and its slip. */
    public Solution write(Problem problem, long index, Style style, boolean right) {
        Draws draws = Draws.of(CounterRandom.key(seed, "chosen solutions"), index);
        if (style == Style.GUESS) {
            int answer = right ? problem.answer() : wrongGuess(problem, draws);
            return new Solution(guess(answer, draws), style, answer);
        }
        List<Equation> equations = right ? problem.equations() : Slips.slipped(problem, draws);
        int answer = equations.getLast().result();
        return new Solution(working(style, equations, answer, problem.things(), draws), style, answer);
    }

    private Solution worked(Problem problem, Style style, Draws draws) {
        List<Equation> equations = draws.chance(mix.slips()) ? Slips.slipped(problem, draws) : problem.equations();
        int answer = equations.getLast().result();
        return new Solution(working(style, equations, answer, problem.things(), draws), style, answer);
    }

    /** The text of a working in a style that shows one. Equal draws give equal words around the numbers. */
    static String working(Style style, List<Equation> equations, int answer, String things, Draws draws) {
        return switch (style) {
            case SENTENCES -> sentences(equations, answer, things, draws);
            case EQUATIONS ->
                equations.stream().map(Equation::toString).collect(Collectors.joining(draws.pick(SEPARATORS))) + ". "
                        + boxed(answer);
            case GUESS -> throw new IllegalArgumentException("a guess has no working");
        };
    }

    /** The text of a guess. */
    static String guess(int answer, Draws draws) {
        return draws.pick(GUESSES) + " " + boxed(answer) + ".";
    }

    private static String sentences(List<Equation> equations, int answer, String things, Draws draws) {
        int voice = draws.below(4);
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < equations.size(); i++) {
            String lead = draws.pick(i == 0 ? OPENINGS : CONTINUATIONS);
            sentences.add(sentence(voice, lead, equations.get(i), things));
        }
        sentences.add(draws.pick(CLOSINGS) + " " + boxed(answer) + ".");
        return String.join(" ", sentences);
    }

    private static String sentence(int voice, String lead, Equation equation, String things) {
        boolean plus = equation.sign() == Sign.PLUS;
        int left = equation.left();
        int right = equation.right();
        int result = equation.result();
        return switch (voice) {
            case 0 -> lead + ", " + equation + ".";
            case 1 -> lead + ", " + equation + " " + things + ".";
            case 2 -> left + (plus ? " and " + right + " make " : " without " + right + " leave ") + result + ".";
            default ->
                (plus ? "Adding " + right + " to " : "Taking " + right + " from ") + left + " gives " + result + ".";
        };
    }

    static int wrongGuess(Problem problem, Draws draws) {
        int guess = draws.between(1, Problem.LARGEST - 1);
        return guess < problem.answer() ? guess : guess + 1;
    }

    private static String boxed(int answer) {
        return "\\boxed{" + answer + "}";
    }
}
