package dev.cooper.policy.sampling;

import dev.cooper.languagemodel.sampling.StopStrings;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.FinishReason;

/** Completions as messages, with their text up to a stop string. */
final class Completions {

    private final Tokenizer tokenizer;
    private final StopStrings stop;

    Completions(Tokenizer tokenizer, StopStrings stop) {
        this.tokenizer = tokenizer;
        this.stop = stop;
    }

    Completion of(dev.cooper.languagemodel.sampling.Completion drawn) {
        Completion.Builder message = Completion.newBuilder()
                .setText(stop.before(tokenizer.decodeText(drawn.tokens())))
                .setFinishReason(reason(drawn));
        for (int i = 0; i < drawn.tokens().size(); i++) {
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
