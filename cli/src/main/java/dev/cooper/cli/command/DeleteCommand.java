package dev.cooper.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a run. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Delete a run that has ended, with its archive, weights and checkpoints.")
public final class DeleteCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Override
    public Integer call() {
        server.client().delete(run);
        System.out.println("run " + run + " is deleted");
        return 0;
    }
}
