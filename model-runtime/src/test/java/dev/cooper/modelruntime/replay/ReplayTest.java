package dev.cooper.modelruntime.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.modelruntime.replay.RecordedMove.Trained;
import dev.cooper.modelruntime.replay.ReplayDifference.Compared;
import dev.cooper.modelruntime.replay.ReplayStart.FromInitialModel;
import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.modelruntime.trainer.TestingModel;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    @TempDir
    Path folder;

    private final TestingModel.Factory models = new TestingModel.Factory();
    private TestingArchive archive;

    @BeforeEach
    void record() throws IOException {
        archive = new TestingArchive(folder.resolve("run"), models);
        archive.train(1, "a", "b");
        archive.train(2, "nothing", "nothing");
        archive.train(3, "c");
        archive.train(4, "d");
    }

    @AfterEach
    void nothingIsLeftOpenOrBehind() {
        archive.close();
        assertThat(models.open()).isZero();
        assertThat(DurableFiles.children(folder.resolve("work"))).isEmpty();
    }

    @Test
    void aRunTrainedAgainHasEveryChecksum() {
        List<String> told = new ArrayList<>();
        ReplayReport report = replay((step, done, total) -> told.add(step.step() + ": " + done + "/" + total));

        assertThat(report.exact()).isTrue();
        assertThat(report.reached()).isEqualTo(archive.version());
        assertThat(report.steps()).extracting(ReplayedStep::updated).containsExactly(true, false, true, true);
        assertThat(report.steps().getFirst().batchSha256()).isEqualTo(Sha256.hex("a,b"));
        assertThat(report.steps().getFirst().metrics()).containsEntry("loss", 1.0);
        assertThat(told).containsExactly("1: 1/4", "2: 2/4", "3: 3/4", "4: 4/4");
    }

    @Test
    void anUpdateThatWasUndoneIsUndoneAgain() throws IOException {
        archive.train(5, "worse");
        archive.train(6, "e");

        ReplayReport report = replay();

        assertThat(report.exact()).isTrue();
        assertThat(report.steps())
                .extracting(ReplayedStep::updated)
                .containsExactly(true, false, true, true, false, true);
        assertThat(report.reached()).isEqualTo(archive.version());
    }

    @Test
    void aRunThatWentBackIsReplayedTheWayItWent() throws IOException {
        archive.goBack(5, 1);
        archive.train(5, "e");
        archive.goBack(6, 0);
        archive.train(6, "f");

        ReplayReport report = replay();

        assertThat(report.exact()).isTrue();
        assertThat(report.reached()).isEqualTo(archive.version());
        assertThat(report.reached().getNumber()).isEqualTo(7);
        assertThat(report.reached().getChecksum()).isEqualTo(Sha256.hex("base|1:f"));
    }

    @Test
    void otherArithmeticIsFoundAtTheFirstUpdateWithBothChecksums() {
        models.runOn("+avx512");

        ReplayReport report = replay();

        assertThat(report.steps()).isEmpty();
        assertThat(report.reached().getNumber()).isZero();
        assertThat(report.difference())
                .contains(new ReplayDifference(
                        1, Compared.CHECKSUM, Sha256.hex("base|1:a,b"), Sha256.hex("base|1:a,b+avx512")));
        assertThat(report.difference().orElseThrow().inWords())
                .startsWith("step 1: the checksum of the weights was ")
                .contains(Sha256.hex("base|1:a,b+avx512"));
    }

    @Test
    void aRecordThatIsNotTheFrozenOneIsNamedWithItsSlotAndPlace() {
        FrozenRecord changed = TestingArchive.frozen(3, 0, "changed");
        archive.records.put(3L, List.of(new FrozenRecord(0, Sha256.hex("c"), changed.record())));

        ReplayDifference difference = replay().difference().orElseThrow();

        assertThat(difference.step()).isEqualTo(3);
        assertThat(difference.what()).isEqualTo(Compared.RECORD);
        assertThat(difference.inWords()).contains("slot 0 at scored/0/30", Sha256.hex("c"), Sha256.hex("changed"));
    }

    @Test
    void aBatchThatIsNotTheRecordedOneStopsTheReplayBeforeItsUpdate() {
        archive.records.put(3L, List.of(TestingArchive.frozen(3, 0, "other")));

        ReplayReport report = replay();

        assertThat(report.steps()).extracting(ReplayedStep::step).containsExactly(1L, 2L);
        assertThat(report.difference())
                .contains(new ReplayDifference(3, Compared.BATCH, Sha256.hex("c"), Sha256.hex("other")));
    }

    @Test
    void aStepThatStartsFromAnotherVersionThanReachedIsNamed() {
        archive.moves.remove(2);

        ReplayDifference difference = replay().difference().orElseThrow();

        assertThat(difference.step()).isEqualTo(4);
        assertThat(difference.what()).isEqualTo(Compared.BASE);
        assertThat(difference.recorded()).startsWith("version 2 (");
        assertThat(difference.replayed()).startsWith("version 1 (");
    }

    @Test
    void anUpdateWhereNoneWasRecordedIsNamed() {
        Trained second = (Trained) archive.moves.get(1);
        archive.records.put(2L, List.of(TestingArchive.frozen(2, 0, "x")));
        archive.moves.set(1, new Trained(2, second.base(), second.after(), Sha256.hex("x")));

        assertThat(replay().difference()).contains(new ReplayDifference(2, Compared.UPDATED, "false", "true"));
    }

    @Test
    void anotherInitialModelIsFoundBeforeAnyStep() {
        ReplayReport report =
                replayer((step, done, total) -> {}).run(new FromInitialModel(archive.initialModel, "aa11"));

        assertThat(report.difference())
                .contains(new ReplayDifference(0, Compared.START, "aa11", archive.initialChecksum()));
    }

    @Test
    void whatTheArchiveCannotReadEndsTheReplayWithItsOwnWords() {
        ReplaySource truncated = new ReplaySource() {
            @Override
            public List<RecordedMove> moves() {
                return archive.moves();
            }

            @Override
            public List<FrozenRecord> records(Trained step) {
                throw new IllegalStateException("records.parquet is truncated");
            }
        };

        assertThatThrownBy(() -> new Replay(settings(), truncated, (step, done, total) -> {})
                        .run(new FromInitialModel(archive.initialModel, archive.initialChecksum())))
                .hasMessage("records.parquet is truncated");
    }

    private ReplayReport replay() {
        return replay((step, done, total) -> {});
    }

    private ReplayReport replay(ReplayProgress progress) {
        return replayer(progress).run(new FromInitialModel(archive.initialModel, archive.initialChecksum()));
    }

    private Replay replayer(ReplayProgress progress) {
        return new Replay(settings(), archive, progress);
    }

    private ReplaySettings settings() {
        return new ReplaySettings(
                models, TrainingSettings.getDefaultInstance(), folder.resolve("work"), Clock.systemUTC());
    }
}
