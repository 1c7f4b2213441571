package dev.cooper.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Copies a model of a run. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Copy the model that a run had after a step, as a folder in Hugging Face layout with checksums.")
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(names = "--step", paramLabel = "N", required = true, description = "The step after which it was so.")
    private long step;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "policy",
            description = "policy or reward (default: ${DEFAULT-VALUE}).")
    private String model = "policy";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "A folder that is not there or is empty, on the orchestrator's machine.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        Path folder = out.toAbsolutePath().normalize();
        JsonNode copied = server.client().export(run, step, model, folder);
        System.out.println(model + " after step " + step + ": " + folder + "  weights "
                + copied.path("version").path("checksum").asString(""));
        return 0;
    }
}
