package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.EventStream;
import dev.cooper.cli.client.RunEventView;
import dev.cooper.cli.client.StepView;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.RolloutGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The services as processes of their own: whichever is killed, and whenever, the run ends as one JVM would have it. */
@Tag("long")
class ProcessesTest {
    /** A step has each state once, so that thirty kills take some steps. */
    private static final int STEPS = 24;

    private static final Duration LOOK = Duration.ofMillis(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path temp = Path.of("");

    @BeforeEach
    void theModelsAreThere() {
        assumeThat(TinyRun.isPossible())
                .as("the tiny models that ./cooper pretrain makes are there")
                .isTrue();
    }

    /** One kill of one process. */
    private record Kill(String process, String state, StepTable.Place place, Duration until) {}

    @Test
    void eachServiceKilledInEachStateEndsTheRunAsItWouldHave() throws Exception {
        TinyRun tiny = new TinyRun(temp, TinyRun.MODE);
        List<StepView> expected = inOneJvm(tiny, STEPS);
        List<Kill> kills = new ArrayList<>();
        try (Installation installation = Installation.ofFive(temp.resolve("processes"))) {
            String run =
                    installation.client().submit(tiny.evaluatedEachStep(STEPS)).id();
            for (String process : installation.names()) {
                for (String state : tiny.states()) {
                    kills.add(killAndStart(installation, process, state));
                }
            }
            awaitEnd(installation.client(), run);
            List<StepView> steps = installation.client().steps(run, 1);
            kills.forEach(kill -> System.out.println(line(kill, steps, expected)));
            assertThat(checksums(steps)).isEqualTo(checksums(expected));
        }
    }

    @Test
    void aSamplerThatGoesOrComesInMidStepLosesAndDoublesNothing() throws Exception {
        TinyRun tiny = new TinyRun(temp, TinyRun.MODE);
        List<StepView> expected = inOneJvm(tiny, 6);
        try (Installation installation = Installation.withTwoSamplers(temp.resolve("processes"))) {
            String run = installation.client().submit(tiny.evaluatedEachStep(6)).id();
            ServiceProcess sampler = installation.process("sampler-2");
            await(installation, place -> place.step() == 2 && place.state().equals("SAMPLING"));
            sampler.kill();
            await(installation, place -> place.step() == 4 && place.state().equals("SAMPLING"));
            sampler.launch();
            sampler.awaitReady();
            awaitEnd(installation.client(), run);

            List<StepView> steps = installation.client().steps(run, 1);
            assertThat(checksums(steps)).isEqualTo(checksums(expected));
            eachSlotClosedOnce(installation.client(), run, steps);
            bothSampled(installation.bootstrapServers());
        }
    }

    private List<StepView> inOneJvm(TinyRun tiny, int steps) throws IOException, InterruptedException, SQLException {
        return new MortalRun(temp.resolve("one-jvm"), tiny.evaluatedEachStep(steps))
                .through(List.of())
                .steps();
    }

    private static Kill killAndStart(Installation installation, String name, String state)
            throws IOException, InterruptedException, SQLException {
        ServiceProcess process = installation.process(name);
        await(installation, place -> place.state().equals(state));
        process.kill();
        StepTable.Place place;
        try (StepTable table = installation.stepTable()) {
            place = table.place();
        }
        Instant begun = Instant.now();
        process.launch();
        process.awaitReady();
        Kill kill = new Kill(name, state, place, Duration.between(begun, Instant.now()));
        System.out.println(kill);
        return kill;
    }

    private static void await(Installation installation, Predicate<StepTable.Place> wanted)
            throws InterruptedException, SQLException {
        Instant patience = Instant.now().plus(PATIENCE);
        try (StepTable table = installation.stepTable()) {
            for (StepTable.Place place = table.place(); !wanted.test(place); place = table.place()) {
                assertThat(place.hasEnded() || place.run().equals("PAUSED"))
                        .as("the run is at %s", place)
                        .isFalse();
                assertThat(Instant.now()).as("the run stays at %s", place).isBefore(patience);
                Thread.sleep(LOOK);
            }
        }
    }

    private static void awaitEnd(CooperClient client, String run) throws IOException {
        try (EventStream events = client.events(run, 0)) {
            for (var event = events.next(); event.isPresent(); event = events.next()) {
                assertThat(event.get()).extracting(RunEventView::type).isNotEqualTo("RunFailed");
            }
        }
        assertThat(client.run(run).state()).isEqualTo("COMPLETED");
    }

    private static List<String> checksums(List<StepView> steps) {
        return steps.stream()
                .flatMap(step -> Stream.of(step.batchSha256(), step.policyAfter(), step.rewardAfter()))
                .map(String::valueOf)
                .toList();
    }

    private static String line(Kill kill, List<StepView> steps, List<StepView> expected) {
        int step = (int) Math.max(1, kill.place().step());
        boolean equal = checksums(steps.subList(step - 1, step)).equals(checksums(expected.subList(step - 1, step)));
        return String.format(
                Locale.ROOT,
                "%-14s killed in %-16s (step %d %s afterwards): %s, ready again after %.1f s",
                kill.process(),
                kill.state(),
                kill.place().step(),
                kill.place().state(),
                equal ? "equal" : "DIFFERS",
                kill.until().toMillis() / 1000.0);
    }

    private static void eachSlotClosedOnce(CooperClient client, String run, List<StepView> steps) {
        for (StepView step : steps) {
            List<Integer> slots = client.rollouts(run, step.step())
                    .path("groups")
                    .valueStream()
                    .map(group -> group.path("slot"))
                    .map(JsonNode::intValue)
                    .toList();
            assertThat(slots)
                    .as("step %d", step.step())
                    .hasSize(step.groupsTotal())
                    .doesNotHaveDuplicates();
        }
    }

    /** Duplicates on the log cost work; they are ignored, and counted here. */
    private static void bothSampled(String broker) throws InvalidProtocolBufferException {
        Map<String, Integer> groups = new TreeMap<>();
        Map<String, Integer> instances = new TreeMap<>();
        List<byte[]> values = new ArrayList<>();
        PoisonedLine.forAll(
                broker, new TopicNames("cooper").name(Topic.ROLLOUTS), record -> values.add(record.value()));
        for (byte[] value : values) {
            RolloutGroup group = RolloutGroup.parseFrom(value);
            GroupId id = group.getRequest().getGroup();
            groups.merge(id.getStep() + "/" + id.getPurpose() + "/" + id.getSlot(), 1, Integer::sum);
            instances.merge(group.getRollouts().getReport().getInstance(), 1, Integer::sum);
        }
        System.out.println(
                groups.size() + " groups, " + (values.size() - groups.size()) + " sampled again, by " + instances);
        assertThat(instances.keySet()).containsExactly("sampler-1", "sampler-2");
    }
}
