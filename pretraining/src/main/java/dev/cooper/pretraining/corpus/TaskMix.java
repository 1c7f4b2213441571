package dev.cooper.pretraining.corpus;

import dev.cooper.pretraining.problems.SolutionMix;
import java.util.ArrayList;
import java.util.List;

/**
 * How often each task comes up in a corpus, as weights; 0 leaves a task out.
 *
 * @param solve solving problems
 * @param rewrite making right solutions wrong
 * @param judge telling right solutions from wrong ones
 */
public record TaskMix(int solve, int rewrite, int judge) {
    public TaskMix {
        if (solve < 0 || rewrite < 0 || judge < 0 || solve + rewrite + judge == 0) {
            throw new IllegalArgumentException(
                    "task mix: weights must not be negative nor all 0, are " + solve + ", " + rewrite + ", " + judge);
        }
    }

    /** The mix of the shipped model: 72% solve, 14% rewrite, 14% judge, rounded to sevenths. */
    public static TaskMix standard() {
        return new TaskMix(5, 1, 1);
    }

    /** The corpus of a seed. */
    public Corpus corpus(long seed, SolutionMix solutions) {
        List<Corpus.Share> shares = new ArrayList<>();
        add(shares, Task.Solve.of(seed, solutions), solve);
        add(shares, Task.Rewrite.of(seed, solutions), rewrite);
        add(shares, Task.Judge.of(seed, solutions), judge);
        return new Corpus(shares);
    }

    private static void add(List<Corpus.Share> shares, Task task, int weight) {
        if (weight > 0) {
            shares.add(new Corpus.Share(task, weight));
        }
    }
}
