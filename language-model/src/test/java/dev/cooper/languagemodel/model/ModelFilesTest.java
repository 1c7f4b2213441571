package dev.cooper.languagemodel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.TestingArchitectures;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.config.Architecture;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.safetensors.Checkpoint;
import dev.cooper.languagemodel.safetensors.SafetensorsFile;
import dev.cooper.languagemodel.safetensors.Tensor;
import dev.cooper.languagemodel.safetensors.TensorType;
import dev.cooper.languagemodel.safetensors.TensorValues;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.training.AdamW;
import dev.cooper.languagemodel.training.AdamWSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders of each architecture, in one file and in several, in each type. */
class ModelFilesTest {
    private static final String OUTPUT = "lm_head.weight";
    private static final String EMBEDDING = "model.embed_tokens.weight";

    @TempDir
    private Path temporary;

    private Path folder;

    static List<ModelConfig> configs() {
        return TestingArchitectures.all();
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("model"));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void everyArchitectureIsSavedAndLoadedBitForBit(ModelConfig config) throws IOException {
        try (LanguageModel model = save(config)) {
            Path weights = folder.resolve(LanguageModel.WEIGHTS_FILE);
            try (SafetensorsFile file = SafetensorsFile.open(weights)) {
                assertThat(file.names()).isEqualTo(ParameterShapes.of(config).keySet());
            }
            try (LanguageModel loaded = LanguageModel.load(folder);
                    CausalLanguageModel network = LanguageModel.loadNetwork(folder)) {
                assertThat(loaded.config()).isEqualTo(config);
                assertThat(loaded.checksum()).isEqualTo(model.checksum());
                assertThat(network.weights().checksum()).isEqualTo(model.checksum());
            }
        }
    }

    @Test
    void anArchitectureHasTheTensorsThatHuggingFaceNames() {
        for (ModelConfig config : TestingArchitectures.all()) {
            SortedMap<String, ?> shapes = ParameterShapes.of(config);
            assertThat(shapes.containsKey("model.layers.1.self_attn.q_norm.weight"))
                    .isEqualTo(config.architecture() == Architecture.QWEN3);
            assertThat(shapes.containsKey("model.layers.1.self_attn.v_proj.bias"))
                    .isEqualTo(config.biases().queryKeyValue());
            assertThat(shapes.containsKey("model.layers.1.self_attn.o_proj.bias"))
                    .isEqualTo(config.biases().attentionOutput());
            assertThat(shapes.containsKey("model.layers.1.mlp.gate_proj.bias"))
                    .isEqualTo(config.biases().feedForward());
            assertThat(shapes.containsKey(OUTPUT)).isEqualTo(!config.tiedEmbeddings());
        }
    }

    @Test
    void aRoundTripInTheTypesThatWereReadChangesNoByte() throws IOException {
        save(TestingModels.tinyConfig(false)).close();
        store(name -> name.contains("norm") ? TensorType.F32 : name.contains("mlp") ? TensorType.F16 : TensorType.BF16);
        Path saved = temporary.resolve("saved");
        try (LanguageModel model = LanguageModel.load(folder)) {
            assertThat(model.network().weights().storedType("model.norm.weight"))
                    .isEqualTo(TensorType.F32);
            assertThat(model.network().weights().storedType(EMBEDDING)).isEqualTo(TensorType.BF16);
            model.save(saved, StoredTypes.AS_READ);
        }
        try (Checkpoint before = Checkpoint.open(folder);
                Checkpoint after = Checkpoint.open(saved)) {
            assertThat(after.names()).isEqualTo(before.names());
            for (String name : before.names()) {
                assertThat(after.info(name)).isEqualTo(before.info(name));
                assertThat(after.segment(name).mismatch(before.segment(name))).isEqualTo(-1);
            }
        }
        assertThat(saved.resolve("config.json")).content().contains("\"dtype\" : \"float32\"");
    }

    @Test
    void aModelOfOneTypeNamesItInItsConfiguration() throws IOException {
        save(TestingModels.tinyConfig(true)).close();
        store(_ -> TensorType.BF16);
        Path saved = temporary.resolve("saved");
        try (LanguageModel model = LanguageModel.load(folder)) {
            model.save(saved, StoredTypes.AS_READ);
            assertThat(saved.resolve("config.json"))
                    .content()
                    .contains("\"dtype\" : \"bfloat16\"", "\"torch_dtype\" : \"bfloat16\"");
            model.save(saved);
        }
        assertThat(saved.resolve("config.json")).content().contains("\"dtype\" : \"float32\"");
        try (Checkpoint checkpoint = Checkpoint.open(saved)) {
            assertThat(checkpoint.info(EMBEDDING).type()).isEqualTo(TensorType.F32);
        }
    }

    @Test
    void aModelInSeveralFilesIsLoadedAndSavedAsOne() throws IOException {
        try (LanguageModel model = save(TestingModels.tinyConfig(true))) {
            split();
            try (LanguageModel loaded = LanguageModel.load(folder)) {
                assertThat(loaded.checksum()).isEqualTo(model.checksum());
                loaded.save(temporary.resolve("saved"));
            }
        }
        assertThat(temporary.resolve("saved/model.safetensors")).exists();
        Files.delete(folder.resolve("model-2.safetensors"));
        assertThatThrownBy(() -> LanguageModel.load(folder))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("model-2.safetensors: file is missing");
    }

