package dev.cooper.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever dies, comes late, comes twice or comes in another order: the run ends with the policy that an undisturbed
 * run ends with, and every step has trained on the same batch.
 */
class SimulationTest {
    private static final int STEPS = 8;
    private static final int CHAOTIC_EVENTS = 20_000;
    private static final int EVENTS_ALLOWED = 60_000;

    private static final Map<String, Long> SEEN = new TreeMap<>();

    @TempDir
    private Path folder;

    /** A simulation in which nothing goes wrong proves nothing. */
    @AfterAll
    static void everyKindOfTroubleHasHappened() {
        assertThat(SEEN)
                .containsKeys(
                        "death",
                        "stale driver refused",
                        "GroupsRedispatched",
                        "RunPaused",
                        "RunResumed",
                        "StepReplayed");
    }

    private static void count(World world) {
        World.Disturbances disturbances = world.disturbances();
        count("death", disturbances.died());
        count("stale driver refused", disturbances.zombiesRefused());
        world.ledger().events(World.RUN, 0, Integer.MAX_VALUE).forEach(event -> count(event.type(), 1));
    }

    private static void count(String what, long times) {
        if (times > 0) {
            SEEN.merge(what, times, Long::sum);
        }
    }

    static Stream<Long> seeds() {
        return LongStream.rangeClosed(1, 40).boxed();
    }

    static Stream<Long> manySeeds() {
        return LongStream.rangeClosed(1_000, 2_000).boxed();
    }

    @Test
    void anUndisturbedRunCommitsEveryStepAndEvaluatesWhenDue() {
        World world = world(7, 0);

        Run run = world.runToTheEnd(0, EVENTS_ALLOWED);

        assertThat(run.state()).isEqualTo(RunState.COMPLETED);
        assertThat(world.steps())
                .hasSize(STEPS + 1)
                .allSatisfy(step -> assertThat(step.after()).isPresent());
        assertThat(world.ledger().evaluations(World.RUN))
                .extracting(evaluation -> evaluation.step())
                .containsExactly(0L, 3L, 6L, 8L);
        assertThat(world.log().deadLetters()).isEmpty();
        // Step 5 has nothing to teach: it is committed and leaves the version alone.
        assertThat(run.policy().getNumber()).isEqualTo(STEPS - 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDisturbedRunEndsLikeAnUndisturbedOne(long seed) {
        endsLikeAnUndisturbedOne(seed);
    }

    @ParameterizedTest
    @MethodSource("manySeeds")
    @Tag("long")
    void aDisturbedRunEndsLikeAnUndisturbedOneWithManySeeds(long seed) {
        endsLikeAnUndisturbedOne(seed);
    }

    private void endsLikeAnUndisturbedOne(long seed) {
        World calm = world(0, 0);
        Run expected = calm.runToTheEnd(0, EVENTS_ALLOWED);
        World world = world(seed, 0.012);

        Run run = world.runToTheEnd(CHAOTIC_EVENTS, EVENTS_ALLOWED);

        count(world);

        assertThat(run.state()).as(run.reason()).isEqualTo(RunState.COMPLETED);
        assertThat(batches(world.steps())).isEqualTo(batches(calm.steps()));
        assertThat(run.policy()).isEqualTo(expected.policy());
        assertThat(committed(world))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, STEPS).boxed().toList());
    }

    private static List<String> batches(List<Step> steps) {
        return steps.stream().map(Step::batchSha256).toList();
    }

    private static List<Long> committed(World world) {
        return world.ledger().events(World.RUN, 0, Integer.MAX_VALUE).stream()
                .filter(event -> event.type().equals("StepCommitted"))
                .map(event -> event.step())
                .toList();
    }

    private World world(long seed, double crashes) {
        return new World(seed, crashes, folder.resolve("seed-" + seed + "-" + crashes), spec());
    }

    private static RunSpec spec() {
        SamplingSettings sampling = SamplingSettings.newBuilder()
                .setGroupSize(2)
                .setTemperature(1)
                .setTopP(1)
                .setMaxNewTokens(8)
                .build();
        RunSpec.DataSource data = new RunSpec.DataSource("unused", "jsonl", "id", "question", "answer", 0);
        return new RunSpec(
                "simulation",
                Mode.RULE,
                11,
                STEPS,
                1.0,
                3,
                RunSpec.Recovery.EXACT,
                new RunSpec.Data(data, Optional.of(data)),
                new RunSpec.Prompt("{{question}}\n"),
                new RunSpec.Policy("toy"),
                new RunSpec.Sampling(World.GROUPS, sampling, Duration.ofMinutes(2)),
                TrainingSettings.newBuilder()
                        .setCheckpointEvery(3)
                        .setKeepVersions(3)
                        .build(),
                Optional.of(new RunSpec.Evaluation(3, World.HELD_OUT, sampling)));
    }
}
