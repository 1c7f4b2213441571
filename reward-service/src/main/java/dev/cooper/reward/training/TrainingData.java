package dev.cooper.reward.training;

import dev.cooper.languagemodel.reward.LabelledTokens;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.labelled.LabelledExample;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reward model learns from and is tried on, as tokens.
 *
 * @param tooLong completions that were left out because the model has too few positions for them
 * @param heldOutQuestion completions that were left out of training because a validation or test file asks the question
 * @param contradictory completions whose text another one has with the other label; they stay
 */
record TrainingData(Part train, Part validation, Part test, int tooLong, int heldOutQuestion, int contradictory) {

    /** Examples, and beside each the type of its answer. */
    static final class Part {
        private final List<LabelledTokens> examples = new ArrayList<>();
        private final List<String> types = new ArrayList<>();

        void add(TokenIds tokens, LabelledExample text) {
            examples.add(new LabelledTokens(tokens, text.correct() ? 1 : 0));
            types.add(text.type());
        }

        List<LabelledTokens> examples() {
            return examples;
        }

        List<String> types() {
            return types;
        }

        List<TokenIds> tokens() {
            return examples.stream().map(LabelledTokens::tokens).toList();
        }

        boolean correct(int place) {
            return examples.get(place).label() > 0.5;
        }

        int size() {
            return examples.size();
        }

        int right() {
            return (int)
                    examples.stream().filter(example -> example.label() > 0.5).count();
        }
    }
}
