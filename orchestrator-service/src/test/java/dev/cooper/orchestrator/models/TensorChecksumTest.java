package dev.cooper.orchestrator.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class TensorChecksumTest {

    @TempDir
    Path folder;

    /** The expected value was computed by Python's hashlib and struct from the definition. */
    @ParameterizedTest
    @ValueSource(strings = {"F32", "BF16", "F16"})
    void checksumIsOfValuesWhateverTypeTheyAreIn(String type) throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), TestingModels.safetensors(type, 0));

        assertThat(TensorChecksum.of(file))
                .isEqualTo("23eb9aa9bdb328315c4d7d5e3ad4de20432fb3aef62310cdf6bc84021cc32a7d");
    }

    @Test
    void shippedModelHasTheChecksumThatItsTrainingReported() throws IOException {
        Path model = Path.of("../examples/tiny-model");
        String reported = JsonMapper.shared()
                .readTree(Files.readString(model.resolve("pretraining.json")))
                .get("checksum")
                .stringValue();

        assertThat(TensorChecksum.of(model.resolve("model.safetensors"))).isEqualTo(reported);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 30, 200})
    void truncatedFileIsRefused(int length) throws IOException {
        byte[] whole = TestingModels.safetensors("F32", 0);
        assertThat(length).isLessThan(whole.length);
        Path file = Files.write(folder.resolve("model.safetensors"), Arrays.copyOf(whole, length));

        assertThatThrownBy(() -> TensorChecksum.of(file)).isInstanceOf(IOException.class);
    }

    @Test
    void typeThatNoVersionIsInIsRefused() throws IOException {
        byte[] bytes = TestingModels.safetensors("I32", 0);
        Path file = Files.write(folder.resolve("model.safetensors"), bytes);

        assertThatThrownBy(() -> TensorChecksum.of(file)).hasMessageContaining("in I32");
    }
}
