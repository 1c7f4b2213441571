package dev.cooper.orchestrator.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredModelsTest {

    @TempDir
    Path root;

    private StoredModels models;

    @BeforeEach
    void open() {
        models = new StoredModels(root);
    }

    private Path weights(long number) {
        return root.resolve("weights/r1/policy/0/" + number);
    }

    private Path checkpoint(long number) throws IOException {
        Path folder = Files.createDirectories(root.resolve("checkpoints/r1/policy/" + number));
        for (String own : List.of("optimizer.safetensors", "trainer.json", "answer.binpb")) {
            Files.writeString(folder.resolve(own), "own");
        }
        return folder;
    }

    private StoredModel export(ModelRef version, Path target) {
        return models.copy("r1", ModelKind.POLICY, version, "export-1", new ModelFolder(target, "r1", 1, false));
    }

    @Test
    void exportIsAFolderWithTheModelsFilesTheirSumsAndItsOrigin() throws IOException {
        ModelRef version = TestingModels.version(3, TestingModels.write(weights(3), 3));
        Path target = root.resolve("out/step-1");

        StoredModel stored = export(version, target);

        assertThat(stored.place()).isEqualTo(StoredModel.Place.WEIGHTS);
        assertThat(target.resolve("model.safetensors"))
                .hasSameBinaryContentAs(weights(3).resolve("model.safetensors"));
        assertThat(Files.readAllLines(target.resolve("SHA256SUMS")))
                .containsExactly(
                        Sha256.hex(target.resolve("config.json")) + "  config.json",
                        Sha256.hex(target.resolve("model.safetensors")) + "  model.safetensors",
                        Sha256.hex(target.resolve("tokenizer.json")) + "  tokenizer.json");
        assertThat(target.resolve("cooper.json")).content().contains(version.getChecksum(), "\"run_id\" : \"r1\"");
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**unfinished");
        assertThat(root.resolve("weights/r1/policy/pinned")).isEmptyDirectory();
    }

    @Test
    void versionThatIsKeptNoMoreComesFromItsCheckpoint() throws IOException {
        ModelRef version = TestingModels.version(3, TestingModels.write(checkpoint(3), 3));
        Path target = root.resolve("out");

        assertThat(export(version, target).place()).isEqualTo(StoredModel.Place.CHECKPOINT);
        assertThat(target).isDirectoryNotContaining("glob:**{optimizer,trainer,answer}*");
    }

    @Test
    void damagedWeightsGiveWayToTheCheckpoint() throws IOException {
        String checksum = TestingModels.write(checkpoint(3), 3);
        TestingModels.write(weights(3), 4);

        assertThat(export(TestingModels.version(3, checksum), root.resolve("out"))
                        .place())
                .isEqualTo(StoredModel.Place.CHECKPOINT);
    }

    @Test
    void damagedVersionIsNamedAndNothingIsWritten() {
        TestingModels.write(weights(3), 4);
        Path target = root.resolve("out");

        assertThatThrownBy(() -> export(TestingModels.version(3, "0".repeat(64)), target))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining(weights(3) + " has checksum ");
        assertThat(target).doesNotExist();
    }

    @Test
    void versionThatIsNowhereIsToldWithTheWayToHaveIt() {
        assertThatThrownBy(() -> export(TestingModels.version(3, "c"), root.resolve("out")))
                .isInstanceOf(PreconditionException.class)
                .hasMessageContaining("weights/r1/policy")
                .hasMessageContaining("`cooper replay r1`");
    }

    @Test
    void folderThatHoldsSomethingIsNotTouched() throws IOException {
        ModelRef version = TestingModels.version(3, TestingModels.write(weights(3), 3));
        Path target = Files.createDirectory(root.resolve("out"));
        export(version, target);

        assertThatThrownBy(() -> export(version, target)).isInstanceOfSatisfying(CooperException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(FailureReason.BAD_INPUT);
            assertThat(refused.field()).contains("path");
        });
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**unfinished");
    }

    @Test
    void linkedCopyOutlivesTheVersion() throws IOException {
        ModelRef version = TestingModels.version(3, TestingModels.write(weights(3), 3));
        Path target = root.resolve("forks/r2/policy");
        models.copy("r1", ModelKind.POLICY, version, "fork-r2", new ModelFolder(target, "r1", 1, true));

        Files.delete(weights(3).resolve("model.safetensors"));

        assertThat(TensorChecksum.of(target.resolve("model.safetensors"))).isEqualTo(version.getChecksum());
    }
}
