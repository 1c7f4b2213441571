package dev.cooper.pretraining;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How a reward model was made and what came out, kept beside it as {@value PretrainingReport#FILE}.
 *
 * @param settings what the run depended on
 * @param base checksum of the base's weights
 * @param engine what computed it; another engine, processor or number of threads rounds differently
 * @param parameters number of weights, the head included
 * @param template what the model reads, as a run's specification writes it
 * @param figures what came out
 * @param checksum of the weights
 */
public record RewardReport(
        RewardSettings settings,
        String base,
        String engine,
        long parameters,
        String template,
        Figures figures,
        String checksum) {

    /**
     * What came out.
     *
     * @param judgingLoss mean loss (nats a token) of the last reported steps of judging; 0 without that phase
     * @param correctShare share of the labelled completions that are right
     * @param scoringLoss mean binary cross-entropy (nats) of the last epoch
     * @param heldOut on completions of held-out problems
     */
    public record Figures(double judgingLoss, double correctShare, double scoringLoss, RewardEvaluation heldOut) {}

    /** Reads the report of a reward model's folder. */
    public static RewardReport read(Path folder) throws IOException {
        return ReportFile.read(folder, RewardReport.class);
    }

    void write(Path folder) throws IOException {
        ReportFile.write(folder, this);
    }
}
