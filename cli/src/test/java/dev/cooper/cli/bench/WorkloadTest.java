package dev.cooper.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.training.PolicySequence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
    private static final LengthDistribution NATURAL = LengthDistribution.parse("lognormal:48:0.8:4:256");
    private static final Workload WORKLOAD = new Workload(1, 8, 16, 0, 0, NATURAL);

    @Test
    void lengthsAreManyShortOnesAndFewLongOnes() {
        List<Integer> lengths = new Workload(1, 1000, 16, 0, 0, NATURAL).completionLengths();
        assertThat(lengths).hasSize(16_000).allMatch(length -> length >= 4 && length <= 256);
        List<Integer> sorted = lengths.stream().sorted().toList();
        assertThat(sorted.get(8000)).isBetween(47, 49);
        // one deviation above the median is exp(0.8) times as long
        assertThat(sorted.get(13_461)).isBetween(103, 111);
    }

    @Test
    void whatOthersMakeAgainIsMadeTheSameWay() {
        // The peers' script has the same numbers.
        assertThat(WORKLOAD.promptLengths()).containsExactly(27, 18, 42, 28, 38, 18, 37, 42);
        assertThat(WORKLOAD.completionLengths()).startsWith(29, 73, 40, 153, 21, 56, 25, 77);
        assertThat(WORKLOAD.rollouts(2048, 0).getFirst().prompt().size()).isEqualTo(27);
    }

    @Test
    void rolloutsEndAtTheLengthsThatTheyAreToHave() {
        List<SampleRequest> rollouts = WORKLOAD.rollouts(2048, 3);
        assertThat(rollouts).hasSize(8).allMatch(request -> request.seeds().size() == 16);
        assertThat(rollouts.stream().flatMap(request -> request.limits().stream()))
                .isEqualTo(WORKLOAD.completionLengths());
        assertThat(WORKLOAD.rollouts(2048, 4).getFirst().seeds())
                .isNotEqualTo(rollouts.getFirst().seeds());
    }

    @Test
    void sequencesToTrainOnHaveTheSamePromptsAndBothAdvantages() {
        List<PolicySequence> ragged = WORKLOAD.ragged(2048);
        assertThat(ragged).hasSize(128);
        assertThat(ragged.get(16).prompt())
                .isEqualTo(WORKLOAD.rollouts(2048, 0).get(1).prompt());
        assertThat(ragged.stream().map(sequence -> sequence.completion().size()))
                .isEqualTo(WORKLOAD.completionLengths());
        assertThat(ragged.stream().mapToDouble(PolicySequence::advantage).sum()).isZero();
        assertThat(WORKLOAD.equal(2048))
                .allMatch(sequence ->
                        sequence.prompt().size() == 32 && sequence.completion().size() == 64);
    }

    @Test
    void aDistributionIsReadAsItIsWritten() {
        assertThat(NATURAL.text()).isEqualTo("lognormal:48:0.8:4:256");
        assertThat(LengthDistribution.parse("fixed:7").length(1, 2)).isEqualTo(7);
        assertThat(LengthDistribution.parse("fixed:7").text()).isEqualTo("fixed:7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fixed", "fixed:0", "fixed:x", "lognormal:1:2:3", "lognormal:9:1:10:20", "uniform:1"})
    void aDistributionThatIsNoneIsNamed(String text) {
        assertThatThrownBy(() -> LengthDistribution.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--lengths");
    }
}
