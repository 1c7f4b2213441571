package dev.cooper.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Rollback;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever dies, comes late, comes twice or comes in another order: the run ends with the models that an undisturbed
 * run ends with, and every step has trained on the same batch.
 */
class SimulationTest {
    private static final int STEPS = 8;
    private static final double CRASHES = 0.012;
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
                        "StepReplayed",
                        "StepReplayed REWARD",
                        "asked for a pair again",
                        "RolledBack",
                        "RewardHackingSuspected",
                        "VersionDiverged");
    }

    private static void count(World world) {
        World.Disturbances disturbances = world.disturbances();
        count("death", disturbances.died());
        count("stale driver refused", disturbances.zombiesRefused());
        for (RunEvent event : world.ledger().events(World.RUN, 0, Integer.MAX_VALUE)) {
            count(event.type(), 1);
            count("StepReplayed REWARD", "reward".equals(event.data().get("model")) ? 1 : 0);
            count("asked for a pair again", "pairs".equals(event.data().get("awaited")) ? 1 : 0);
        }
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

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"RULE", "STATIC", "COOPER"})
    void anUndisturbedRunCommitsEveryStepAndEvaluatesWhenDue(Mode mode) {
        World world = world(7, 0, mode, 1);

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
        assertThat(run.reward().map(ModelRef::getNumber))
                .isEqualTo(
                        switch (mode) {
                            case COOPER -> Optional.of((long) STEPS);
                            case STATIC -> Optional.of(0L);
                            default -> Optional.empty();
                        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDisturbedRunEndsLikeAnUndisturbedOne(long seed) {
        endsLikeAnUndisturbedOne(seed, Mode.COOPER, 1);
    }

    @ParameterizedTest
    @CsvSource({"41,RULE,1", "42,STATIC,1", "43,COOPER,3"})
    void aDisturbedRunEndsLikeAnUndisturbedOneInEveryMode(long seed, Mode mode, int every) {
        endsLikeAnUndisturbedOne(seed, mode, every);
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53, 54})
    void aDisturbedRunThatGoesBackEndsLikeAnUndisturbedOne(long seed) {
        endsLikeAnUndisturbedOne(seed, SimulationTest::goingBack);
    }

    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73, 74})
    void aDisturbedRunThatSuspectsItsRewardModelEndsLikeAnUndisturbedOne(long seed) {
        suspectsLikeAnUndisturbedOne(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {61, 62, 63, 64})
    void aRunWithInexactReplaysEndsWithModelsThatFollowFromOneAnother(long seed) {
        arrivesWithInexactReplays(seed);
    }

    @ParameterizedTest
    @MethodSource("manySeeds")
    @Tag("long")
    void everyKindOfRunArrivesWithManySeeds(long seed) {
        switch ((int) seed % 6) {
            case 0 -> endsLikeAnUndisturbedOne(seed, Mode.RULE, 1);
            case 1 -> endsLikeAnUndisturbedOne(seed, SimulationTest::goingBack);
            case 2 -> arrivesWithInexactReplays(seed);
            case 3 -> endsLikeAnUndisturbedOne(seed, Mode.COOPER, 2);
            case 4 -> suspectsLikeAnUndisturbedOne(seed);
            default -> endsLikeAnUndisturbedOne(seed, Mode.COOPER, 1);
        }
    }

    /** Both models once between two steps, then the policy to what it had left, while it samples. */
    private static World goingBack(World world) {
        return world.rollsBack(4, StepState.COMMITTED, new Rollback(2, Set.of(ModelKind.POLICY, ModelKind.REWARD)))
                .rollsBack(6, StepState.SAMPLING, new Rollback(3, Set.of(ModelKind.POLICY)));
    }

    /** Rolled back by what it measures itself, which a driver that dies must not do twice or forget. */
    private void suspectsLikeAnUndisturbedOne(long seed) {
        RunSpec spec = SimulatedSpec.suspicious(SimulatedSpec.of(Mode.COOPER, 1, STEPS));
        World calm = new World(0, 0, folder.resolve("suspicious-calm-" + seed), spec);
        World world = new World(seed, CRASHES, folder.resolve("suspicious-" + seed), spec);

        endsLikeAnUndisturbedOne(calm, world);

        assertThat(told(calm, "RewardHackingSuspected")).isNotEmpty();
        assertThat(told(world, "RewardHackingSuspected")).isEqualTo(told(calm, "RewardHackingSuspected"));
        assertThat(told(calm, "RollbackBegun")).isNotEmpty();
        assertThat(told(world, "RollbackBegun")).isEqualTo(told(calm, "RollbackBegun"));
    }

    private static List<Long> told(World world, String event) {
        return world.ledger().events(World.RUN, Set.of(event)).stream()
                .map(RunEvent::step)
                .toList();
    }

    private void arrivesWithInexactReplays(long seed) {
        Path storage = folder.resolve("seed-" + seed);
        World world =
                new World(seed, CRASHES, storage, SimulatedSpec.of(Mode.COOPER, 1, STEPS, RunSpec.Recovery.CONTINUE));
        goingBack(world);

        Run run = world.runToTheEnd(CHAOTIC_EVENTS, EVENTS_ALLOWED);

        count(world);
        assertThat(run.state()).as(run.reason()).isEqualTo(RunState.COMPLETED);
        assertThat(committed(world))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, STEPS).boxed().toList());
    }

    private void endsLikeAnUndisturbedOne(long seed, Mode mode, int every) {
        endsLikeAnUndisturbedOne(world(0, 0, mode, every), world(seed, CRASHES, mode, every));
    }

    private void endsLikeAnUndisturbedOne(long seed, UnaryOperator<World> plan) {
        endsLikeAnUndisturbedOne(
                plan.apply(world(0, 0, Mode.COOPER, 1)), plan.apply(world(seed, CRASHES, Mode.COOPER, 1)));
    }

    private void endsLikeAnUndisturbedOne(World calm, World world) {
        Run expected = calm.runToTheEnd(0, EVENTS_ALLOWED);

        Run run = world.runToTheEnd(CHAOTIC_EVENTS, EVENTS_ALLOWED);

        count(world);

        assertThat(run.state()).as(run.reason()).isEqualTo(RunState.COMPLETED);
        assertThat(batches(world.steps())).isEqualTo(batches(calm.steps()));
        assertThat(run.policy()).isEqualTo(expected.policy());
        assertThat(run.reward()).isEqualTo(expected.reward());
        assertThat(committed(world))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, STEPS).boxed().toList());
    }

    private static List<String> batches(List<Step> steps) {
        return steps.stream()
                .map(step -> step.batchSha256() + " "
                        + step.reward().map(ModelUpdate::batchSha256).orElse(""))
                .toList();
    }

    private static List<Long> committed(World world) {
        return world.ledger().events(World.RUN, 0, Integer.MAX_VALUE).stream()
                .filter(event -> event.type().equals("StepCommitted"))
                .map(event -> event.step())
                .toList();
    }

    private World world(long seed, double crashes, Mode mode, int every) {
        Path storage = folder.resolve("seed-" + seed + "-" + crashes);
        return new World(seed, crashes, storage, SimulatedSpec.of(mode, every, STEPS));
    }
}
