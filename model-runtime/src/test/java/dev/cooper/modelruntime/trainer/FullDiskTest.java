package dev.cooper.modelruntime.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real disk of half a megabyte where the tests may mount one, and with a model that says that the disk is full.
 */
class FullDiskTest {

    private static final String FIRST = "a".repeat(100_000);
    private static final String SECOND = "b".repeat(150_000);

    @TempDir
    Path folder;

    private boolean mounted;

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "--lazy", folder.toString());
        }
    }

    @Test
    void aCheckpointThatDoesNotFitLeavesNothingBehindAndSucceedsOnceThereIsSpace() throws Exception {
        TestingTrainers trainers = onASmallDisk();
        TrainerHost trainer = trainers.start();
        ModelRef initial = trainer.attach(trainers.attach(1)).getVersion();
        ModelRef one = trainer.train(trainers.step(1, initial, FIRST)).getVersion();
        TrainRequest second = trainers.step(2, one, SECOND);

        CooperException full = catchThrowableOfType(CooperException.class, () -> trainer.train(second));

        assertThat(full.reason()).isEqualTo(FailureReason.NO_CAPACITY);
        assertThat(full)
                .hasMessageContaining(trainers.checkpoints().resolve("2").toString())
                .hasMessageMatching(".*more than \\d+ bytes are needed, \\d+ are free.*");
        assertThat(DurableFiles.children(trainers.checkpoints())).containsExactly("1", "fence");
        assertThat(trainer.attach(trainers.attach(1)).getVersion()).isEqualTo(one);
        run("mount", "-o", "remount,size=4m", folder.toString());
        assertThat(trainer.train(second).getVersion().getChecksum())
                .isEqualTo(Sha256.hex("base|1:" + FIRST + "|2:" + SECOND));
        assertThat(unfinished(trainers.root)).isEmpty();
    }

    @Test
    void anUpdateThatWouldNotFitIsNotBegunAndSucceedsOnceThereIsSpace() throws Exception {
        TestingTrainers trainers = onASmallDisk();
        TrainerHost trainer = trainers.start();
        ModelRef initial = trainer.attach(trainers.attach(1)).getVersion();
        ModelRef one = trainer.train(trainers.step(1, initial, FIRST)).getVersion();
        Path hog = Files.write(folder.resolve("hog"), new byte[150_000]);
        TrainRequest second = trainers.step(2, one, "b");

        CooperException full = catchThrowableOfType(CooperException.class, () -> trainer.train(second));

        assertThat(full.reason()).isEqualTo(FailureReason.NO_CAPACITY);
        assertThat(full).hasMessageMatching(".*/weights/run-1/policy/.*: 2\\d{5} bytes are needed, 1\\d{5} are free.*");
        assertThat(trainers.models.updates).isOne();
        assertThat(trainer.describe().getVersion()).isEqualTo(one);
        Files.delete(hog);
        assertThat(trainer.train(second).getVersion().getNumber()).isEqualTo(2);
    }

    @Test
    void weightsThatDoNotFitTakeTheTrainerBackToItsCheckpointUntilTheyDo() throws IOException {
        TestingTrainers trainers = new TestingTrainers(folder);
        TrainerHost trainer = trainers.start();
        ModelRef initial = trainer.attach(trainers.attach(1)).getVersion();
        TrainRequest first = trainers.step(1, initial, "a");
        trainers.models.afterSave = () -> {
            throw new UncheckedIOException(new IOException("No space left on device"));
        };

        assertThatThrownBy(() -> trainer.train(first))
                .hasMessageContaining("the disk is full")
                .hasMessageContaining("weights/run-1/policy/0/1");
        assertThat(unfinished(trainers.root)).isEmpty();
        assertThat(trainer.describe().hasVersion()).isFalse();
        trainers.models.afterSave = () -> {};

        assertThat(trainer.train(first).getVersion().getChecksum()).isEqualTo(Sha256.hex("base|1:a"));
        assertThat(trainers.models.open).isOne();
    }

    private TestingTrainers onASmallDisk() throws Exception {
        mounted = "root".equals(System.getProperty("user.name"))
                && run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder.toString());
        assumeTrue(mounted, "needs a root that may mount a tmpfs");
        return new TestingTrainers(folder);
    }

    private static List<Path> unfinished(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(path -> path.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    /** False if there is no such command, or it fails. */
    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
