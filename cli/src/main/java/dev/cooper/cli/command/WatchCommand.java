package dev.cooper.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Follows a run that is there already. */
@Command(name = "watch", mixinStandardHelpOptions = true, description = "Follow a run until it ends.")
public final class WatchCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Override
    public Integer call() {
        return Following.toTheEnd(server.client(), run);
    }
}
