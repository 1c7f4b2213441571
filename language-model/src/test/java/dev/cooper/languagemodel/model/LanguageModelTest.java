package dev.cooper.languagemodel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelTest {
    @TempDir
    private Path temporary;

    private Path source;

    @BeforeEach
    void makeFolder() throws IOException {
        source = Files.createDirectory(temporary.resolve("source"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSavedModelIsLoadedBitForBit(boolean tied) throws IOException {
        Path saved = temporary.resolve("saved");
        String checksum;
        try (LanguageModel model = LanguageModel.initialise(
                TestingModels.tinyConfig(tied), TestingModels.tokenizer(source, TestingModels.VOCABULARY), 1)) {
            checksum = model.checksum();
            model.save(saved);
        }
        assertThat(Checksum.of(saved.resolve(LanguageModel.WEIGHTS_FILE))).isEqualTo(checksum);
        try (LanguageModel loaded = LanguageModel.load(saved)) {
            assertThat(loaded.checksum()).isEqualTo(checksum);
            assertThat(loaded.config()).isEqualTo(TestingModels.tinyConfig(tied));
            assertThat(loaded.tokenizer().specialTokens()).isEqualTo(TestingModels.SPECIAL);
            assertThat(loaded.tokenizer().encode("w5 w7")).isEqualTo(TokenIds.of(5, 7));
        }
        assertThat(saved).isDirectoryContaining("glob:**/generation_config.json");
        assertThat(saved).isDirectoryContaining("glob:**/tokenizer_config.json");
    }

    @Test
    void initialWeightsAreAFunctionOfTheSeed() {
        assertThat(checksum(1)).isEqualTo(checksum(1)).isNotEqualTo(checksum(2));
    }

    @Test
    void loadedWeightsReplaceThoseInPlace() throws IOException {
        try (CausalLanguageModel other = LanguageModel.initialiseNetwork(TestingModels.tinyConfig(true), 2);
                LanguageModel model = LanguageModel.initialise(
                        TestingModels.tinyConfig(true), TestingModels.tokenizer(source, TestingModels.VOCABULARY), 1);
                CausalLanguageModel copy = model.copyNetwork()) {
            Path file = temporary.resolve("weights.safetensors");
            other.weights().write(file);
            model.loadWeights(file);
            assertThat(model.checksum()).isEqualTo(other.weights().checksum());
            assertThat(copy.weights().checksum()).isNotEqualTo(model.checksum());
        }
    }

    @Test
    void aTokenizerThatDoesNotFitIsAnErrorThatNamesBothSizes() throws IOException {
        Tokenizer tooLarge = TestingModels.tokenizer(source, 40);
        assertThatThrownBy(() -> LanguageModel.initialise(TestingModels.tinyConfig(true), tooLarge, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("39")
                .hasMessageContaining("32");
        tooLarge.close();
    }

    @Test
    void weightsOfAnotherShapeAreAnErrorThatNamesTheTensor() throws IOException {
        Path saved = save();
        Path config = saved.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"intermediate_size\" : 24", "\"intermediate_size\" : 25"));
        assertThatThrownBy(() -> LanguageModel.load(saved))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("model.layers.0.mlp.down_proj.weight");
    }

    @Test
    void weightsOfOtherLayersAreAnErrorThatNamesTheTensors() throws IOException {
        Path saved = save();
        Path config = saved.resolve("config.json");
        String text = Files.readString(config);
        Files.writeString(config, text.replace("\"num_hidden_layers\" : 2", "\"num_hidden_layers\" : 1"));
        assertThatThrownBy(() -> LanguageModel.load(saved)).hasMessageContaining("model.layers.1.");
        Files.writeString(config, text.replace("\"num_hidden_layers\" : 2", "\"num_hidden_layers\" : 3"));
        assertThatThrownBy(() -> LanguageModel.load(saved)).hasMessageContaining("model.layers.2.");
    }

    @Test
    void aMissingFolderOrFileIsAnErrorThatNamesIt() throws IOException {
        assertThatThrownBy(() -> LanguageModel.load(temporary.resolve("nowhere")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("nowhere");
        Path saved = save();
        Files.delete(saved.resolve("tokenizer.json"));
        assertThatThrownBy(() -> LanguageModel.load(saved)).hasMessageContaining("tokenizer.json: file is missing");
    }

    @Test
    void specialTokensComeFromTheGenerationConfigurationFirst() throws IOException {
        TestingModels.tokenizer(source, 10).close();
        Files.writeString(source.resolve("generation_config.json"), "{\"eos_token_id\": [4, 5], \"pad_token_id\": 3}");
        try (Tokenizer tokenizer = Tokenizer.load(source)) {
            assertThat(tokenizer.specialTokens()).isEqualTo(new SpecialTokens(TokenIds.of(4, 5), 3));
        }
    }

    @Test
    void aTokenizerRoundTripsTextAndNamesSpecialTokens() throws IOException {
        try (Tokenizer tokenizer = TestingModels.tokenizer(source, 10)) {
            TokenIds ids = tokenizer.encode("w3 w4 <eos>");
            assertThat(ids).isEqualTo(TokenIds.of(3, 4, 1));
            assertThat(tokenizer.decode(ids)).isEqualTo("w3 w4 <eos>");
            assertThat(tokenizer.decodeText(ids)).isEqualTo("w3 w4");
            assertThat(tokenizer.size()).isEqualTo(10);
            assertThat(tokenizer.id("<eos>")).contains(1);
            assertThat(tokenizer.id("w99")).isEmpty();
        }
    }

    @Test
    void specialTokensAreAddedOnlyWhereAskedFor() throws IOException {
        TestingModels.tokenizer(source, 10).close();
        Path file = source.resolve("tokenizer.json");
        Files.writeString(file, Files.readString(file).replace("\"post_processor\": null", """
                "post_processor": {"type": "TemplateProcessing", "pair": [],
                 "single": [{"SpecialToken": {"id": "w2", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                 "special_tokens": {"w2": {"id": "w2", "ids": [2], "tokens": ["w2"]}}}
                """));
        try (Tokenizer tokenizer = Tokenizer.load(source)) {
            assertThat(tokenizer.encode("w5 <eos>")).isEqualTo(TokenIds.of(5, 1));
            assertThat(tokenizer.encodeWithSpecialTokens("w5 <eos>")).isEqualTo(TokenIds.of(2, 5, 1));
        }
    }

    @Test
    void aTokenThatOnlyTheTokenizersConfigurationAddsIsAnError() throws IOException {
        TestingModels.tokenizer(source, 10).close();
        Path config = source.resolve("tokenizer_config.json");
        String text = "{\"eos_token\": \"<eos>\", \"added_tokens_decoder\": {\"1\": {\"content\": \"<eos>\"}%s}}";
        Files.writeString(config, text.formatted(""));
        Tokenizer.load(source).close();
        for (String added : new String[] {"\"11\": {\"content\": \"<new>\"}", "\"3\": {\"content\": \"w4\"}"}) {
            Files.writeString(config, text.formatted(", " + added));
            assertThatThrownBy(() -> Tokenizer.load(source))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining("tokenizer_config.json: added_tokens_decoder.");
        }
    }

    @Test
    void aSpecialTokenBeyondTheVocabularyIsAnError() throws IOException {
        Path saved = save();
        Files.writeString(saved.resolve("generation_config.json"), "{\"eos_token_id\": [1, 32]}");
        assertThatThrownBy(() -> LanguageModel.load(saved))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("id 32")
                .hasMessageContaining("eos_token_id");
    }

    @Test
    void anEndOfTextTokenThatNobodyNamesIsAnError() throws IOException {
        TestingModels.tokenizer(source, 10).close();
        Files.writeString(source.resolve("tokenizer_config.json"), "{}");
        assertThatThrownBy(() -> Tokenizer.load(source)).hasMessageContaining("eos_token_id");
        Files.writeString(source.resolve("tokenizer_config.json"), "{\"eos_token\": \"<end>\"}");
        assertThatThrownBy(() -> Tokenizer.load(source)).hasMessageContaining("<end>");
    }

    private Path save() throws IOException {
        Path saved = temporary.resolve("saved");
        try (LanguageModel model = LanguageModel.initialise(
                TestingModels.tinyConfig(true), TestingModels.tokenizer(source, TestingModels.VOCABULARY), 1)) {
            model.save(saved);
        }
        return saved;
    }

    private static String checksum(long seed) {
        try (CausalLanguageModel model = LanguageModel.initialiseNetwork(TestingModels.tinyConfig(true), seed)) {
            return model.weights().checksum();
        }
    }
}
