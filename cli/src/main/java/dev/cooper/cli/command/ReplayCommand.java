package dev.cooper.cli.command;

import dev.cooper.cli.follow.RunFollower;
import dev.cooper.cli.replay.OfflineReplay;
import dev.cooper.cli.replay.OfflineReplay.Replayed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a run's models again from its archive, or rewards its completions by another reward. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Train the models of a run again from its archive alone and compare every checksum. Nothing needs to be"
                    + " running. Exit status 0 when all are equal.",
            "Checksums are equal only with as many threads as the run's trainers had: name them with --threads unless that"
                    + " was one.",
            "With --reward-model or --mode rule: tell what another reward would have made of the logged completions."
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;
    /** What {@code cooper.engine.threads} is unless it is set. */
    private static final int TRAINER_THREADS = 1;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder that has the run (default: that of up or of demo).")
    private @Nullable Path data;

    @Mixin
    private CounterfactualOptions other = new CounterfactualOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        boolean compared = other.areAsked();
        if (engine.dtype() != EngineOptions.ComputedIn.FLOAT32) {
            throw new IllegalArgumentException(
                    "--dtype: a run is trained again in the type of its specification, and a reward model scores in float32");
        }
        if (compared) {
            engine.apply();
            other.compare(
                    storage(),
                    run,
                    command.commandLine().getOut(),
                    command.commandLine().getErr());
            return 0;
        }
        engine.apply(TRAINER_THREADS);
        return trainAgain();
    }

    private int trainAgain() throws IOException {
        List<Replayed> models = new OfflineReplay(storage(), Clock.systemUTC(), ReplayCommand::show).run(run);
        if (RunFollower.isTerminal()) {
            System.out.println();
        }
        System.out.printf(Locale.ROOT, "%-14s %6s %8s  %-64s %s%n", "model", "steps", "version", "checksum", "seconds");
        boolean equal = true;
        for (Replayed model : models) {
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %6d %8d  %-64s %.1f%n",
                    model.model(),
                    model.steps(),
                    model.version(),
                    model.checksum(),
                    model.took().toMillis() / 1000.0);
            equal &= model.difference().isEmpty();
        }
        models.forEach(model -> System.out.println(model.model() + ": "
                + model.difference().orElse("every batch and every checksum is the recorded one")));
        return equal ? 0 : DIFFERENT;
    }

    private Path storage() {
        Stream<Path> places = data == null
                ? Stream.of(Places.data().resolve("local"), Places.data().resolve("demo"))
                : Stream.of(data);
        List<Path> storages = places.map(
                        folder -> folder.toAbsolutePath().normalize().resolve("storage"))
                .toList();
        return storages.stream()
                .filter(storage -> Files.exists(storage.resolve("archive").resolve(run)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing of run " + run + " is archived in "
                        + storages.stream()
                                .map(Path::toString)
                                .reduce((a, b) -> a + " or " + b)
                                .orElse("")
                        + "; name its data folder with --data"));
    }

    /** A line that is written over on a terminal, and a line a step elsewhere. */
    private static void show(String model, long step, long version, Duration took, int done, int total) {
        System.out.printf(
                Locale.ROOT,
                RunFollower.isTerminal()
                        ? "\r%s: step %d equal, version %d (%d/%d, %.1f s)  "
                        : "%s: step %d equal, version %d (%d/%d, %.1f s)%n",
                model,
                step,
                version,
                done,
                total,
                took.toMillis() / 1000.0);
        System.out.flush();
    }
}
