package dev.cooper.pretraining.corpus;

import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.SolutionMix;
import dev.cooper.pretraining.problems.SolutionWriter;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.WordProblems;

/** A kind of example in the corpus. Examples come from the training side only. */
public sealed interface Task {

    /** The example of an index (from 0). */
    Example example(long index);

    /** Reads a word problem and writes a solution that ends in a boxed answer. */
    record Solve(WordProblems problems, SolutionWriter solutions) implements Task {

        /** The task of a seed. */
        public static Solve of(long seed, SolutionMix mix) {
            return new Solve(new WordProblems(seed), new SolutionWriter(seed, mix));
        }

        /** The prompt of a question: the question and a line break. */
        public static String prompt(String question) {
            return question + "\n";
        }

        @Override
        public Example example(long index) {
            Problem problem = problems.at(Split.TRAINING, index);
            return new Example(
                    prompt(problem.question()), solutions.write(problem, index).text());
        }
    }
}
