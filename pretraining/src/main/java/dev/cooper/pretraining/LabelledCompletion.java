package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.pretraining.corpus.Task;
import dev.cooper.pretraining.problems.Problem;
import java.util.ArrayList;
import java.util.List;

/** A sampled solution and whether it answers its problem. */
record LabelledCompletion(Problem problem, String text, boolean correct) {

    /** Samples solutions at temperature 1, as many a problem as asked, and labels them by the known answers. */
    static List<LabelledCompletion> sample(LanguageModel model, List<Problem> problems, int each, long seed) {
        List<String> prompts = problems.stream()
                .map(problem -> Task.Solve.prompt(problem.question()))
                .toList();
        List<List<TextSampler.Text>> sampled = new TextSampler(model).sample(prompts, each, 1, seed);
        List<LabelledCompletion> labelled = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            Problem problem = problems.get(i);
            for (TextSampler.Text text : sampled.get(i)) {
                labelled.add(new LabelledCompletion(problem, text.text(), Answers.isCorrect(problem, text)));
            }
        }
        return labelled;
    }

    static double correctShare(List<LabelledCompletion> completions) {
        return completions.stream().filter(LabelledCompletion::correct).count() / (double) completions.size();
    }
}
