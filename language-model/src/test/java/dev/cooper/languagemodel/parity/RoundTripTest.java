package dev.cooper.languagemodel.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.StoredTypes;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.SequenceScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads checkpoints that transformers wrote, saves them, and reads them again. */
class RoundTripTest {
    @TempDir
    private Path folder;

    private Path source;
    private Path saved;

    static Stream<String> languageModels() {
        return Fixtures.checkpoints(false);
    }

    static Stream<String> rewardModels() {
        return Fixtures.checkpoints(true);
    }

    @BeforeEach
    void makeFolders() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        saved = folder.resolve("saved");
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void noByteOfATensorChangesAndNoLogProb(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        try (LanguageModel model = LanguageModel.load(checkpoint.withTokenizer(source))) {
            model.save(saved, StoredTypes.AS_READ);
            assertSameTensors();
            try (LanguageModel again = LanguageModel.load(saved)) {
                assertThat(again.config()).isEqualTo(model.config());
                assertThat(again.tokenizer().specialTokens())
                        .isEqualTo(model.tokenizer().specialTokens());
                assertThat(again.checksum()).isEqualTo(model.checksum());
                List<ScoredSequence> sequences = checkpoint.sequences();
                assertThat(new SequenceScorer(again.network(), 1, 1000).score(sequences))
                        .isEqualTo(new SequenceScorer(model.network(), 1, 1000).score(sequences));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rewardModels")
    void noByteOfATensorChangesAndNoReward(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        List<TokenIds> sequences =
                checkpoint.sequences().stream().map(ScoredSequence::tokens).toList();
        try (RewardModel model = RewardModel.load(checkpoint.withTokenizer(source))) {
            model.save(saved, StoredTypes.AS_READ);
            assertSameTensors();
            try (RewardModel again = RewardModel.load(saved)) {
                assertThat(again.config()).isEqualTo(model.config());
                assertThat(again.logits(sequences, 1000)).isEqualTo(model.logits(sequences, 1000));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2-bfloat16", "qwen3-untied-biased-float16", "llama-linear-bfloat16-sharded"})
    void aModelForTrainingIsSavedInFloat32WithTheSameValues(String name) throws IOException {
        try (LanguageModel model = LanguageModel.load(Checkpoint.of(name).withTokenizer(source))) {
            model.save(saved);
            ExpectedTensors tensors = new ExpectedTensors(saved.resolve(LanguageModel.WEIGHTS_FILE));
            assertThat(tensors.names())
                    .isNotEmpty()
                    .allSatisfy(tensor -> assertThat(tensors.type(tensor)).isEqualTo("F32"));
            try (LanguageModel again = LanguageModel.load(saved)) {
                assertThat(again.config()).isEqualTo(model.config());
                assertThat(again.checksum()).isEqualTo(model.checksum());
            }
        }
    }

    /** The bytes of all tensors, whatever the number of files. */
    private void assertSameTensors() throws IOException {
        assertThat(tensors(saved)).isEqualTo(tensors(source)).isNotEmpty();
    }

    private static SortedMap<String, List<Object>> tensors(Path model) throws IOException {
        SortedMap<String, List<Object>> tensors = new TreeMap<>();
        try (Stream<Path> files = Files.list(model)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
                ExpectedTensors content = new ExpectedTensors(file);
                for (String name : content.names()) {
                    List<Long> shape =
                            Arrays.stream(content.shape(name)).boxed().toList();
                    tensors.put(
                            name,
                            List.of(content.type(name), shape, HexFormat.of().formatHex(content.bytes(name))));
                }
            }
        }
        return tensors;
    }
}
