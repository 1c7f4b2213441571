package dev.cooper.cli.command;

import dev.cooper.cli.experiment.Experiment;
import dev.cooper.cli.experiment.ExperimentDriver;
import dev.cooper.cli.experiment.ExperimentFolder;
import dev.cooper.cli.experiment.ExperimentReader;
import dev.cooper.cli.experiment.ExperimentReport;
import dev.cooper.orchestrator.dataset.DataSets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ways of training side by side. */
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        description =
                "Run several ways of training, each from several seeds, on platforms of their own on this machine,"
                        + " and write a report that compares them. Started again it goes on where it stopped.")
public final class ExperimentCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SPEC", description = "The experiment, YAML or JSON.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where it is kept (default: .cooper/experiments/NAME of the checkout).")
    private @Nullable Path out;

    @Option(names = "--only", paramLabel = "ARM", description = "Run this arm alone; may be given several times.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--parallel", paramLabel = "N", description = "Runs at the same time (default: as in the spec).")
    private @Nullable Integer parallel;

    @Option(names = "--report", description = "Run nothing; write the report from what is there.")
    private boolean reportOnly;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Experiment whole = ExperimentReader.read(file, Path.of(""), new DataSets());
        Experiment asked = only.isEmpty() ? whole : whole.only(only);
        Experiment experiment = parallel == null ? asked : asked.inParallel(parallel);
        Path root = out == null ? Places.data().resolve("experiments").resolve(whole.name()) : out;
        boolean done = true;
        try (ExperimentFolder folder = reportOnly ? ExperimentFolder.look(root) : ExperimentFolder.open(root)) {
            if (!reportOnly) {
                // Platforms are started by the class that this command line began with.
                String main = command.root().userObject().getClass().getName();
                done = new ExperimentDriver(experiment, folder, main, Clock.systemUTC(), this::say).run();
            }
            Path page = new ExperimentReport(whole, folder).write();
            say("report: " + page);
        }
        return done ? 0 : 1;
    }

    private void say(String line) {
        PrintWriter text = command.commandLine().getOut();
        text.println(line);
        text.flush();
    }
}
