package dev.cooper.languagemodel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.safetensors.SafetensorsFile;
import dev.cooper.languagemodel.safetensors.TensorType;
import dev.cooper.languagemodel.safetensors.TensorValues;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import dev.cooper.languagemodel.training.AdamW;
import dev.cooper.languagemodel.training.AdamWSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionTest {
    private static final TokenBatch BATCH = TokenBatch.scoring(List.of(
            new ScoredSequence(TestingModels.randomTokens(20, 1), 1),
            new ScoredSequence(TestingModels.randomTokens(13, 2), 4)));

    @TempDir
    private Path folder;

    @Test
    void aMappedModelComputesInThePrecisionOfItsFile() throws IOException {
        save(TensorType.BF16);
        try (LanguageModel loaded = LanguageModel.load(folder);
                LanguageModel mapped = LanguageModel.map(folder)) {
            assertThat(mapped.network().precision()).isEqualTo(Precision.BFLOAT16);
            assertThat(mapped.checksum()).isEqualTo(loaded.checksum());
            assertClose(mapped.network().score(BATCH, 1), loaded.network().score(BATCH, 1), 0.1);
            Sampler sampler =
                    new Sampler(mapped.network(), mapped.tokenizer().specialTokens(), new SamplerLimits(4, 32, false));
            SampleRequest request = SampleRequest.group(TestingModels.randomTokens(5, 3), 4, 1, 1, 1);
            assertThat(sampler.sample(List.of(request), SamplingSettings.plain(8), () -> false)
                            .groups()
                            .getFirst())
                    .hasSize(4);
        }
    }

    @Test
    void aMappedModelInFloat32IsTheLoadedOneBitForBit() throws IOException {
        save(TensorType.F32);
        try (LanguageModel loaded = LanguageModel.load(folder);
                LanguageModel mapped = LanguageModel.map(folder)) {
            assertThat(mapped.network().precision()).isEqualTo(Precision.FLOAT32);
            assertClose(mapped.network().score(BATCH, 1), loaded.network().score(BATCH, 1), 1e-5);
        }
    }

    @Test
    void halfPrecisionIsComputedInFloat32() throws IOException {
        save(TensorType.F16);
        try (LanguageModel loaded = LanguageModel.load(folder);
                LanguageModel mapped = LanguageModel.map(folder)) {
            assertThat(mapped.network().precision()).isEqualTo(Precision.FLOAT32);
            assertClose(mapped.network().score(BATCH, 1), loaded.network().score(BATCH, 1), 1e-5);
        }
    }

    @Test
    void whatIsMappedIsNotTrained() throws IOException {
        save(TensorType.F32);
        try (LanguageModel mapped = LanguageModel.map(folder)) {
            Weights weights = mapped.network().weights();
            assertThatThrownBy(() -> new AdamW(weights, AdamWSettings.STANDARD))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(LanguageModel.WEIGHTS_FILE)
                    .hasMessageContaining("load the model");
            try (CausalLanguageModel copy = mapped.copyNetwork()) {
                new AdamW(copy.weights(), AdamWSettings.STANDARD).close();
                assertThat(copy.weights().checksum()).isEqualTo(mapped.checksum());
            }
        }
    }

    @Test
    void gradientsOfBfloat16ComputationReachTheFloat32Weights() throws IOException {
        ModelConfig config = TestingModels.tinyConfig(true);
        try (CausalLanguageModel exact = new CausalLanguageModel(config, Weights.initialise(config, 7));
                CausalLanguageModel half =
                        new CausalLanguageModel(config, Weights.initialise(config, 7), Precision.BFLOAT16)) {
            Map<String, float[]> expected = gradients(exact, false);
            for (boolean checkpointing : new boolean[] {false, true}) {
                Map<String, float[]> found = gradients(half, checkpointing);
                assertThat(found.keySet()).isEqualTo(expected.keySet());
                expected.forEach((name, gradient) -> assertThat(
                                cosine(gradient, found.getOrDefault(name, new float[0])))
                        .as(name)
                        .isGreaterThan(0.99));
            }
        }
    }

    private static Map<String, float[]> gradients(CausalLanguageModel model, boolean checkpointing) {
        model.weights().arrays().values().forEach(array -> array.setRequiresGradient(true));
        try (GradientMode _ = GradientMode.recording();
                NDManager scope = TorchEngine.newManager()) {
            float[] derivatives = new float[BATCH.targetCount()];
            for (int i = 0; i < derivatives.length; i++) {
                derivatives[i] = i % 3 - 0.5f;
            }
            model.record(scope, BATCH, 1, checkpointing).backward(Transfers.send(scope, derivatives));
        }
        Map<String, float[]> gradients = new TreeMap<>();
        model.weights().arrays().forEach((name, array) -> {
            try (NDArray gradient = array.getGradient()) {
                gradients.put(name, gradient.toFloatArray());
            }
            array.setRequiresGradient(false);
        });
        return gradients;
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            ofA += (double) a[i] * a[i];
            ofB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(ofA * ofB);
    }

    private static void assertClose(TokenScores found, TokenScores expected, double tolerance) {
        assertThat(found.size()).isEqualTo(expected.size());
        for (int i = 0; i < found.size(); i++) {
            assertThat((double) found.logProb(i)).isCloseTo(expected.logProb(i), within(tolerance));
        }
    }

    private void save(TensorType type) throws IOException {
        Path tokenizer = folder.resolve("tokenizer");
        Files.createDirectory(tokenizer);
        try (LanguageModel model = LanguageModel.initialise(
                TestingModels.tinyConfig(true), TestingModels.tokenizer(tokenizer, TestingModels.VOCABULARY), 5)) {
            model.save(folder);
            SortedMap<String, TensorValues> values = new TreeMap<>();
            model.network().weights().arrays().forEach((name, array) -> values.put(name, Weights.valuesOf(array)));
            SafetensorsFile.write(
                    folder.resolve(LanguageModel.WEIGHTS_FILE), values, _ -> type, Map.of("format", "pt"));
        }
    }
}
