package dev.cooper.languagemodel.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.torch.Torch;

/** The drawn token of each row, out of libtorch's memory. */
final class TokenChoice {
    private final long[] tokens;
    private final float[] logProbs;

    private TokenChoice(long[] tokens, float[] logProbs) {
        this.tokens = tokens;
        this.logProbs = logProbs;
    }

    static TokenChoice of(NDArray logits, SamplingSettings settings, float[] uniforms) { // [rows, vocabulary]
        if (settings.temperature() == 0) {
            return new TokenChoice(logits.argMax(1).toLongArray(), new float[uniforms.length]);
        }
        NDManager scope = logits.getManager();
        NDArray uniform = scope.create(uniforms);
        Torch.Draw draw = settings.filtered()
                ? Torch.sampleFiltered(
                        logits,
                        settings.temperature(),
                        settings.topP(),
                        settings.topK() == 0 ? Integer.MAX_VALUE : settings.topK(),
                        uniform)
                : Torch.sample(logits, settings.temperature(), uniform);
        return new TokenChoice(draw.tokens().toLongArray(), draw.logProbs().toFloatArray());
    }

    int token(int row) {
        return (int) tokens[row];
    }

    float logProb(int row) {
        return logProbs[row];
    }
}
