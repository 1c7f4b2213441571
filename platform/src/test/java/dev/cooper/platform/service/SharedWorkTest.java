package dev.cooper.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.stream.WorkItem;
import dev.cooper.platform.stream.WorkQueue;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.testing.TestingLog;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Two instances of a service, one consumer group, a real broker. */
class SharedWorkTest {

    private static final int GROUPS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PREFIX = "shared-work";

    private final TestingLog log = new TestingLog(TestingBroker.shared().bootstrapServers(), PREFIX);

    /** Prompts that were answered by an instance that they were current for. */
    private int answered;

    @Test
    void anInstanceThatJoinsOrIsLostInMidStepLosesAndDoublesNothing() throws Exception {
        try (log;
                ConfigurableApplicationContext first = start("first")) {
            log.post(TestingGroups.control(1).build());
            sendPrompts(0);
            List<WorkItem<SampleRequest, RolloutGroup>> begun = take(first, GROUPS / 2);
            begun.subList(0, 5).forEach(this::finish);
            List<WorkItem<SampleRequest, RolloutGroup>> lost;
            try (ConfigurableApplicationContext second = start("second")) {
                take(second, 1).forEach(this::finish);
                begun.subList(5, begun.size()).forEach(this::finish);
                workUntil(GROUPS, first, second);
                assertThat(slotsRolledOut(GROUPS)).containsExactlyElementsOf(slots(GROUPS));
                assertThat(dropped(first, "moved")).isPositive();
                awaitCommitted(GROUPS);

                sendPrompts(GROUPS);
                lost = take(second, 1);
            }

            workUntil(2 * GROUPS, first);
            assertThat(slotsRolledOut(2 * GROUPS))
                    .containsExactlyElementsOf(slots(2 * GROUPS))
                    .contains(lost.getFirst().headers().slot());
            awaitCommitted(2 * GROUPS);
        }
    }

    private void sendPrompts(int firstSlot) {
        for (int slot = firstSlot; slot < firstSlot + GROUPS; slot++) {
            log.send(GroupMessage.REQUEST.record(SampleRequest.newBuilder()
                    .setGroup(TestingGroups.group(slot, 1))
                    .build()));
        }
    }

    private static List<Integer> slots(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private List<Integer> slotsRolledOut(int atLeast) {
        return log.read(Topic.ROLLOUTS, atLeast).stream()
                .map(record -> GroupHeaders.parse(record.headers()).slot())
                .sorted()
                .toList();
    }

    private static ConfigurableApplicationContext start(String instance) {
        return TestingService.start(
                TestingBroker.shared().bootstrapServers(),
                PREFIX,
                "--cooper.instance=" + instance,
                "--cooper.kafka.client.session.timeout.ms=6000",
                "--cooper.kafka.client.heartbeat.interval.ms=500");
    }

    private static List<WorkItem<SampleRequest, RolloutGroup>> take(ConfigurableApplicationContext instance, int count)
            throws InterruptedException {
        List<WorkItem<SampleRequest, RolloutGroup>> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(queueOf(instance).poll(PATIENCE).orElseThrow());
        }
        return items;
    }

    private void workUntil(int count, ConfigurableApplicationContext... instances) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (answered < count && System.nanoTime() < deadline) {
            for (ConfigurableApplicationContext instance : instances) {
                queueOf(instance).poll(Duration.ofMillis(50)).ifPresent(this::finish);
            }
        }
        assertThat(answered).isEqualTo(count);
    }

    private void finish(WorkItem<SampleRequest, RolloutGroup> item) {
        if (!item.isCurrent()) {
            item.drop();
            return;
        }
        item.finish(RolloutGroup.newBuilder()
                .setRequest(item.message())
                .setRollouts(Rollouts.getDefaultInstance())
                .build());
        answered++;
    }

    private static double dropped(ConfigurableApplicationContext instance, String why) {
        return instance.getBean(MeterRegistry.class)
                .get("cooper.groups")
                .tag("stage", "sampling")
                .tag("outcome", "dropped")
                .tag("reason", why)
                .counter()
                .count();
    }

    private void awaitCommitted(long offsets) throws InterruptedException {
        for (int i = 0; i < 100 && log.committed(PREFIX + ".sampling", Topic.PROMPTS) < offsets; i++) {
            Thread.sleep(50);
        }
        assertThat(log.committed(PREFIX + ".sampling", Topic.PROMPTS)).isEqualTo(offsets);
    }

    @SuppressWarnings("unchecked")
    private static WorkQueue<SampleRequest, RolloutGroup> queueOf(ConfigurableApplicationContext context) {
        return context.getBean(WorkQueue.class);
    }
}
