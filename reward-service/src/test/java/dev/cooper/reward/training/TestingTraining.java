package dev.cooper.reward.training;

import dev.cooper.reward.TestingRewards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A training that is over in a second: completions with w5 are right, those with w6 wrong. */
public final class TestingTraining {

    private TestingTraining() {}

    /** Writes a base, a reward model and labelled completions of 40 questions into the folder. */
    public static void prepare(Path folder) throws IOException {
        TestingRewards.writeBase(folder.resolve("base"), 7);
        TestingRewards.write(folder.resolve("headed"), 7);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            for (int sample = 0; sample < 4; sample++) {
                lines.append(line(question(i), sample % 2 == 0, "w" + (10 + (i + sample) % 7), "type" + i % 2));
            }
        }
        Files.writeString(folder.resolve("labelled.jsonl"), lines);
    }

    static String question(int i) {
        return "w%d w%d".formatted(8 + i % 20, 8 + i / 2);
    }

    static String line(String question, boolean correct, String more, String type) {
        return "{\"question\": \"%s\", \"answer\": \"w4\", \"completion\": \"%s %s\", \"gold_correct\": %s, \"answer_type\": \"%s\", \"model\": \"m\"}\n"
                .formatted(question, more, correct ? "w5" : "w6", correct, type);
    }

    /** The specification, in YAML; more sections may follow. */
    public static String yaml(String start) {
        return """
                start: {%s}
                seed: 3
                data: {train: [labelled.jsonl], validation_share: 0.25}
                template: "{{question}} {{reference}} {{completion}}"
                training: {epochs: 3, batch_size: 16, learning_rate: 0.01, micro_batch_tokens: 64, checkpoint_every: 4}
                evaluation: {every: 5}
                """.formatted(start);
    }

    static RewardTrainingSpec spec(Path folder, String yaml) {
        return new RewardTrainingSpecReader(List.of(folder)).readYaml(yaml);
    }
}
