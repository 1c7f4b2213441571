package dev.cooper.cli.local;

import dev.cooper.cli.client.SpecFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs of the tiny models that are so small that a step takes about a second.
 *
 * @param folder where their specs are written
 * @param mode as in a spec
 */
record TinyRun(Path folder, String mode) {
    static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();
    static final String MODE = "cooper";

    private static final String REWARD = """
            reward:
              model: tiny-verifyrm
              template: "{{question}}\\n{{completion}}\\nReference answer:\\n{{reference}}\\nCorrect:"
              training: {learning_rate: 0.0003, warmup_steps: 0, checkpoint_every: 3}
            pairing:
              sources: {assistant: 0.4, self: 0.3, edit: 0.3}
              attempts: 2
              extra_tokens: 16
              prompt: "{{question}}\\n{{solution}}\\nRewrite it with a wrong answer:\\n"
            """;

    /** Whether the models that it needs are there. */
    static boolean isPossible() {
        return Files.exists(EXAMPLES.resolve("tiny-model/model.safetensors"))
                && Files.exists(EXAMPLES.resolve("tiny-verifyrm/model.safetensors"));
    }

    /** The states of a step, in their order. */
    List<String> states() {
        return mode.equals("cooper")
                ? List.of("SAMPLING", "TRAINING_POLICY", "PAIRING", "TRAINING_REWARD", "COMMITTED", "EVALUATING")
                : List.of("SAMPLING", "TRAINING_POLICY", "COMMITTED", "EVALUATING");
    }

    SpecFile evaluatedEachStep(int steps) throws IOException {
        return spec(steps, 1, true);
    }

    /** @param deterministic whether a completion depends on nothing else in its batch */
    SpecFile spec(int steps, int evaluateEvery, boolean deterministic) throws IOException {
        Path file = Files.writeString(
                folder.resolve("run.yaml"),
                """
                name: tiny
                mode: %s
                seed: 5
                steps: %d
                data:
                  train: {path: data/train.jsonl, columns: {id: id, question: question, answer: answer}}
                  heldout: {path: data/heldout.jsonl, columns: {id: id, question: question, answer: answer}}
                prompt: {template: "{{question}}\\n"}
                policy: {model: tiny-model}
                sampling: {prompts_per_step: 4, group_size: 4, max_new_tokens: 64, deterministic: %b}
                training: {learning_rate: 0.0003, warmup_steps: 0, checkpoint_every: 3}
                evaluation: {every: %d, problems: 4, samples: 1}
                """.formatted(mode, steps, deterministic, evaluateEvery) + (mode.equals("cooper") ? REWARD : ""));
        return SpecFile.read(file, EXAMPLES);
    }
}
