package dev.cooper.cli.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks a run to resume. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Let a paused run go on.")
public final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Override
    public Integer call() {
        String state = server.client().ask(run, "resume").state();
        System.out.println("resume asked; the run is " + state.toLowerCase(Locale.ROOT));
        return 0;
    }
}
