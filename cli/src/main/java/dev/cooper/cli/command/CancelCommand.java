package dev.cooper.cli.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks a run to cancel. */
@Command(name = "cancel", mixinStandardHelpOptions = true, description = "End a run for good; what it made is kept.")
public final class CancelCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Override
    public Integer call() {
        String state = server.client().ask(run, "cancel").state();
        System.out.println("cancel asked; the run is " + state.toLowerCase(Locale.ROOT));
        return 0;
    }
}
