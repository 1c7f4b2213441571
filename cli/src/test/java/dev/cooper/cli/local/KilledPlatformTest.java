package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cooper.cli.client.SpecFile;
import dev.cooper.cli.client.StepView;
import dev.cooper.cli.replay.OfflineReplay;
import dev.cooper.cli.replay.OfflineReplay.Replayed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is the training run: a platform that is killed, wherever it is, ends where one that never was does. */
class KilledPlatformTest {
    @TempDir
    private Path temp = Path.of("");

    @BeforeEach
    void theModelsAreThere() {
        assumeThat(TinyRun.isPossible())
                .as("the tiny models that ./cooper pretrain makes are there")
                .isTrue();
    }

    @Test
    void aRunKilledInEachStateEndsEqualToOneNeverKilled() throws Exception {
        assertEqualWhenKilledAt(KillPoint.inEach(tiny().states()), tiny().spec(4, 2, true));
    }

    @Test
    @Tag("long")
    void aRunKilledAroundEachSendEndsEqualToOneNeverKilled() throws Exception {
        assertEqualWhenKilledAt(KillPoint.aroundSends(tiny().mode()), tiny().spec(6, 2, true));
    }

    /** Without fixed shapes another process samples other texts; what was sampled is trained on all the same. */
    @Test
    @Tag("long")
    void aRunWithoutFixedShapesThatIsKilledIsWhatItsOwnManifestsMakeOfIt() throws Exception {
        Path data = temp.resolve("killed");

        MortalRun.Outcome outcome =
                new MortalRun(data, tiny().spec(4, 2, false)).through(KillPoint.inEach(tiny().states()));

        assertReplayed(data, outcome);
    }

    private TinyRun tiny() {
        return new TinyRun(temp, TinyRun.MODE);
    }

    private void assertEqualWhenKilledAt(List<KillPoint> points, SpecFile spec) throws Exception {
        List<StepView> expected =
                new MortalRun(temp.resolve("whole"), spec).through(List.of()).steps();
        Path data = temp.resolve("killed");

        MortalRun.Outcome outcome = new MortalRun(data, spec).through(points);

        KillMatrix matrix = new KillMatrix(outcome, expected);
        System.out.println(matrix);
        assertThat(outcome.steps().stream().map(StepView::batchSha256))
                .containsExactlyElementsOf(
                        expected.stream().map(StepView::batchSha256).toList());
        assertThat(matrix.isEqual()).as("%s", matrix).isTrue();
        assertReplayed(data, outcome);
    }

    private static void assertReplayed(Path data, MortalRun.Outcome outcome) throws IOException {
        List<Replayed> models = new OfflineReplay(data.resolve("storage"), Clock.systemUTC(), (_, _, _, _, _, _) -> {})
                .run(outcome.runId());
        StepView last = outcome.steps().getLast();

        assertThat(models)
                .hasSize(2)
                .allSatisfy(model ->
                        assertThat(model.difference()).as(model.model()).isEmpty());
        assertThat(models.stream().map(Replayed::checksum))
                .containsExactly(
                        Objects.requireNonNull(last.policyAfter()).checksum(),
                        Objects.requireNonNull(last.rewardAfter()).checksum());
    }
}
