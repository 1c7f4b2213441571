package dev.cooper.pretraining.corpus;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.Rewriter;
import dev.cooper.pretraining.problems.Solution;
import dev.cooper.pretraining.problems.SolutionMix;
import dev.cooper.pretraining.problems.SolutionWriter;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.Style;
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

        /** The prompt, as a run's specification writes it: the question and a line break. */
        public static final String TEMPLATE = "{{question}}\n";

        /** The prompt of a question. */
        public static String prompt(String question) {
            return TEMPLATE.replace("{{question}}", question);
        }

        @Override
        public Example example(long index) {
            Problem problem = problems.at(Split.TRAINING, index);
            return new Example(
                    prompt(problem.question()), solutions.write(problem, index).text());
        }
    }

    /**
     * Reads a problem and a right solution of it, and writes a version of that solution that ends in a wrong answer.
     */
    record Rewrite(WordProblems problems, Rewriter rewriter) implements Task {

        /** The task of a seed. */
        public static Rewrite of(long seed, SolutionMix mix) {
            long own = CounterRandom.key(seed, "rewrite");
            return new Rewrite(new WordProblems(own), new Rewriter(own, mix));
        }

        /** The prompt, as a run's specification writes it. */
        public static final String TEMPLATE = "{{question}}\n{{solution}}\nRewrite it with a wrong answer:\n";

        /** The prompt of a question and its right solution. */
        public static String prompt(String question, String solution) {
            return TEMPLATE.replace("{{question}}", question).replace("{{solution}}", solution);
        }

        @Override
        public Example example(long index) {
            Problem problem = problems.at(Split.TRAINING, index);
            Rewriter.Rewriting rewriting = rewriter.write(problem, index);
            return new Example(
                    prompt(problem.question(), rewriting.right().text()),
                    rewriting.wrong().text());
        }
    }

    /** Reads a problem, a solution and the reference answer, in this order, and says whether the solution is right. */
    record Judge(WordProblems problems, SolutionWriter solutions) implements Task {
        /** The prompt, as a run's specification writes it; the reward model reads the same text. */
        public static final String TEMPLATE =
                "{{question}}\n{{completion}}\nReference answer:\n{{reference}}\nCorrect:";

        /** What says that a solution is right. */
        public static final String YES = " yes";

        /** What says that a solution is wrong. */
        public static final String NO = " no";

        /** The task of a seed, on solutions as the corpus has them. */
        public static Judge of(long seed, SolutionMix mix) {
            long own = CounterRandom.key(seed, "judge");
            return new Judge(new WordProblems(own), new SolutionWriter(own, mix));
        }

        /** The prompt of a question, a solution and the answer that the question has. */
        public static String prompt(String question, String solution, String reference) {
            return TEMPLATE.replace("{{question}}", question)
                    .replace("{{completion}}", solution)
                    .replace("{{reference}}", reference);
        }

        @Override
        public Example example(long index) {
            Problem problem = problems.at(Split.TRAINING, index);
            Solution solution = solutions.write(problem, index);
            return judgement(problem, solution);
        }

        private static Example judgement(Problem problem, Solution solution) {
            return new Example(
                    prompt(problem.question(), solution.text(), String.valueOf(problem.answer())),
                    solution.answer() == problem.answer() ? YES : NO);
        }
    }

    /**
     * Judges solutions of which half are right within each style, so that the style tells nothing and only comparing
     * the answers does. Its problems are those of reward models.
     */
    record BalancedJudge(RewardProblems problems, SolutionWriter solutions) implements Task {

        /** The task of a seed. */
        public static BalancedJudge of(long seed, SolutionMix mix) {
            long own = CounterRandom.key(seed, "balanced judge");
            return new BalancedJudge(new RewardProblems(seed), new SolutionWriter(own, mix));
        }

        @Override
        public Example example(long index) {
            Problem problem = problems.at(index);
            // Both of a pair of indices have the style that the mix gives to the pair.
            Style style = solutions.style(index / 2);
            return Judge.judgement(problem, solutions.write(problem, index, style, index % 2 == 0));
        }
    }
}
