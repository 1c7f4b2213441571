package dev.cooper.policy.training;

import static dev.cooper.proto.v1.VerdictKind.CORRECT;
import static dev.cooper.proto.v1.VerdictKind.INCORRECT;
import static dev.cooper.proto.v1.VerdictKind.UNSCORABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.training.PolicySequence;
import dev.cooper.policy.training.TrainingSignal.Value;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.TrainingSettings;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrainingSignalTest {
    private static final TrainingSettings SETTINGS = TrainingSettings.newBuilder()
            .setLearningRate(1e-6)
            .setMaxGradientNorm(1)
            .setGrpo(GrpoSettings.newBuilder()
                    .setClipLow(0.2)
                    .setClipHigh(0.2)
                    .setAdvantageEpsilon(1e-6)
                    .setDivideByStd(true)
                    .setMaskTruncated(true))
            .build();

    private final TrainingSignal signal = new TrainingSignal(SETTINGS);

    @Test
    void advantagesAreThoseThatTheTrainerLearnsFrom() {
        ScoredGroup group = TestingGroups.scoredBy(
                Mode.STATIC, TestingGroups.scored(0, CORRECT, INCORRECT, CORRECT, CORRECT), 0.75, 0.5, 0.875, 0.25);
        PolicyTraining training = PolicyTraining.of(SETTINGS);
        PolicyBatch learned = PolicyBatch.of(List.of(new Rewards(training.rewards()).of(group)), training.advantages());

        List<Value> values = signal.of(group).orElseThrow();

        assertThat(values).extracting(Value::reward).containsExactly(0.75, 0.5, 0.875, 0.25);
        assertThat(values.subList(0, 3))
                .extracting(value -> value.advantage().orElseThrow())
                .containsExactlyElementsOf(learned.sequences().stream()
                        .map(PolicySequence::advantage)
                        .toList());
        // The last one is truncated.
        assertThat(values.get(3).advantage()).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void aGroupThatTrainingLeavesOutTeachesNothing() {
        assertThat(signal.of(TestingGroups.failed(1))).isEmpty();
        assertThat(signal.of(TestingGroups.scored(2, CORRECT, UNSCORABLE))).isEmpty();
    }
}
