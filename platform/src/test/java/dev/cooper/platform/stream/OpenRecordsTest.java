package dev.cooper.platform.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRecordsTest {

    private final OpenRecords records = new OpenRecords();
    private final List<Long> acknowledged = new ArrayList<>();

    @Test
    void theOffsetNeverPassesAnUnfinishedRecord() {
        take(0, 10, 11, 12, 13);

        records.finish(0, 12);
        assertThat(acknowledged).isEmpty();
        records.finish(0, 10);
        assertThat(acknowledged).containsExactly(10L);
        records.finish(0, 11);
        assertThat(acknowledged).containsExactly(10L, 12L);
        records.finish(0, 13);
        assertThat(acknowledged).containsExactly(10L, 12L, 13L);
        assertThat(records.unfinished()).isZero();
    }

    @Test
    void partitionsDoNotWaitForEachOther() {
        take(0, 1, 2);
        take(1, 7);

        records.finish(1, 7);

        assertThat(acknowledged).containsExactly(7L);
        assertThat(records.unfinished()).isEqualTo(2);
    }

    @Test
    void offsetsMayHaveGaps() {
        take(0, 5, 9, 40);

        records.finish(0, 9);
        records.finish(0, 5);

        assertThat(acknowledged).containsExactly(9L);
    }

    @Test
    void aRecordThatComesAgainIsWorkedOnOnceAndAcknowledgedTheNewWay() {
        take(0, 3, 4);
        records.finish(0, 4);

        assertThat(records.take(0, 3, () -> acknowledged.add(300L))).isFalse();
        assertThat(records.take(0, 4, () -> acknowledged.add(400L))).isFalse();
        records.finish(0, 3);

        assertThat(acknowledged).containsExactly(400L);
        assertThat(records.take(0, 3, () -> acknowledged.add(3L))).isTrue();
    }

    @Test
    void aRecordIsFinishedOnce() {
        take(0, 3, 4);
        records.finish(0, 4);

        assertThatThrownBy(() -> records.finish(0, 4)).hasMessageContaining("0/4 is not open");
        assertThatThrownBy(() -> records.finish(2, 4)).hasMessageContaining("2/4 is not open");
    }

    @Test
    void recordsOfALostPartitionAreForgottenOneByOneAndAcknowledgedByNobodyHere() {
        take(0, 1, 2, 3);
        take(1, 7);
        records.finish(0, 2);

        records.lose(0);
        records.lose(5);

        assertThat(records.isHere(0, 1)).isFalse();
        assertThat(records.isHere(1, 7)).isTrue();
        assertThat(records.isHere(5, 1)).isFalse();
        records.finish(0, 3);
        records.finish(0, 1);
        assertThat(acknowledged).isEmpty();
        assertThat(records.unfinished()).isEqualTo(1);
    }

    @Test
    void aPartitionThatComesBackIsGoneOnWithWhereItWasNotDropped() {
        take(0, 1, 2, 3);
        records.lose(0);
        records.finish(0, 1);

        assertThat(records.take(0, 1, () -> acknowledged.add(100L))).isTrue();
        assertThat(records.take(0, 2, () -> acknowledged.add(200L))).isFalse();
        assertThat(records.isHere(0, 2)).isTrue();
        records.finish(0, 2);
        records.finish(0, 1);

        assertThat(acknowledged).containsExactly(200L);
        assertThat(records.isHere(0, 3)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inAnyOrderAcknowledgementsRiseToTheLastRecord(long seed) {
        Random random = new Random(seed);
        List<Long> open =
                new ArrayList<>(IntStream.range(0, 50).mapToObj(Long::valueOf).toList());
        open.forEach(offset -> records.take(0, offset, () -> acknowledged.add(offset)));

        while (!open.isEmpty()) {
            long offset = open.remove(random.nextInt(open.size()));
            records.finish(0, offset);
            long lowestOpen = open.stream().min(Long::compare).orElse(50L);
            assertThat(acknowledged).allSatisfy(value -> assertThat(value).isLessThan(lowestOpen));
        }

        assertThat(acknowledged).isSorted().endsWith(49L);
    }

    private void take(int partition, long... offsets) {
        for (long offset : offsets) {
            assertThat(records.take(partition, offset, () -> acknowledged.add(offset)))
                    .isTrue();
        }
    }
}
