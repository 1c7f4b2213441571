package dev.cooper.pretraining.corpus;

import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.WordProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Problems as data sets for reinforcement learning and evaluation: JSON lines with id, question and answer. */
public final class DataSets {
    /** Problems in {@code train.jsonl}. */
    public static final int TRAINING_PROBLEMS = 3000;

    /** Problems in {@code heldout.jsonl}. */
    public static final int HELD_OUT_PROBLEMS = 500;

    // Pretraining reads the corpus from index 0 on and never gets here: it meets one of these questions only where the
    // same one was drawn twice, 3 of 3000 for seed 1.
    private static final long FIRST_INDEX = 1L << 40;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DataSets() {}

    /** Problems of one side, each question once, at indices that pretraining does not read. */
    public static List<Problem> distinct(WordProblems problems, Split split, int count) {
        Set<String> seen = new HashSet<>();
        List<Problem> chosen = new ArrayList<>(count);
        for (long index = FIRST_INDEX; chosen.size() < count; index++) {
            Problem problem = problems.at(split, index);
            if (seen.add(problem.question())) {
                chosen.add(problem);
            }
        }
        return chosen;
    }

    /** Writes the data sets of a seed: {@code train.jsonl} and {@code heldout.jsonl}. */
    public static void writeStandard(long seed, Path folder) throws IOException {
        WordProblems problems = new WordProblems(seed);
        Files.createDirectories(folder);
        write(distinct(problems, Split.TRAINING, TRAINING_PROBLEMS), "train", folder.resolve("train.jsonl"));
        write(distinct(problems, Split.HELD_OUT, HELD_OUT_PROBLEMS), "heldout", folder.resolve("heldout.jsonl"));
    }

    /** Writes problems as {@code {"id": "train-00001", "question": "...", "answer": "28"}}, one a line. */
    public static void write(List<Problem> problems, String idPrefix, Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < problems.size(); i++) {
            Problem problem = problems.get(i);
            Map<String, String> line = new LinkedHashMap<>();
            line.put("id", String.format(Locale.ROOT, "%s-%05d", idPrefix, i + 1));
            line.put("question", problem.question());
            line.put("answer", String.valueOf(problem.answer()));
            lines.append(JSON.writeValueAsString(line)).append('\n');
        }
        Files.writeString(file, lines);
    }
}
