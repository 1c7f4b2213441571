package dev.cooper.languagemodel.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.Decoder;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.GrpoLossSettings;
import dev.cooper.languagemodel.training.PolicySequence;
import dev.cooper.languagemodel.training.PolicySettings;
import dev.cooper.languagemodel.training.PolicyTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sampler keeps a copy of the weights, and never draws with one that is old. */
class FreshWeightsTest {
    private static final List<SampleRequest> REQUESTS =
            List.of(SampleRequest.group(TestingModels.randomTokens(5, 1), 6, 1, 1, 1));

    @TempDir
    private Path folder;

    private LanguageModel model;

    @BeforeEach
    void makeModel() throws IOException {
        Path tokenizer = Files.createDirectory(folder.resolve("tokenizer"));
        model = LanguageModel.initialise(
                TestingModels.tinyConfig(true), TestingModels.tokenizer(tokenizer, TestingModels.VOCABULARY), 5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FLOAT32", "BFLOAT16"})
    void completionsAfterAStepAreThoseOfTheNewWeights(Precision precision) {
        try (LanguageModel trained = model;
                PolicyTrainer trainer = new PolicyTrainer(trained.network(), Optional.empty(), settings())) {
            List<Completion> before = sample(trained.network(), precision);
            for (int step = 0; step < 2; step++) {
                trainer.update(rewarded(sample(trained.network(), precision)), 0.05);
                try (CausalLanguageModel copy = trained.copyNetwork()) {
                    assertThat(sample(trained.network(), precision))
                            .isEqualTo(sample(copy, precision))
                            .isNotEqualTo(before);
                }
            }
        }
    }

    @Test
    void completionsAfterLoadingAreThoseOfTheLoadedWeights() throws IOException {
        Path other = folder.resolve("other");
        try (LanguageModel loading = model;
                CausalLanguageModel source = LanguageModel.initialiseNetwork(loading.config(), 6)) {
            Files.createDirectory(other);
            source.weights().write(other.resolve(LanguageModel.WEIGHTS_FILE));
            List<Completion> before = sample(loading.network(), Precision.FLOAT32);
            loading.loadWeights(other.resolve(LanguageModel.WEIGHTS_FILE));
            assertThat(sample(loading.network(), Precision.FLOAT32))
                    .isEqualTo(sample(source, Precision.FLOAT32))
                    .isNotEqualTo(before);
        }
    }

    @Test
    void aValueThatIsWrittenInPlaceIsSeen() {
        try (LanguageModel changing = model;
                GradientMode _ = GradientMode.off()) {
            List<Completion> before = sample(changing.network(), Precision.FLOAT32);
            NDArray norm = changing.network().weights().array("model.norm.weight");
            norm.muli(3);
            List<Completion> after = sample(changing.network(), Precision.FLOAT32);
            assertThat(after).isNotEqualTo(before);
            try (CausalLanguageModel copy = changing.copyNetwork()) {
                assertThat(after).isEqualTo(sample(copy, Precision.FLOAT32));
            }
        }
    }

    @Test
    void aDecoderThatIsOpenOutlivesWhatTheModelKeeps() {
        try (LanguageModel both = model;
                GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager();
                Decoder open = both.network().decoder(Precision.FLOAT32, 1, 8)) {
            float[] before =
                    open.decode(scope, new long[] {3}, new long[] {0}, 1).toFloatArray();
            sample(both.network(), Precision.BFLOAT16);
            assertThat(open.decode(scope, new long[] {3}, new long[] {0}, 1).toFloatArray())
                    .isEqualTo(before);
        }
    }

    private static PolicySettings settings() {
        return new PolicySettings(GrpoLossSettings.STANDARD, AdamWSettings.STANDARD, 1, 1, 4096, false);
    }

    private static List<PolicySequence> rewarded(List<Completion> completions) {
        return completions.stream()
                .map(c -> new PolicySequence(
                        REQUESTS.getFirst().prompt(),
                        c.tokens(),
                        c.logProbs(),
                        c.tokens().get(0) % 2 == 0 ? 1 : -1))
                .toList();
    }

    private static List<Completion> sample(CausalLanguageModel model, Precision precision) {
        SamplerLimits limits = new SamplerLimits(4, 32, false).in(precision);
        return new Sampler(model, TestingModels.SPECIAL, limits)
                .sample(REQUESTS, SamplingSettings.plain(12), () -> false)
                .groups()
                .getFirst();
    }
}
