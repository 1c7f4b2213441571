package dev.cooper.reward.training;

import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.platform.line.Sha256;
import dev.cooper.reward.training.RewardTrainingSpec.Evaluation;
import dev.cooper.reward.training.RewardTrainingSpec.Optimisation;
import dev.cooper.reward.training.RewardTrainingSpec.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that the weights of a training depend on, but for what computes them.
 *
 * @param start base or reward_model
 * @param model name of the folder that it began with
 * @param checksum of the weights that it began with
 * @param seed of head, order and held-back questions
 * @param train the files to learn from
 * @param validation the files to choose by
 * @param validationShare share of the questions held back where there are none
 * @param test the files tried at the end
 * @param template what the model reads
 * @param cut how long texts are cut
 * @param training how it learns
 * @param evaluation how the best weights are found
 */
public record Origin(
        String start,
        String model,
        String checksum,
        long seed,
        List<DataFile> train,
        List<DataFile> validation,
        double validationShare,
        List<DataFile> test,
        String template,
        RewardInput.Cut cut,
        Optimisation training,
        Evaluation evaluation) {

    /** A file by its bytes. */
    public record DataFile(String name, String sha256) {}

    /** @param checksum of the weights in the folder that the specification begins with */
    static Origin of(RewardTrainingSpec spec, String checksum) throws IOException {
        return new Origin(
                switch (spec.start()) {
                    case Start.Base _ -> "base";
                    case Start.HeadedModel _ -> "reward_model";
                },
                name(spec.start().folder()),
                checksum,
                spec.seed(),
                files(spec.data().train()),
                files(spec.data().validation()),
                spec.data().validation().isEmpty() ? spec.data().validationShare() : 0,
                files(spec.data().test()),
                spec.input().template(),
                spec.input().cut(),
                spec.optimisation(),
                spec.evaluation());
    }

    private static List<DataFile> files(List<Path> paths) throws IOException {
        List<DataFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(new DataFile(name(path), Sha256.hex(path)));
        }
        return List.copyOf(files);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
