package dev.cooper.languagemodel.sampling;

import ai.djl.ndarray.NDArray;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.Transfers;

/**
 * The drawn token of each row, read back at once: the only thing of a decoding step that leaves the device. It must,
 * since stop tokens, stop strings and length limits are decided here, and the next token's noise is made here from seed
 * and position.
 */
final class TokenChoice {
    private final long[] tokens;
    private final float[] logProbs;

    private TokenChoice(long[] tokens, float[] logProbs) {
        this.tokens = tokens;
        this.logProbs = logProbs;
    }

    static TokenChoice of(NDArray logits, SamplingSettings settings, float[] uniforms) { // [rows, vocabulary]
        if (settings.temperature() == 0) {
            return new TokenChoice(Transfers.longs(Torch.greatest(logits)), new float[uniforms.length]);
        }
        NDArray uniform = Transfers.send(logits.getManager(), uniforms);
        NDArray draw = settings.filtered()
                ? Torch.sampleFiltered(
                        logits,
                        settings.temperature(),
                        settings.topP(),
                        settings.topK() == 0 ? Integer.MAX_VALUE : settings.topK(),
                        uniform)
                : Torch.sample(logits, settings.temperature(), uniform);
        double[] drawn = Transfers.doubles(draw); // [2, rows]
        int rows = uniforms.length;
        long[] tokens = new long[rows];
        float[] logProbs = new float[rows];
        for (int row = 0; row < rows; row++) {
            tokens[row] = (long) drawn[row];
            logProbs[row] = (float) drawn[rows + row];
        }
        return new TokenChoice(tokens, logProbs);
    }

    int token(int row) {
        return (int) tokens[row];
    }

    float logProb(int row) {
        return logProbs[row];
    }
}
