package dev.cooper.languagemodel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.TorchBridge;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchDeviceTest {
    @BeforeAll
    static void startEngine() {
        TorchEngine.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "cuda:0", "cuda:12", "auto"})
    void theSettingsAreKnown(String setting) {
        assertThat(TorchDevice.isSetting(setting)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CPU", "gpu", "cuda:", "cuda:-1", "cuda0", "cuda:1000"})
    void anythingElseIsRefusedByName(String setting) {
        assertThat(TorchDevice.isSetting(setting)).isFalse();
        assertThatThrownBy(() -> TorchDevice.find(setting))
                .hasMessageContaining("cooper.torch.device) is '" + setting + "'")
                .hasMessageContaining("cpu, cuda, cuda:N or auto");
    }

    @Test
    void aDeviceThatIsNotThereIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> TorchDevice.find("cuda:99"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--device, cooper.engine.device or -Dcooper.torch.device")
                .hasMessageContaining("is 'cuda:99'")
                .hasMessageContaining("Set it to cpu")
                .hasMessageContaining("docs/language-model.md");
    }

    @Test
    void theProcessorIsAlwaysThere() {
        assertThat(TorchDevice.find("cpu").isCpu()).isTrue();
        assertThat(TorchDevice.find("auto").name()).isIn("cpu", "cuda:0");
    }

    @Test
    void recordsSayWhereTheyWereComputed() {
        assertThat(TorchEngine.describe())
                .contains(" on " + TorchEngine.device().name() + ", ");
    }

    /** On libtorch's device without data, where mixing with the host's memory is an error as on any other device. */
    @Test
    void aMaskIsMadeWhereItsPositionsAre() {
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray elsewhere = TorchBridge.callForTensor(
                    TorchEngine.operations(), scope, "to_device", scope.create(new long[] {0, 5}), "meta", false);
            NDArray mask = Torch.positionMask(elsewhere, 16);
            assertThat(mask.getShape().getShape()).containsExactly(2, 1, 1, 16);
            assertThatThrownBy(() -> Transfers.floats(mask)).hasMessageContaining("no data");
        }
    }
}
