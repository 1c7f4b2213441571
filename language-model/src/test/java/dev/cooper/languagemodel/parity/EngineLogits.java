package dev.cooper.languagemodel.parity;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.Decoder;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.List;

/** The engine's logits as sampling computes them. */
final class EngineLogits {
    private EngineLogits() {}

    /**
     * Logits after each token from a place on, [tokens - from][vocabulary]: what is before is read at once, the rest
     * token by token over the cache.
     */
    static float[][] decoded(CausalLanguageModel model, TokenIds tokens, int from) {
        float[][] logits = new float[tokens.size() - from][];
        try (GradientMode _ = GradientMode.off();
                Decoder decoder = model.decoder(Precision.FLOAT32, 1, tokens.size())) {
            if (from > 0) {
                decoder.prefill(
                        TokenBatch.reading(List.of(tokens.slice(0, from))), List.of(new Decoder.Continuation(0, 0)));
            }
            for (int i = from; i < tokens.size(); i++) {
                try (NDManager scope = TorchEngine.newManager()) {
                    logits[i - from] = decoder.decode(scope, new long[] {tokens.get(i)}, new long[] {i}, i + 1)
                            .toFloatArray();
                }
            }
        }
        return logits;
    }
}
