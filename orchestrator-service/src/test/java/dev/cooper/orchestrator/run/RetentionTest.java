package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetentionTest {

    private final DriverBench bench = new DriverBench(1);

    @Test
    void groupsWhoseRecordsRetentionRemovedAreSentAgain() {
        bench.settle();
        bench.retentionRemoves(5);
        bench.takeOver();
        bench.settle();

        assertThat(bench.requests()).containsExactly("0@1", "1@1", "2@1", "0@2", "1@2", "2@2");
    }
}
