package dev.cooper.pretraining.problems;

import java.util.ArrayList;
import java.util.List;

/**
 * A word problem with everything needed to solve it.
 *
 * @param question the text, one line
 * @param things what is counted, plural
 * @param givens the numbers of the text in its order
 * @param steps the operations, two or three; the last one makes the answer
 */
public record Problem(String question, String things, List<Integer> givens, List<Step> steps) {
    /** The largest number that a problem or its right solution holds. */
    public static final int LARGEST = 99;

    public Problem {
        givens = List.copyOf(givens);
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("problem without steps: " + question);
        }
    }

    /** The number that solves the problem. */
    public int answer() {
        return equations().getLast().result();
    }

    /** The right equations, one a step. */
    public List<Equation> equations() {
        return equations(givens, steps);
    }

    static List<Equation> equations(List<Integer> givens, List<Step> steps) {
        List<Integer> quantities = new ArrayList<>(givens);
        List<Equation> equations = new ArrayList<>(steps.size());
        for (Step step : steps) {
            int left = quantities.get(step.left());
            int right = quantities.get(step.right());
            int result = step.sign().apply(left, right);
            equations.add(new Equation(left, step.sign(), right, result));
            quantities.add(result);
        }
        return List.copyOf(equations);
    }
}
