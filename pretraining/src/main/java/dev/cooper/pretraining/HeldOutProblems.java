package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.pretraining.corpus.DataSets;
import dev.cooper.pretraining.corpus.Task;
import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.WordProblems;
import java.util.List;
import java.util.stream.IntStream;

/** Held-out problems on which a model is tried as it samples in training: at temperature 1, nothing filtered. */
public final class HeldOutProblems {
    private final List<Problem> problems;
    private final long seed;

    /** The first held-out problems of the data set of a seed, which also seeds the samples. */
    public HeldOutProblems(long seed, int count) {
        this.problems = DataSets.distinct(new WordProblems(seed), Split.HELD_OUT, count);
        this.seed = CounterRandom.key(seed, "evaluation");
    }

    /** Samples one solution of each problem. */
    public Evaluation evaluate(LanguageModel model) {
        return evaluation(solutions(model, 1));
    }

    /** The share of problems that the likeliest tokens solve. */
    public double greedyAccuracy(LanguageModel model) {
        return evaluation(solutions(model, 0)).accuracy();
    }

    /** Samples a solution of each problem, and rewrites of each solution that is right. */
    public RewriteEvaluation evaluateRewrites(LanguageModel model) {
        List<TextSampler.Text> solutions = solutions(model, 1);
        List<Integer> right = IntStream.range(0, problems.size())
                .filter(i -> Answers.isCorrect(problems.get(i), solutions.get(i)))
                .boxed()
                .toList();
        List<String> prompts = right.stream()
                .map(i -> Task.Rewrite.prompt(
                        problems.get(i).question(), solutions.get(i).text()))
                .toList();
        List<List<TextSampler.Text>> rewrites = new TextSampler(model)
                .sample(
                        prompts,
                        RewriteEvaluation.ATTEMPTS,
                        RewriteEvaluation.TEMPERATURE,
                        CounterRandom.key(seed, "rewrites"));
        int atFirst = 0;
        int paired = 0;
        for (int i = 0; i < right.size(); i++) {
            Problem problem = problems.get(right.get(i));
            List<Boolean> wrong = rewrites.get(i).stream()
                    .map(text -> Answers.isReadablyWrong(problem, text))
                    .toList();
            atFirst += wrong.getFirst() ? 1 : 0;
            paired += wrong.contains(true) ? 1 : 0;
        }
        double count = Math.max(1, right.size());
        return new RewriteEvaluation(right.size(), atFirst / count, paired / count);
    }

    /** Samples solutions of each problem at temperature 1 and labels them. */
    List<LabelledCompletion> labelled(LanguageModel model, int each) {
        return LabelledCompletion.sample(model, problems, each, CounterRandom.key(seed, "labelled"));
    }

    private List<TextSampler.Text> solutions(LanguageModel model, double temperature) {
        List<String> prompts = problems.stream()
                .map(problem -> Task.Solve.prompt(problem.question()))
                .toList();
        return new TextSampler(model)
                .sample(prompts, 1, temperature, seed).stream()
                        .map(List::getFirst)
                        .toList();
    }

    private Evaluation evaluation(List<TextSampler.Text> solutions) {
        int right = 0;
        int boxed = 0;
        long tokens = 0;
        for (int i = 0; i < problems.size(); i++) {
            tokens += solutions.get(i).tokens();
            boxed += Answers.boxesANumber(problems.get(i), solutions.get(i)) ? 1 : 0;
            right += Answers.isCorrect(problems.get(i), solutions.get(i)) ? 1 : 0;
        }
        double count = problems.size();
        return new Evaluation(problems.size(), right / count, boxed / count, tokens / count);
    }
}
