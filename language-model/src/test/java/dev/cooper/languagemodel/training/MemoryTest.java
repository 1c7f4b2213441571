package dev.cooper.languagemodel.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void samplingAndTrainingLeaveNoArraysBehind() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.isReadable(status), "Resident memory is read from /proc, which is not here");
        try (CausalLanguageModel policy = TestingModels.tiny();
                PolicyTrainer trainer = new PolicyTrainer(
                        policy, Optional.empty(), PolicyTrainerTest.settings(GrpoLossSettings.STANDARD, 2, 200))) {
            NDArray weight = policy.weights().array("model.norm.weight");
            NDManager owner = weight.getManager();
            for (int step = 0; step < 20; step++) {
                step(policy, trainer, step);
            }
            int arrays = count(owner);
            int managers = count(owner.getParentManager());
            long resident = residentKilobytes(status);
            for (int step = 20; step < 90; step++) {
                step(policy, trainer, step);
            }
            assertThat(count(owner)).isEqualTo(arrays);
            assertThat(count(owner.getParentManager())).isEqualTo(managers);
            // The heap may still grow; a leak of one activation a step would be far more.
            assertThat(residentKilobytes(status) - resident).isLessThan(60_000);
        }
    }

    private static void step(CausalLanguageModel policy, PolicyTrainer trainer, int step) {
        List<PolicySequence> sequences = PolicyTrainerTest.sampled(policy, step);
        trainer.update(sequences, 1e-3);
    }

    private static int count(NDManager manager) {
        return ((BaseNDManager) manager).getManagedArrays().size();
    }

    private static long residentKilobytes(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
