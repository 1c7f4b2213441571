package dev.cooper.policy.sampling;

import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.FinishReason;
import java.util.List;

/**
 * Completions as messages. A stop string ends a completion at the token that completes it; the text ends before it.
 * What was drawn behind it is dropped: a token's distribution depends on nothing after it.
 */
final class Completions {

    private final Tokenizer tokenizer;
    private final List<String> stopStrings;

    Completions(Tokenizer tokenizer, List<String> stopStrings) {
        this.tokenizer = tokenizer;
        this.stopStrings = stopStrings.stream().filter(stop -> !stop.isEmpty()).toList();
    }

    Completion of(dev.cooper.languagemodel.sampling.Completion drawn) {
        String text = tokenizer.decodeText(drawn.tokens());
        int stop = firstStop(text);
        if (stop < 0) {
            return message(drawn, drawn.tokens().size(), text, reason(drawn));
        }
        return message(drawn, tokensUntilStop(drawn.tokens()), text.substring(0, stop), FinishReason.STOP);
    }

    /** Where the first stop string begins, -1 for none. */
    private int firstStop(String text) {
        return stopStrings.stream()
                .mapToInt(text::indexOf)
                .filter(place -> place >= 0)
                .min()
                .orElse(-1);
    }

    /** The fewest tokens whose text has a stop string; by bisection, since more tokens never lose one. */
    private int tokensUntilStop(TokenIds tokens) {
        int few = 0;
        int enough = tokens.size();
        while (enough - few > 1) {
            int middle = (few + enough) >>> 1;
            if (firstStop(tokenizer.decodeText(tokens.slice(0, middle))) >= 0) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        return enough;
    }

    private static Completion message(
            dev.cooper.languagemodel.sampling.Completion drawn, int tokens, String text, FinishReason reason) {
        Completion.Builder message = Completion.newBuilder().setText(text).setFinishReason(reason);
        for (int i = 0; i < tokens; i++) {
            message.addTokenIds(drawn.tokens().get(i));
            message.addLogProbs(drawn.logProbs().get(i));
        }
        return message.build();
    }

    private static FinishReason reason(dev.cooper.languagemodel.sampling.Completion drawn) {
        return switch (drawn.finishReason()) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
        };
    }
}
