package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.Arrays;

/**
 * Looks for stop strings in one completion while it is drawn. Whether there is one is decided by the whole text; the
 * stream only says when it is worth a look.
 */
final class StopSearch {
    private final Tokenizer tokenizer;
    private final StopStrings stop;
    private TextStream stream;

    StopSearch(Tokenizer tokenizer, StopStrings stop) {
        this.tokenizer = tokenizer;
        this.stop = stop;
        stream = new TextStream(tokenizer, stop);
    }

    /** Whether the text holds a stop string, now that a token was drawn. */
    boolean foundAfter(int token, Sequence drawn) {
        stream.add(token);
        if (!stream.stopped()) {
            return false;
        }
        stream = new TextStream(tokenizer, stop);
        return holdsStop(drawn.tokens());
    }

    /** The completion up to the token that completes the first stop string; as it is, if there is none. */
    Completion cut(Completion drawn) {
        if (!holdsStop(drawn.tokens())) {
            return drawn;
        }
        int tokens = tokensUntilStop(drawn.tokens());
        return new Completion(
                drawn.tokens().slice(0, tokens),
                LogProbs.of(Arrays.copyOf(drawn.logProbs().toArray(), tokens)),
                FinishReason.STOP);
    }

    /** The fewest tokens whose text has a stop string; by bisection, since more tokens never lose one. */
    private int tokensUntilStop(TokenIds tokens) {
        int few = 0;
        int enough = tokens.size();
        while (enough - few > 1) {
            int middle = (few + enough) >>> 1;
            if (holdsStop(tokens.slice(0, middle))) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        return enough;
    }

    private boolean holdsStop(TokenIds tokens) {
        return stop.firstIn(tokenizer.decodeText(tokens)).isPresent();
    }
}
