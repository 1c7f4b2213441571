package dev.cooper.cli.command;

import dev.cooper.cli.client.RunView;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the runs. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "List the runs.")
public final class RunsCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Override
    public Integer call() {
        List<RunView> runs = server.client().runs();
        if (runs.isEmpty()) {
            System.out.println("no runs yet");
            return 0;
        }
        System.out.printf(Locale.ROOT, "%-38s %-10s %-11s %s%n", "run", "state", "step", "name");
        for (RunView run : runs) {
            String reason = run.reason() == null || run.reason().isBlank() ? "" : "  (" + run.reason() + ")";
            System.out.printf(
                    Locale.ROOT,
                    "%-38s %-10s %-11s %s%s%n",
                    run.id(),
                    run.state().toLowerCase(Locale.ROOT),
                    run.step() + "/" + run.stepsTotal(),
                    run.name(),
                    reason);
        }
        return 0;
    }
}
