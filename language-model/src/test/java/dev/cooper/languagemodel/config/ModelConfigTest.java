package dev.cooper.languagemodel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static final String QWEN3 = """
            {"architectures": ["Qwen3ForCausalLM"], "model_type": "qwen3", "attention_bias": false, "hidden_act": "silu",
             "vocab_size": 151936, "head_dim": 128, "hidden_size": 1024, "intermediate_size": 3072,
             "num_hidden_layers": 28, "num_attention_heads": 16, "num_key_value_heads": 8, "rms_norm_eps": 1e-06,
             "max_position_embeddings": 40960, "rope_scaling": null, "rope_theta": 1000000, "sliding_window": null,
             "use_sliding_window": false, "tie_word_embeddings": true, "torch_dtype": "bfloat16"}
            """;

    private static final String LLAMA = """
            {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "attention_bias": false, "mlp_bias": false,
             "hidden_act": "silu", "vocab_size": 128256, "head_dim": 64, "hidden_size": 2048, "intermediate_size": 8192,
             "num_hidden_layers": 16, "num_attention_heads": 32, "num_key_value_heads": 8, "rms_norm_eps": 1e-05,
             "max_position_embeddings": 131072, "pretraining_tp": 1, "tie_word_embeddings": true,
             "bos_token_id": 128000, "eos_token_id": [128001, 128008, 128009],
             "rope_theta": 500000.0,
             "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
                              "original_max_position_embeddings": 8192, "rope_type": "llama3"}}
            """;

    private static final RopeScaling LLAMA_SCALING = new RopeScaling.Llama3(32, 1, 4, 8192);

    @TempDir
    private Path folder;

    @Test
    void aPublishedConfigurationIsRead() throws IOException {
        assertThat(read(QWEN))
                .isEqualTo(new ModelConfig(151936, 1536, 8960, 28, 12, 2, 128, 32768, 1e-6, 1e6, true, 0.02));
    }

    @Test
    void aPublishedConfigurationOfQwen3IsRead() throws IOException {
        ModelConfig config = read(QWEN3);
        assertThat(config)
                .isEqualTo(new ModelConfig(151936, 1024, 3072, 28, 16, 8, 128, 40960, 1e-6, 1e6, true, 0.02)
                        .as(Architecture.QWEN3, Biases.NONE, RopeScaling.NONE));
        assertThat(config.queryKeyNorm()).isTrue();
        assertThat(read(QWEN3.replace("\"attention_bias\": false", "\"attention_bias\": true"))
                        .biases())
                .isEqualTo(new Biases(true, true, false));
    }

    @Test
    void aPublishedConfigurationOfLlamaIsReadInBothSpellings() throws IOException {
        ModelConfig expected = new ModelConfig(128256, 2048, 8192, 16, 32, 8, 64, 131072, 1e-5, 5e5, true, 0.02)
                .as(Architecture.LLAMA, Biases.NONE, LLAMA_SCALING);
        assertThat(read(LLAMA)).isEqualTo(expected);
        String newer = LLAMA.replace("\"rope_theta\": 500000.0,", "")
                .replace("\"rope_scaling\": {", "\"rope_parameters\": {\"rope_theta\": 500000.0, ");
        assertThat(read(newer)).isEqualTo(expected);
        assertThat(read(LLAMA.replace("\"mlp_bias\": false", "\"mlp_bias\": true"))
                        .biases())
                .isEqualTo(new Biases(false, false, true));
        assertThat(read(LLAMA.replace("\"num_key_value_heads\": 8,", "")).keyValueHeads())
                .isEqualTo(32);
    }

    @Test
    void linearScalingIsReadInItsOldestSpelling() throws IOException {
        String linear = QWEN.replace(
                "\"rope_theta\": 1000000.0",
                "\"rope_theta\": 1e6, \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}");
        assertThat(read(linear).ropeScaling()).isEqualTo(new RopeScaling.Linear(2));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"factor\": 32.0, \"factor\": 0.5, factor",
                "`\"factor\": 32.0,`, ` `, rope_scaling.factor is missing",
                "\"low_freq_factor\": 1.0, \"low_freq_factor\": 4.0, high_freq_factor",
                "\"original_max_position_embeddings\": 8192, \"original_max_position_embeddings\": 0, original_max_position_embeddings",
                "\"rope_type\": \"llama3\", \"rope_type\": \"dynamic\", rope_scaling.rope_type",
                "\"rope_type\": \"llama3\", `\"rope_type\": \"llama3\", \"type\": \"linear\"`, rope_scaling.type",
                "\"rope_type\": \"llama3\", `\"rope_type\": \"llama3\", \"beta_fast\": 32`, rope_scaling.beta_fast",
                "\"rope_type\": \"llama3\", \"factor_\": 1, rope_scaling.factor",
                "\"rope_type\": \"llama3\", `\"rope_type\": \"llama3\", \"rope_theta\": 7`, rope_scaling.rope_theta",
                "\"mlp_bias\": false, `\"mlp_bias\": false, \"rope_parameters\": {\"rope_type\": \"default\"}`, rope_scaling",
                "\"mlp_bias\": false, `\"mlp_bias\": false, \"partial_rotary_factor\": 0.5`, partial_rotary_factor",
                "\"silu\", \"gelu_pytorch_tanh\", hidden_act",
                "\"LlamaForCausalLM\", \"MistralForCausalLM\", architectures",
                "\"model_type\": \"llama\", \"model_type\": \"mistral\", model_type"
            })
    void whatIsNotSupportedInLlamaIsAnErrorThatNamesFileAndKey(String from, String to, String named) {
        assertThat(LLAMA).contains(from);
        assertThatThrownBy(() -> read(LLAMA.replace(from, to)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"head_dim\": 128,`, ` `, head_dim is missing",
                "`\"num_key_value_heads\": 8,`, ` `, num_key_value_heads is missing",
                "\"attention_bias\": false, \"mlp_bias\": true, mlp_bias",
                "\"use_sliding_window\": false, \"use_sliding_window\": true, use_sliding_window"
            })
    void whatIsNotSupportedInQwen3IsAnErrorThatNamesFileAndKey(String from, String to, String named) {
        assertThat(QWEN3).contains(from);
        assertThatThrownBy(() -> read(QWEN3.replace(from, to)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(named);
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
        SpecialTokens special = new SpecialTokens(TokenIds.of(1, 2), 0);
        for (boolean tied : new boolean[] {true, false}) {
            ModelConfig qwen = TestingModels.tinyConfig(tied);
            List<ModelConfig> configs = List.of(
                    qwen,
                    qwen.as(Architecture.QWEN3, Biases.NONE, RopeScaling.NONE),
                    qwen.as(Architecture.QWEN3, new Biases(true, true, false), new RopeScaling.Linear(4)),
                    qwen.as(Architecture.LLAMA, Biases.NONE, LLAMA_SCALING),
                    qwen.as(Architecture.LLAMA, new Biases(true, true, true), RopeScaling.NONE));
            for (ModelConfig config : configs) {
                assertThat(read(config.toJson(special))).isEqualTo(config);
                Path reward =
                        Files.writeString(folder.resolve("reward.json"), config.toRewardModelJson(special, "bfloat16"));
                assertThat(ModelConfig.readRewardModel(reward)).isEqualTo(config);
                assertThat(reward).content().contains("\"dtype\" : \"bfloat16\"");
            }
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