    @Test
    void aFolderWithoutTokenizerIsANetwork() throws IOException {
        String checksum;
        try (LanguageModel model = save(TestingModels.tinyConfig(true))) {
            checksum = model.checksum();
        }
        for (String name : List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json")) {
            Files.delete(folder.resolve(name));
        }
        try (CausalLanguageModel network = LanguageModel.loadNetwork(folder)) {
            assertThat(network.weights().checksum()).isEqualTo(checksum);
        }
        assertThatThrownBy(() -> LanguageModel.load(folder)).hasMessageContaining("tokenizer.json");
    }

    @Test
    void aMappedNetworkComputesWithTheBytesOfItsFiles() throws IOException {
        save(TestingModels.tinyConfig(false)).close();
        store(name -> name.contains("norm") ? TensorType.F32 : TensorType.BF16);
        TokenBatch batch = TokenBatch.scoring(List.of(new ScoredSequence(TestingModels.randomTokens(20, 3), 1)));
        try (CausalLanguageModel copied = LanguageModel.loadNetwork(folder);
                CausalLanguageModel mapped = LanguageModel.mapNetwork(folder)) {
            assertThat(mapped.weights().checksum()).isEqualTo(copied.weights().checksum());
            assertThat(mapped.weights().precision()).isEqualTo(Precision.BFLOAT16);
            TokenScores expected = copied.score(batch, 1);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(mapped.score(batch, 1).logProb(i)).isCloseTo(expected.logProb(i), within(0.2f));
            }
            assertThatThrownBy(() -> new AdamW(mapped.weights(), AdamWSettings.STANDARD))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("model.safetensors");
        }
    }

    @Test
    void aTiedOutputLayerMayBeWrittenOutIfItIsTheEmbedding() throws IOException {
        save(TestingModels.tinyConfig(true)).close();
        rewrite(tensors -> tensors.put(OUTPUT, tensors.get(EMBEDDING)));
        LanguageModel.load(folder).close();
        rewrite(tensors -> tensors.put(OUTPUT, new Tensor(List.of(32L, 16L), new float[512])));
        assertRefused("tensor 'lm_head.weight' differs from 'model.embed_tokens.weight'");
    }

    @Test
    void aVocabularyLargerThanTheEmbeddingIsRefused() throws IOException {
        save(TestingModels.tinyConfig(true)).close();
        rewrite(tensors -> tensors.put(EMBEDDING, new Tensor(List.of(31L, 16L), new float[496])));
        assertRefused("tensor 'model.embed_tokens.weight' has shape [31, 16], but config.json asks for (32, 16)");
        TestingModels.tokenizer(folder, 40).close();
        assertRefused("has ids up to 39, but the model's vocab_size is 32");
    }

    @Test
    void weightsThatAreNotFiniteAreRefusedInEveryType() throws IOException {
        save(TestingModels.tinyConfig(true)).close();
        float[] damaged = new float[16];
        damaged[3] = Float.NaN;
        rewrite(tensors -> tensors.put("model.norm.weight", new Tensor(List.of(16L), damaged)));
        for (TensorType type : TensorType.values()) {
            store(_ -> type);
            assertRefused("model.safetensors: tensor 'model.norm.weight' holds NaN");
            assertThatThrownBy(() -> LanguageModel.mapNetwork(folder)).hasMessageContaining("holds NaN");
        }
    }

    @Test
    void missingAndUnknownTensorsAreNamed() throws IOException {
        save(TestingModels.tinyConfig(true)).close();
        rewrite(tensors -> tensors.remove("model.layers.1.mlp.up_proj.weight"));
        assertRefused("lacks tensors that config.json describes: model.layers.1.mlp.up_proj.weight");
        rewrite(tensors -> tensors.put("model.layers.1.self_attn.q_norm.weight", new Tensor(List.of(), new float[1])));
        assertRefused("does not describe: model.layers.1.self_attn.q_norm.weight");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> LanguageModel.load(folder))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(message);
    }

    private LanguageModel save(ModelConfig config) throws IOException {
        Path source = Files.createDirectory(temporary.resolve("source"));
        LanguageModel model =
                LanguageModel.initialise(config, TestingModels.tokenizer(source, TestingModels.VOCABULARY), 1);
        model.save(folder);
        return model;
    }

    private interface Types {
        TensorType of(String name);
    }

    private interface Change {
        void to(SortedMap<String, Tensor> tensors);
    }

    private void store(Types types) throws IOException {
        SafetensorsFile.write(folder.resolve("model.safetensors"), tensors(), types::of, Map.of());
    }

    private void rewrite(Change change) throws IOException {
        SortedMap<String, Tensor> tensors = tensors();
        change.to(tensors);
        SafetensorsFile.write(folder.resolve("model.safetensors"), tensors, Map.of());
    }

    private SortedMap<String, Tensor> tensors() throws IOException {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        try (Checkpoint source = Checkpoint.open(folder)) {
            source.names().forEach(name -> tensors.put(name, source.read(name)));
        }
        return tensors;
    }

    private void split() throws IOException {
        List<SortedMap<String, TensorValues>> parts = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        StringBuilder places = new StringBuilder();
        int next = 0;
        for (Map.Entry<String, Tensor> tensor : tensors().entrySet()) {
            int part = next++ % parts.size();
            parts.get(part).put(tensor.getKey(), tensor.getValue());
            places.append(places.isEmpty() ? "" : ", ")
                    .append("\"%s\": \"model-%d.safetensors\"".formatted(tensor.getKey(), part));
        }
        for (int part = 0; part < parts.size(); part++) {
            SafetensorsFile.write(folder.resolve("model-" + part + ".safetensors"), parts.get(part), Map.of());
        }
        Files.writeString(folder.resolve(Checkpoint.INDEX), "{\"weight_map\": {%s}}".formatted(places));
        Files.delete(folder.resolve("model.safetensors"));
    }
}
