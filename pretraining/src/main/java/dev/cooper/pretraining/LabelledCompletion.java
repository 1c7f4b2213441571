package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.pretraining.corpus.Task;
import dev.cooper.pretraining.problems.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A sampled solution and whether it answers its problem. */
record LabelledCompletion(Problem problem, String text, boolean correct) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    /** Writes {@code {"question": "...", "answer": "28", "completion": "...", "gold_correct": true}}, one a line. */
    static void write(List<LabelledCompletion> completions, Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (LabelledCompletion completion : completions) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("question", completion.problem().question());
            line.put("answer", String.valueOf(completion.problem().answer()));
            line.put("completion", completion.text());
            line.put("gold_correct", completion.correct());
            lines.append(JSON.writeValueAsString(line)).append('\n');
        }
        Files.writeString(file, lines);
    }

    static double correctShare(List<LabelledCompletion> completions) {
        return completions.stream().filter(LabelledCompletion::correct).count() / (double) completions.size();
    }
}
