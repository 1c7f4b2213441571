package dev.cooper.languagemodel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the network with the architectures written out once more in loops over float64. */
class PlainTransformerTest {
    @ParameterizedTest
    @EnumSource
    void theNetworkEqualsTheArchitectureWrittenInLoops(TestingModels.Variant variant) {
        TokenIds tokens = TestingModels.randomTokens(14, 6);
        try (CausalLanguageModel model = TestingModels.varied(variant, 3)) {
            TokenScores scored = model.score(TokenBatch.scoring(List.of(new ScoredSequence(tokens, 1))), 1);
            double[] plain = PlainTransformer.of(model).logProbs(tokens);
            assertThat(scored.size()).isEqualTo(plain.length);
            for (int i = 0; i < plain.length; i++) {
                assertThat((double) scored.logProb(i)).isCloseTo(plain[i], within(1e-4));
            }
        }
    }
}
