package dev.cooper.languagemodel.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.FinishReason;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Compares the most probable continuation with that of transformers' {@code generate}. */
class GreedyParityTest {
    private static final int CONTINUATION = 64;
    private static final int PADDING = 0;

    static Stream<String> languageModels() {
        return Fixtures.checkpoints(false);
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void theContinuationIsTheSameForAllItsTokens(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        JsonNode greedy = checkpoint.expected().required("greedy");
        TokenIds expected = Checkpoint.tokens(greedy.required("continuation"));
        assertThat(expected.size()).isEqualTo(CONTINUATION);
        assertThat(continuations(checkpoint, absentFrom(expected), false)).allSatisfy(completion -> {
            assertThat(completion.tokens()).isEqualTo(expected);
            assertThat(completion.finishReason()).isEqualTo(FinishReason.LENGTH);
        });
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void itEndsWithTheFirstOfSeveralEndTokens(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        JsonNode greedy = checkpoint.expected().required("greedy");
        TokenIds ends = Checkpoint.tokens(greedy.required("ends"));
        assertThat(continuations(checkpoint, ends, true)).allSatisfy(completion -> {
            assertThat(completion.tokens()).isEqualTo(Checkpoint.tokens(greedy.required("stopped")));
            assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
        });
    }

    /** The prompt alone, and beside others that are longer and shorter. */
    private static List<Completion> continuations(Checkpoint checkpoint, TokenIds ends, boolean deterministic)
            throws IOException {
        TokenIds prompt =
                Checkpoint.tokens(checkpoint.expected().required("greedy").required("prompt"));
        TokenIds other = checkpoint.sequences().get(1).tokens();
        try (CausalLanguageModel model = LanguageModel.loadNetwork(checkpoint.folder())) {
            Sampler sampler =
                    new Sampler(model, new SpecialTokens(ends, PADDING), new SamplerLimits(3, 128, deterministic));
            SamplingSettings settings = new SamplingSettings(0, 1, 0, CONTINUATION);
            SampleRequest request = new SampleRequest(prompt, List.of(1L));
            List<SampleRequest> several = List.of(
                    new SampleRequest(other, List.of(1L)),
                    new SampleRequest(prompt, List.of(2L, 3L)),
                    new SampleRequest(other.slice(0, 2), List.of(1L)));
            return Stream.concat(
                            sampler.sample(List.of(request), settings, () -> false).groups().get(0).stream(),
                            sampler.sample(several, settings, () -> false).groups().get(1).stream())
                    .toList();
        }
    }

    private static TokenIds absentFrom(TokenIds tokens) {
        int id = 1;
        while (contains(tokens, id)) {
            id++;
        }
        return TokenIds.of(id);
    }

    private static boolean contains(TokenIds tokens, int id) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) == id) {
                return true;
            }
        }
        return false;
    }
}
