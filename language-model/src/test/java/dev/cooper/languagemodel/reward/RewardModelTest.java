package dev.cooper.languagemodel.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.StoredTypes;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.languagemodel.safetensors.SafetensorsFile;
import dev.cooper.languagemodel.safetensors.Tensor;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.SequenceScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewardModelTest {
    private static final String SCORE = "score.weight";

    @TempDir
    private Path temporary;

    private Path saved;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectory(temporary.resolve("source"));
        saved = temporary.resolve("saved");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSavedModelIsLoadedBitForBit(boolean tied) throws IOException {
        List<TokenIds> texts = texts();
        float[] logits;
        String checksum;
        try (LanguageModel base = base(tied);
                RewardModel model = RewardModel.fromBase(base, 5)) {
            model.save(saved);
            checksum = model.checksum();
            logits = model.logits(texts, 100);
        }
        Path weights = saved.resolve(LanguageModel.WEIGHTS_FILE);
        assertThat(Checksum.of(weights)).isEqualTo(checksum);
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            assertThat(file.read(SCORE).shape()).containsExactly(1L, 16L);
            assertThat(file.names()).doesNotContain("lm_head.weight");
        }
        try (RewardModel loaded = RewardModel.load(saved)) {
            assertThat(loaded.checksum()).isEqualTo(checksum);
            assertThat(loaded.logits(texts, 100)).isEqualTo(logits);
            assertThat(loaded.tokens("w5 w7")).isEqualTo(TokenIds.of(5, 7));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.cooper.languagemodel.TestingArchitectures#all")
    void everyArchitectureHasAHead(ModelConfig config) throws IOException {
        try (LanguageModel base = LanguageModel.initialise(
                        config, TestingModels.tokenizer(temporary.resolve("source"), TestingModels.VOCABULARY), 1);
                RewardModel model = RewardModel.fromBase(base, 5)) {
            model.save(saved, StoredTypes.AS_READ);
            try (RewardModel loaded = RewardModel.load(saved)) {
                assertThat(loaded.config()).isEqualTo(config);
                assertThat(loaded.checksum()).isEqualTo(model.checksum());
                assertThat(loaded.logits(texts(), 100)).isEqualTo(model.logits(texts(), 100));
            }
        }
        Path json = saved.resolve("config.json");
        assertThat(json).content().contains(config.architecture().rewardModelClass());
        Files.writeString(json, Files.readString(json).replace("\"num_labels\" : 1", "\"num_labels\" : 2"));
        assertRefused("2 labels");
    }

    @Test
    void aNewHeadIsAFunctionOfTheSeedOnALanguageModelsLayers() throws IOException {
        try (LanguageModel base = base(true);
                RewardModel one = RewardModel.fromBase(base, 5);
                RewardModel same = RewardModel.fromBase(base, 5);
                RewardModel other = RewardModel.fromBase(base, 6)) {
            assertThat(same.checksum()).isEqualTo(one.checksum()).isNotEqualTo(other.checksum());
            base.network()
                    .weights()
                    .arrays()
                    .forEach((name, values) -> assertThat(
                                    one.network().weights().array(name).toFloatArray())
                            .isEqualTo(values.toFloatArray()));
        }
    }

    /** The embedding's row as head makes the logit that the language model, tied, has for that token. */
    @Test
    void theLogitIsTheHeadOnTheLastTokensNormalisedState() throws IOException {
        TokenIds text = TestingModels.randomTokens(9, 4);
        try (LanguageModel base = base(true);
                RewardModel model = RewardModel.fromBase(base, 5)) {
            double[] byToken = new double[TestingModels.VOCABULARY];
            float[] embedding =
                    base.network().weights().array("model.embed_tokens.weight").toFloatArray();
            for (int token = 0; token < byToken.length; token++) {
                model.network().weights().array(SCORE).set(Arrays.copyOfRange(embedding, 16 * token, 16 * (token + 1)));
                byToken[token] = model.logits(List.of(text), 100)[0];
            }
            double total = Math.log(Arrays.stream(byToken).map(Math::exp).sum());
            for (int token = 0; token < byToken.length; token++) {
                double expected = new SequenceScorer(base.network(), 1, 100)
                        .score(List.of(ScoredSequence.of(text, TokenIds.of(token))))
                        .getFirst()
                        .get(0);
                assertThat(byToken[token] - total).isCloseTo(expected, within(1e-4));
            }
        }
    }

    @Test
    void aLogitDependsOnItsNeighboursByRoundingOnlyAndKeepsItsPlace() throws IOException {
        List<TokenIds> texts = texts();
        try (LanguageModel base = base(true);
                RewardModel model = RewardModel.fromBase(base, 5)) {
            float[] together = model.logits(texts, 10_000);
            float[] reversed = model.logits(texts.reversed(), 40);
            for (int i = 0; i < texts.size(); i++) {
                float alone = model.logits(List.of(texts.get(i)), 1)[0];
                assertThat(together[i]).isCloseTo(alone, within(1e-4f));
                assertThat(reversed[texts.size() - 1 - i]).isCloseTo(alone, within(1e-4f));
            }
            assertThat(model.logits(texts, 10_000)).isEqualTo(together);
            assertThat(model.logits(List.of(), 10)).isEmpty();
        }
    }

    @Test
    void weightsOfAnotherVersionReplaceThoseInPlace() throws IOException {
        try (LanguageModel base = base(true);
                RewardModel model = RewardModel.fromBase(base, 5);
                RewardModel other = RewardModel.fromBase(base, 6)) {
            other.save(saved);
            model.loadWeights(saved.resolve(LanguageModel.WEIGHTS_FILE));
            assertThat(model.checksum()).isEqualTo(other.checksum());
        }
    }

    @Test
    void aTextThatDoesNotFitIsAnErrorThatNamesBothLengths() throws IOException {
        try (LanguageModel base = base(true);
                RewardModel model = RewardModel.fromBase(base, 5)) {
            assertThat(model.tokens("w3 ".repeat(64)).size()).isEqualTo(64);
            assertThatThrownBy(() -> model.tokens("w3 ".repeat(65)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65 tokens")
                    .hasMessageContaining("64 at most");
            assertThatThrownBy(() -> model.tokens("")).hasMessageContaining("no tokens");
        }
    }

    @Test
    void aLanguageModelIsRefusedAsRewardModelAndTheOtherWayRound() throws IOException {
        try (LanguageModel base = base(true);
                RewardModel model = RewardModel.fromBase(base, 5)) {
            base.save(temporary.resolve("base"));
            model.save(saved);
        }
        assertThatThrownBy(() -> RewardModel.load(temporary.resolve("base")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("config.json: architectures")
                .hasMessageContaining("Qwen2ForSequenceClassification");
        assertThatThrownBy(() -> LanguageModel.load(saved))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("Qwen2ForCausalLM");
        assertThatThrownBy(() -> RewardModel.load(temporary.resolve("nowhere")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("no such folder");
    }

    @Test
    void aCheckpointWithoutAHeadIsRefused() throws IOException {
        save();
        rewrite(tensors -> tensors.remove(SCORE));
        assertRefused("model.safetensors: has no tensor 'score.weight'");
    }

    @Test
    void aCheckpointWithTwoLabelsIsRefused() throws IOException {
        save();
        rewrite(tensors -> tensors.put(SCORE, new Tensor(List.of(2L, 16L), new float[32])));
        assertRefused("'score.weight' has shape [2, 16]");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`\"num_labels\" : 1`, `\"num_labels\" : 2`", "`\"0\" : \"LABEL_0\"`, `\"0\": \"A\", \"1\": \"B\"`"
            })
    void aConfigurationWithTwoLabelsIsRefused(String from, String to) throws IOException {
        save();
        Path config = saved.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace(from, to));
        assertRefused("2 labels");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void weightsThatAreNotFiniteAreRefused(float value) throws IOException {
        save();
        float[] damaged = new float[16];
        damaged[3] = value;
        rewrite(tensors -> tensors.put("model.norm.weight", new Tensor(List.of(16L), damaged)));
        assertRefused("tensor 'model.norm.weight' holds " + value);
    }

    @Test
    void aTokenizerOfAnotherVocabularyIsRefused() throws IOException {
        save();
        TestingModels.tokenizer(saved, 40).close();
        assertRefused("vocab_size is 32");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> RewardModel.load(saved))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(saved.toString())
                .hasMessageContaining(message);
    }

    private LanguageModel base(boolean tied) throws IOException {
        return LanguageModel.initialise(
                TestingModels.tinyConfig(tied),
                TestingModels.tokenizer(temporary.resolve("source"), TestingModels.VOCABULARY),
                1);
    }

    private void save() throws IOException {
        try (LanguageModel base = base(true);
                RewardModel model = RewardModel.fromBase(base, 5)) {
            model.save(saved);
        }
    }

    private interface Change {
        void to(SortedMap<String, Tensor> tensors);
    }

    private void rewrite(Change change) throws IOException {
        Path file = saved.resolve(LanguageModel.WEIGHTS_FILE);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        try (SafetensorsFile source = SafetensorsFile.open(file)) {
            source.names().forEach(name -> tensors.put(name, source.read(name)));
        }
        change.to(tensors);
        SafetensorsFile.write(file, tensors, Map.of());
    }

    private static List<TokenIds> texts() {
        List<TokenIds> texts = new ArrayList<>(IntStream.range(0, 12)
                .mapToObj(i -> TestingModels.randomTokens(3 + i % 7, i))
                .toList());
        Collections.swap(texts, 0, 6);
        return List.copyOf(texts);
    }
}
