package dev.cooper.pretraining.problems;

import java.util.ArrayList;
import java.util.List;

/** Workings with one mistake that is then carried through to a wrong answer. */
final class Slips {
    private static final List<Integer> MISCOUNTS = List.of(-10, -2, -1, 1, 2, 10);

    private Slips() {}

    /** Equations of the problem with one slip; every number is from 0 to {@value Problem#LARGEST}. */
    static List<Equation> slipped(Problem problem, Draws draws) {
        while (true) {
            int where = draws.below(problem.steps().size());
            List<Equation> equations =
                    draws.chance(0.3) ? wrongSign(problem, where) : miscounted(problem, where, draws);
            boolean inBounds = equations.stream().allMatch(e -> e.result() >= 0 && e.result() <= Problem.LARGEST);
            if (inBounds && equations.getLast().result() != problem.answer()) {
                return equations;
            }
        }
    }

    private static List<Equation> wrongSign(Problem problem, int where) {
        List<Step> steps = new ArrayList<>(problem.steps());
        steps.set(where, steps.get(where).withOppositeSign());
        return Problem.equations(problem.givens(), steps);
    }

    private static List<Equation> miscounted(Problem problem, int where, Draws draws) {
        List<Integer> quantities = new ArrayList<>(problem.givens());
        List<Equation> equations = new ArrayList<>();
        for (Step step : problem.steps()) {
            int left = quantities.get(step.left());
            int right = quantities.get(step.right());
            int miscount = equations.size() == where ? draws.pick(MISCOUNTS) : 0;
            int result = step.sign().apply(left, right) + miscount;
            equations.add(new Equation(left, step.sign(), right, result));
            quantities.add(result);
        }
        return equations;
    }
}
