package dev.cooper.languagemodel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
    private static final String QWEN = """
            {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_act": "silu", "vocab_size": 151936,
             "hidden_size": 1536, "intermediate_size": 8960, "num_hidden_layers": 28, "num_attention_heads": 12,
             "num_key_value_heads": 2, "max_position_embeddings": 32768, "rms_norm_eps": 1e-06, "rope_theta": 1000000.0,
             "sliding_window": 32768, "use_sliding_window": false, "max_window_layers": 21, "tie_word_embeddings": true,
             "attention_dropout": 0.0, "bos_token_id": 151643, "eos_token_id": 151645, "torch_dtype": "bfloat16"}
            """;

    @TempDir
    private Path folder;

    @Test
    void aPublishedConfigurationIsRead() throws IOException {
        assertThat(read(QWEN))
                .isEqualTo(new ModelConfig(151936, 1536, 8960, 28, 12, 2, 128, 32768, 1e-6, 1e6, true, 0.02));
    }

    @Test
    void theNewerSpellingOfTheRotaryBaseIsRead() throws IOException {
        String newer = QWEN.replace(
                "\"rope_theta\": 1000000.0",
                "\"rope_parameters\": {\"rope_theta\": 5000.0, \"rope_type\": \"default\"}");
        assertThat(read(newer).ropeTheta()).isEqualTo(5000);
    }

    @Test
    void whatIsWrittenIsReadBackEqual() throws IOException {
        for (boolean tied : new boolean[] {true, false}) {
            ModelConfig config = TestingModels.tinyConfig(tied);
            assertThat(read(config.toJson(new SpecialTokens(TokenIds.of(1, 2), 0))))
                    .isEqualTo(config);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"Qwen2ForCausalLM\", \"LlamaForCausalLM\", architectures",
                "\"model_type\": \"qwen2\", \"model_type\": \"qwen3\", model_type",
                "\"silu\", \"gelu\", hidden_act",
                "\"use_sliding_window\": false, \"use_sliding_window\": true, use_sliding_window",
                "\"rope_theta\": 1000000.0, `\"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4.0}`, rope_scaling.rope_type",
                "\"vocab_size\": 151936, \"vocab_size\": \"many\", vocab_size",
                "\"vocab_size\": 151936, \"vocab_size\": -1, vocab_size",
                "`\"hidden_size\": 1536,`, `\"no\": 1,`, hidden_size is missing",
                "\"num_key_value_heads\": 2, \"num_key_value_heads\": 5, num_key_value_heads",
                "\"hidden_size\": 1536, \"hidden_size\": 1535, num_attention_heads",
                "\"tie_word_embeddings\": true, \"tie_word_embeddings\": 1, tie_word_embeddings",
                "\"model_type\": \"qwen2\", `\"quantization_config\": {\"bits\": 4}`, quantization_config",
                "\"model_type\": \"qwen2\", \"layer_types\": [\"sliding_attention\"], layer_types",
                "`{\"arch`, `[\"arch`, not JSON"
            })
    void whatIsNotSupportedIsAnErrorThatNamesFileAndKey(String from, String to, String named) {
        assertThatThrownBy(() -> read(QWEN.replace(from, to)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(named);
    }

    @Test
    void aMissingFileIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> ModelConfig.read(folder.resolve("config.json")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("config.json: file is missing");
    }

    private ModelConfig read(String text) throws IOException {
        return ModelConfig.read(Files.writeString(folder.resolve("config.json"), text));
    }
}
