package dev.cooper.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be measured. */
public enum Work {
    /** A batch of prompts is read, and one token of each is drawn. */
    PREFILL,
    /** A batch of short prompts goes on for a fixed number of tokens. */
    DECODE,
    /** Groups of completions, each as long as the distribution says. */
    ROLLOUTS,
    /** One update of the policy from sequences of these lengths. */
    TRAINING_RAGGED,
    /** One update from sequences of equal length. */
    TRAINING_EQUAL,
    /** Rollouts, rewards, advantages and one update. */
    GRPO_STEP,
    /** A reward model scores prompts with completions of these lengths. */
    SCORE;

    /** As it is written on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is done at several batch sizes; the others have as many sequences as the workload. */
    public boolean takesBatch() {
        return switch (this) {
            case PREFILL, DECODE -> true;
            case ROLLOUTS, TRAINING_RAGGED, TRAINING_EQUAL, GRPO_STEP, SCORE -> false;
        };
    }

    /**
     * The work of a name.
     *
     * @throws IllegalArgumentException naming all of them
     */
    public static Work of(String text) {
        List<Work> all = List.of(values());
        return all.stream().filter(work -> work.text().equals(text)).findFirst().orElseThrow(() -> {
            String names =
                    String.join(", ", Arrays.stream(values()).map(Work::text).toList());
            return new IllegalArgumentException("no work is called '%s'; there are %s".formatted(text, names));
        });
    }
}
