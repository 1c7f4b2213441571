package dev.cooper.languagemodel.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.training.SequenceScorer;
import dev.cooper.languagemodel.training.TokenValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares numbers of the forward pass with those of transformers, in float32. */
class LogitsParityTest {
    private static final double TOLERANCE = 1e-4;

    static Stream<String> languageModels() {
        return Fixtures.checkpoints(false);
    }

    @Test
    void everyArchitectureIsAmongTheCheckpoints() {
        assertThat(languageModels().map(name -> name.substring(0, 5)).distinct())
                .containsExactly("llama", "qwen2", "qwen3");
        assertThat(Fixtures.checkpoints(true)).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void readingSeveralSequencesAtOnceGivesTheLogits(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        List<TokenIds> sequences = checkpoint.sequences().subList(0, 2).stream()
                .map(ScoredSequence::tokens)
                .toList();
        try (CausalLanguageModel model = LanguageModel.loadNetwork(checkpoint.folder());
                GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager()) {
            float[] logits = model.logits(scope, TokenBatch.reading(sequences)).toFloatArray();
            float[] first = checkpoint.tensors().values("logits.0");
            float[] second = checkpoint.tensors().values("logits.1");
            assertThat(Agreement.largestDifference(Arrays.copyOf(logits, first.length), first))
                    .isLessThan(TOLERANCE);
            assertThat(Agreement.largestDifference(Arrays.copyOfRange(logits, first.length, logits.length), second))
                    .isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void decodingOverTheCacheGivesTheLogits(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        try (CausalLanguageModel model = LanguageModel.loadNetwork(checkpoint.folder())) {
            for (int i = 0; i < 2; i++) {
                TokenIds tokens = checkpoint.sequences().get(i).tokens();
                float[] expected = checkpoint.tensors().values("logits." + i); // [tokens, vocabulary]
                for (int from : new int[] {0, 1, tokens.size() / 2}) {
                    float[] ours = flat(EngineLogits.decoded(model, tokens, from));
                    assertThat(Agreement.largestDifference(
                                    ours,
                                    Arrays.copyOfRange(
                                            expected, from * model.config().vocabSize(), expected.length)))
                            .isLessThan(TOLERANCE);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void scoringGivesTheLogProbsWhateverTheBatch(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        List<ScoredSequence> whole = checkpoint.sequences().stream()
                .map(sequence -> new ScoredSequence(sequence.tokens(), 1))
                .toList();
        try (CausalLanguageModel model = LanguageModel.loadNetwork(checkpoint.folder())) {
            for (int tokenBudget : new int[] {1, 100, 10_000}) {
                List<TokenValues> logProbs = new SequenceScorer(model, 1, tokenBudget).score(whole);
                for (int i = 0; i < whole.size(); i++) {
                    assertThat(Agreement.largestDifference(
                                    floats(logProbs.get(i)),
                                    checkpoint.tensors().values("log_probs." + i)))
                            .isLessThan(TOLERANCE);
                }
            }
        }
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        return flat;
    }

    private static float[] floats(TokenValues values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values.get(i);
        }
        return floats;
    }
}
