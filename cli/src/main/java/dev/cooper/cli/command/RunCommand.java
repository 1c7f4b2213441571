package dev.cooper.cli.command;

import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.SpecFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits a run. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Submit a run and follow it. Relative paths in the spec are meant from the spec's folder or,"
                + " when nothing is there, from the working folder.")
public final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "SPEC", description = "The run's spec, YAML or JSON.")
    private Path file = Path.of("");

    @Option(names = "--detach", description = "Only submit; print the run's id.")
    private boolean detach;

    @Option(
            names = "--check",
            description = "Only say whether the spec, the data and the models that it names hold, and what the run"
                    + " needs. Asks no server and starts nothing.")
    private boolean check;

    @Override
    public Integer call() throws IOException {
        SpecFile read = SpecFile.read(file, Path.of(""));
        if (check) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(new SpecCheck().of(read));
            out.flush();
            return 0;
        }
        CooperClient client = server.client();
        RunView run = client.submit(read);
        if (detach) {
            System.out.println(run.id());
            return 0;
        }
        System.out.println("run " + run.id() + " is submitted; Ctrl-C stops watching it, not the run");
        return Following.toTheEnd(client, run.id());
    }
}
