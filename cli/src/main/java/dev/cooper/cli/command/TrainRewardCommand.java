package dev.cooper.cli.command;

import dev.cooper.reward.training.RewardTrainingReport;
import dev.cooper.reward.training.RewardTrainingRun;
import dev.cooper.reward.training.RewardTrainingSpec;
import dev.cooper.reward.training.RewardTrainingSpecReader;
import dev.cooper.reward.training.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A reward model from labelled completions. */
@Command(
        name = "train-reward",
        mixinStandardHelpOptions = true,
        description = "Train a reward model on labelled completions and report its accuracy, AUC and calibration."
                + " Stopped and called again, it goes on where it was.")
public final class TrainRewardCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    @Parameters(
            paramLabel = "SPEC",
            description = "What to train on what, in YAML or JSON; docs/reward-training.md lists the fields. Relative"
                    + " paths are looked for beside it, then in this folder.")
    private Path spec = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "A new folder, or that of the same training (default: reward-models/NAME of the spec's file)."
                    + " The model comes to DIR/model.")
    private @Nullable Path out;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    private Instant lastLine = Instant.EPOCH;

    @Override
    public Integer call() throws IOException {
        if (engine.dtype() != EngineOptions.ComputedIn.FLOAT32) {
            throw new IllegalArgumentException("--dtype: a reward model is trained in float32");
        }
        SpecText text = new SpecText(spec);
        var reader = new RewardTrainingSpecReader(text.folders());
        RewardTrainingSpec training = text.read(reader::readYaml, reader::readJson);
        engine.apply();
        Path folder = out == null ? Path.of("reward-models").resolve(text.name()) : out;
        PrintWriter writer = command.commandLine().getOut();
        Clock clock = Clock.systemUTC();
        Optional<RewardTrainingReport> report =
                new RewardTrainingRun(training, folder, progress -> print(writer, clock, progress), clock).run();
        report.ifPresent(done -> {
            writer.print(done.table());
            writer.println(
                    "model: " + RewardTrainingRun.model(folder.toAbsolutePath()) + "  weights " + done.checksum());
            writer.println("report: " + folder.toAbsolutePath().resolve("report.html"));
            writer.flush();
        });
        return 0;
    }

    /** Steps may be far apart or thousands a minute. */
    private void print(PrintWriter writer, Clock clock, TrainingProgress progress) {
        Instant now = clock.instant();
        boolean last = progress instanceof TrainingProgress.Stepped step && step.step() == step.steps();
        if (progress instanceof TrainingProgress.Stepped
                && !last
                && Duration.between(lastLine, now).compareTo(BETWEEN_LINES) < 0) {
            return;
        }
        lastLine = now;
        writer.println(progress.line());
        writer.flush();
    }
}
