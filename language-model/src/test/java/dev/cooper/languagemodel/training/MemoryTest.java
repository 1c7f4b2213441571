package dev.cooper.languagemodel.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void samplingAndTrainingLeaveNoArraysBehind() throws ReflectiveOperationException {
        try (CausalLanguageModel policy = TestingModels.tiny();
                PolicyTrainer trainer = new PolicyTrainer(
                        policy, Optional.empty(), PolicyTrainerTest.settings(GrpoLossSettings.STANDARD, 2, 200))) {
            NDArray weight = policy.weights().array("model.norm.weight");
            NDManager owner = weight.getManager();
            for (int step = 0; step < 20; step++) {
                step(policy, trainer, step);
            }
            int arrays = count(owner);
            assertThat(arrays).isGreaterThanOrEqualTo(policy.weights().arrays().size());
            int managers = count(owner.getParentManager());
            for (int step = 20; step < 90; step++) {
                step(policy, trainer, step);
            }
            assertThat(count(owner)).isEqualTo(arrays);
            assertThat(count(owner.getParentManager())).isEqualTo(managers);
        }
    }

    private static void step(CausalLanguageModel policy, PolicyTrainer trainer, int step) {
        List<PolicySequence> sequences = PolicyTrainerTest.sampled(policy, step);
        trainer.update(sequences, 1e-3);
    }

    /** Arrays and managers that a manager owns; DJL shows only the arrays. */
    private static int count(NDManager manager) throws ReflectiveOperationException {
        Field resources = BaseNDManager.class.getDeclaredField("resources");
        resources.setAccessible(true);
        return ((Map<?, ?>) resources.get(manager)).size();
    }
}
