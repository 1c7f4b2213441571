package dev.cooper.cli.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks a run to pause. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Pause a run at its next move; resume goes on with it.")
public final class PauseCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Override
    public Integer call() {
        String state = server.client().ask(run, "pause").state();
        System.out.println("pause asked; the run is " + state.toLowerCase(Locale.ROOT));
        return 0;
    }
}
