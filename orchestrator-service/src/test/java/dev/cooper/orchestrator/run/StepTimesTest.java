package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepTimesTest {

    private final DriverBench bench = new DriverBench(1);

    @Test
    void whatIsDoneBetweenTwoStepsIsTimeOfTheSecond() {
        bench.settle();
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.closes(slot, 1));
        while (bench.step().state() != StepState.COMMITTED) {
            bench.driver().tick();
        }
        Step first = bench.step();
        bench.now = bench.now.plus(Duration.ofSeconds(3));
        bench.settle();

        assertThat(bench.step().number()).isEqualTo(first.number() + 1);
        assertThat(bench.step().startedAt()).isEqualTo(first.committedAt().orElseThrow());
    }
}
