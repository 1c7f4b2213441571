package dev.cooper.modelruntime.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightStoreTest {

    private static final String WEIGHTS = "model.txt";

    @TempDir
    Path root;

    private WeightStore store;

    @BeforeEach
    void open() {
        store = new WeightStore(root, folder -> Sha256.hex(folder.resolve(WEIGHTS)));
    }

    @Test
    void aVersionIsFoundWhereMessagesSayItIs() {
        publish(3, "three");

        assertThat(store.location("run", ModelKind.POLICY, version(3, "three"))).isEqualTo("weights/run/policy/0/3");
        assertThat(store.open("run", ModelKind.POLICY, version(3, "three")).resolve(WEIGHTS))
                .hasContent("three");
    }

    @Test
    void anInterruptedWriteLeavesNoVersion() {
        assertThatThrownBy(() -> store.publish("run", ModelKind.POLICY, version(1, "one"), folder -> {
                    Files.writeString(folder.resolve(WEIGHTS), "o");
                    throw new IOException("power cut");
                }))
                .hasMessageContaining("power cut");

        assertThat(store.folder("run", ModelKind.POLICY, version(1, "one"))).doesNotExist();
        publish(1, "one");
        assertThat(store.holds("run", ModelKind.POLICY, version(1, "one"))).isTrue();
    }

    @Test
    void whatIsNotTheVersionIsNotPublishedAsIt() {
        assertThatThrownBy(() -> store.publish(
                        "run",
                        ModelKind.POLICY,
                        version(1, "one"),
                        folder -> Files.writeString(folder.resolve(WEIGHTS), "other")))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining(Sha256.hex("one"))
                .hasMessageContaining(Sha256.hex("other"));

        assertThat(store.folder("run", ModelKind.POLICY, version(1, "one"))).doesNotExist();
    }

    @Test
    void aVersionThatIsThereIsNotWrittenAgain() {
        publish(1, "one");

        store.publish("run", ModelKind.POLICY, version(1, "one"), folder -> {
            throw new AssertionError("written again");
        });
    }

    @Test
    void anotherContentUnderTheSameNumberIsReplaced() {
        publish(1, "left behind");
        publish(1, "one");

        assertThat(store.holds("run", ModelKind.POLICY, version(1, "one"))).isTrue();
        assertThat(store.holds("run", ModelKind.POLICY, version(1, "left behind")))
                .isFalse();
    }

    @Test
    void aMissingVersionIsNamedWithItsFolder() {
        assertThatThrownBy(() -> store.open("run", ModelKind.REWARD, version(4, "four")))
                .hasMessageContaining("weights/run/reward/0/4")
                .hasMessageContaining("cooper.storage-root");
    }

    @Test
    void aDamagedVersionIsNamedWithBothChecksums() throws IOException {
        publish(1, "one");
        Files.writeString(
                store.folder("run", ModelKind.POLICY, version(1, "one")).resolve(WEIGHTS), "0ne");

        assertThatThrownBy(() -> store.open("run", ModelKind.POLICY, version(1, "one")))
                .hasMessageContaining(Sha256.hex("0ne"))
                .hasMessageContaining("weights/run/policy/0/1");
    }

    @Test
    void pruningKeepsTheNewestThePinnedAndTheInitialVersion() {
        for (int number = 0; number < 6; number++) {
            publish(number, "v" + number);
        }
        store.prune("run", ModelKind.POLICY, 2, Set.of(2L));

        assertThat(DurableFiles.numberedFolders(root.resolve("weights/run/policy/0")))
                .containsExactly(0L, 2L, 4L, 5L);
    }

    @Test
    void pruningCountsNumbersOverAllIncarnations() {
        publish(1, "one");
        publish(2, "two");
        ModelRef again = version(2, "two again").toBuilder().setIncarnation(1).build();
        store.publish(
                "run", ModelKind.POLICY, again, folder -> Files.writeString(folder.resolve(WEIGHTS), "two again"));
        store.prune("run", ModelKind.POLICY, 1, Set.of());

        assertThat(DurableFiles.numberedFolders(root.resolve("weights/run/policy/0")))
                .containsExactly(2L);
        assertThat(store.holds("run", ModelKind.POLICY, again)).isTrue();
    }

    @Test
    void aPinnedVersionIsKeptUntilTheLastHolderLetsItGo() {
        for (int number = 0; number < 5; number++) {
            publish(number, "v" + number);
        }
        assertThat(store.pin("run", ModelKind.POLICY, 1, "export-7")).contains(root.resolve("weights/run/policy/0/1"));
        assertThat(store.pin("run", ModelKind.POLICY, 1, "rollback")).isPresent();
        store.unpin("run", ModelKind.POLICY, 1, "export-7");
        store.prune("run", ModelKind.POLICY, 2, Set.of());
        // Another process sees the pin, too.
        assertThat(new WeightStore(root, folder -> "").pinned("run", ModelKind.POLICY))
                .containsExactly(1L);
        assertThat(numbers()).containsExactly(0L, 1L, 3L, 4L);

        store.unpin("run", ModelKind.POLICY, 1, "rollback");
        store.unpin("run", ModelKind.POLICY, 1, "rollback");
        store.prune("run", ModelKind.POLICY, 2, Set.of());
        assertThat(numbers()).containsExactly(0L, 3L, 4L);
    }

    @Test
    void aVersionThatIsGoneCannotBePinned() {
        publish(0, "zero");

        assertThat(store.pin("run", ModelKind.POLICY, 3, "export-7")).isEmpty();
        assertThat(store.pinned("run", ModelKind.POLICY)).isEmpty();
        assertThatThrownBy(() -> store.pin("run", ModelKind.POLICY, 0, "../me")).hasMessageContaining("'../me'");
    }

    @Test
    void aVersionIsLocatedInItsHighestIncarnation() {
        publish(2, "two");
        ModelRef again = version(2, "two again").toBuilder().setIncarnation(10).build();
        store.publish(
                "run", ModelKind.POLICY, again, folder -> Files.writeString(folder.resolve(WEIGHTS), "two again"));

        assertThat(store.locate("run", ModelKind.POLICY, 2)).contains(root.resolve("weights/run/policy/10/2"));
        assertThat(store.locate("run", ModelKind.POLICY, 3)).isEmpty();
        assertThat(store.size("run", ModelKind.POLICY, again)).isEqualTo(9);
    }

    @Test
    void deletingARunTakesAllItsModelsAndNoOtherRuns() {
        publish(0, "zero");
        store.pin("run", ModelKind.POLICY, 0, "export-7");
        ModelRef reward = version(0, "reward");
        store.publish("run", ModelKind.REWARD, reward, folder -> Files.writeString(folder.resolve(WEIGHTS), "reward"));
        store.publish(
                "run-2", ModelKind.REWARD, reward, folder -> Files.writeString(folder.resolve(WEIGHTS), "reward"));

        store.delete("run");
        store.delete("run");

        assertThat(DurableFiles.children(root.resolve("weights"))).containsExactly("run-2");
    }

    @Test
    void aRemovalThatIsNotWantedAfterAllIsUndone() {
        publish(1, "one");

        DurableFiles.removeFolder(store.folder("run", ModelKind.POLICY, version(1, "one")), () -> false);

        assertThat(store.holds("run", ModelKind.POLICY, version(1, "one"))).isTrue();
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheBytesNeededAndFree() {
        assertThatThrownBy(() -> DurableFiles.requireRoom(root.resolve("not/there/yet"), 1L << 60))
                .hasMessageContaining(root.resolve("not/there/yet").toString())
                .hasMessageMatching(".*: 1152921504606846976 bytes are needed, \\d+ are free.*");
        DurableFiles.requireRoom(root, 1);
    }

    @Test
    void aRunIdThatPointsElsewhereIsRefused() {
        assertThatThrownBy(() -> store.location("../other", ModelKind.POLICY, version(0, "")))
                .hasMessageContaining("../other");
    }

    private List<Long> numbers() {
        return DurableFiles.numberedFolders(root.resolve("weights/run/policy/0"));
    }

    private void publish(long number, String content) {
        store.publish(
                "run",
                ModelKind.POLICY,
                version(number, content),
                folder -> Files.writeString(folder.resolve(WEIGHTS), content));
    }

    private static ModelRef version(long number, String content) {
        return ModelRef.newBuilder()
                .setNumber(number)
                .setChecksum(Sha256.hex(content))
                .build();
    }
}
