package dev.cooper.modelruntime.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        store = new WeightStore(root, folder -> DurableFiles.sha256(folder.resolve(WEIGHTS)));
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
                .hasMessageContaining(DurableFiles.sha256("one"))
                .hasMessageContaining(DurableFiles.sha256("other"));

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
                .hasMessageContaining(DurableFiles.sha256("0ne"))
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
    void aRunIdThatPointsElsewhereIsRefused() {
        assertThatThrownBy(() -> store.location("../other", ModelKind.POLICY, version(0, "")))
                .hasMessageContaining("../other");
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
                .setChecksum(DurableFiles.sha256(content))
                .build();
    }
}
