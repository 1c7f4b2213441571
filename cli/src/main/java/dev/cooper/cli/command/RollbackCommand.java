package dev.cooper.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a run's models back. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Let a run go on with the models that it had after an earlier step.")
public final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(names = "--step", paramLabel = "N", required = true, description = "The step whose models it takes.")
    private long step;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "policy or reward, to take one of them back alone (default: all that the run trains).")
    private List<String> models = List.of();

    @Override
    public Integer call() {
        String state = server.client().rollback(run, step, models).state();
        System.out.println("rollback to step " + step + " asked; the run is " + state.toLowerCase(Locale.ROOT));
        return 0;
    }
}
