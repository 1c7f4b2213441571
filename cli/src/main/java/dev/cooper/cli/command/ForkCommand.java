package dev.cooper.cli.command;

import dev.cooper.cli.client.RunView;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins a run where another one was. */
@Command(
        name = "fork",
        mixinStandardHelpOptions = true,
        description = "Begin a new run with the models that a run had after a step, and its specification.")
public final class ForkCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(names = "--step", paramLabel = "N", required = true, description = "The step whose models it begins with.")
    private long step;

    @Option(names = "--name", paramLabel = "NAME", description = "Another name.")
    private @Nullable String name;

    @Option(names = "--seed", paramLabel = "N", description = "Another seed.")
    private @Nullable Long seed;

    @Option(names = "--steps", paramLabel = "N", description = "Another number of steps.")
    private @Nullable Integer steps;

    @Override
    public Integer call() {
        RunView forked = server.client().fork(run, step, changes());
        System.out.println(forked.id());
        return 0;
    }

    private Map<String, Object> changes() {
        Map<String, Object> changes = new HashMap<>();
        if (name != null) {
            changes.put("name", name);
        }
        if (seed != null) {
            changes.put("seed", seed);
        }
        if (steps != null) {
            changes.put("steps", steps);
        }
        return changes;
    }
}
