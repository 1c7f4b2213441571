package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.FailureReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private final DriverBench bench = DriverBench.cooper(1);

    private void timePasses(Duration time) {
        bench.settle();
        bench.now = bench.now.plus(time);
        bench.settle();
    }

    private Map<String, List<Integer>> openGroups() {
        return bench.driver().progress().stall().orElseThrow().openGroups();
    }

    @Test
    void aStepThatMovesIsNotStalled() {
        bench.settle();
        timePasses(Duration.ofSeconds(20));
        bench.closes(0, 1);
        timePasses(Duration.ofSeconds(20));
        bench.closes(1, 1);
        timePasses(Duration.ofSeconds(20));

        assertThat(bench.driver().progress().stall()).isEmpty();
        assertThat(bench.events()).doesNotContain("StepStalled");
    }

    @Test
    void aStalledStepNamesTheServiceThatHoldsUpEachGroupOnceAndSaysWhenItGoesOn() {
        bench.settle();
        bench.reaches(Topic.ROLLOUTS, 1, 1);
        bench.reaches(Topic.ROLLOUTS, 2, 1);
        bench.reaches(Topic.VERIFIED, 2, 1);
        bench.settle();
        timePasses(Duration.ofSeconds(31));

        assertThat(openGroups())
                .isEqualTo(Map.of(
                        "policy-service", List.of(0), "verifier-service", List.of(1), "reward-service", List.of(2)));
        assertThat(bench.driver().progress().stall().orElseThrow().inWords(bench.now))
                .contains("SAMPLING for 31 s", "verifier-service for groups [1]");
        timePasses(Duration.ofSeconds(5));
        assertThat(bench.events()).containsOnlyOnce("StepStalled");

        bench.closes(0, 1);
        bench.settle();
        bench.settle();
        assertThat(bench.driver().progress().stall()).isEmpty();
        assertThat(bench.events()).containsSubsequence("StepStalled", "StepWentOn");
        assertThat(bench.stalls.getLast()).isEmpty();
    }

    @Test
    void aGroupOfAnOlderAttemptIsNotWhereItsNewOneIs() {
        bench.settle();
        timePasses(Duration.ofSeconds(31));
        bench.reaches(Topic.VERIFIED, 0, 1);
        timePasses(Duration.ofSeconds(40));
        assertThat(bench.requests()).endsWith("0@2", "1@2", "2@2");
        timePasses(Duration.ofSeconds(31));

        assertThat(openGroups()).isEqualTo(Map.of("policy-service", List.of(0, 1, 2)));
    }

    @Test
    void withoutTheBrokerAStalledStepWaitsForTheLog() {
        bench.settle();
        bench.brokerIsAway = true;
        timePasses(Duration.ofSeconds(31));

        assertThat(openGroups()).isEqualTo(Map.of("log", List.of(0, 1, 2)));
    }

    @Test
    void pairsAndTrainersAreNamedToo() {
        bench.settle();
        bench.onTrain = () -> {
            throw new CooperException(FailureReason.TIMEOUT, "still at work");
        };
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.closes(slot, 1));
        bench.settle();
        timePasses(Duration.ofSeconds(31));
        assertThat(openGroups()).isEqualTo(Map.of("policy trainer", List.of()));
        assertThat(bench.driver().progress().waitingFor()).isEqualTo("still at work");

        bench.onTrain = () -> DriverBench.result(1);
        bench.settle();
        bench.pairs(1, 1);
        bench.settle();
        timePasses(Duration.ofSeconds(31));
        assertThat(openGroups()).isEqualTo(Map.of("perturbation-service", List.of(0, 2)));

        bench.onRewardAttach = () -> {
            throw new CooperException(FailureReason.NO_CAPACITY, "not there");
        };
        bench.pairs(0, 1);
        bench.pairs(2, 1);
        bench.settle();
        timePasses(Duration.ofSeconds(31));
        assertThat(openGroups()).isEqualTo(Map.of("reward trainer", List.of()));
    }

    @Test
    void aRunThatIsPausedIsNotStalled() {
        bench.settle();
        bench.ledger.wish(DriverBench.RUN, Wish.PAUSE);
        bench.settle();
        timePasses(Duration.ofMinutes(10));

        assertThat(bench.driver().progress().stall()).isEmpty();
        assertThat(bench.stalls).isEmpty();
    }

    @Test
    void aDriverThatLetsGoTakesItsStallBack() {
        bench.settle();
        timePasses(Duration.ofSeconds(31));
        bench.driver().leave();

        assertThat(bench.stalls).last().isEqualTo(Optional.empty());
    }
}
