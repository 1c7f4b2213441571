package dev.cooper.cli.command;

import dev.cooper.cli.client.CooperClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** The versions of a run's models. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "List the versions that a run has made of a model, compare two, or keep one for good.")
public final class ModelsCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "reward",
            description = "policy or reward (default: ${DEFAULT-VALUE}).")
    private String model = "reward";

    @ArgGroup
    private @Nullable Action action;

    @Option(names = "--distance", description = "With --compare: read both versions' weights, too.")
    private boolean distance;

    @Spec
    private CommandSpec command = CommandSpec.create();

    /** What to do; one at most. */
    private static final class Action {
        @Option(
                names = "--pin",
                paramLabel = "N",
                description = "Keep the weights of version N, however many are made after it.")
        private @Nullable Long pin;

        @Option(names = "--unpin", paramLabel = "N", description = "Let the weights of version N go.")
        private @Nullable Long unpin;

        @Option(
                names = "--compare",
                arity = "2",
                paramLabel = "N",
                description = "Two versions: what was measured of them, and the differences.")
        private @Nullable List<Long> compare;
    }

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        CooperClient client = server.client();
        Action asked = action == null ? new Action() : action;
        if (asked.pin != null) {
            out.println(line(client.pin(run, model, asked.pin, true)));
        } else if (asked.unpin != null) {
            out.println(line(client.pin(run, model, asked.unpin, false)));
        } else if (asked.compare != null) {
            compare(out, client.compare(run, model, asked.compare.get(0), asked.compare.get(1), distance));
        } else {
            client.versions(run, model).forEach(version -> out.println(line(version)));
        }
        out.flush();
        return 0;
    }

    /** Version, what made it, where it is kept, and what was measured of it. */
    static String line(JsonNode version) {
        String from = version.at("/from/number").isMissingNode()
                ? ""
                : " from " + version.at("/from/number").asString();
        String metrics = version.path("metrics").properties().stream()
                .map(metric -> String.format(
                        Locale.ROOT,
                        "%s %.4f",
                        metric.getKey(),
                        metric.getValue().doubleValue()))
                .collect(Collectors.joining("  "));
        return String.format(
                        Locale.ROOT,
                        "%4d  step %-4d  %-18s  %.12s  %-10s  %s",
                        version.at("/version/number").longValue(),
                        version.path("step").longValue(),
                        version.path("made").asString("") + from,
                        version.at("/version/checksum").asString(""),
                        (version.path("stored").isString()
                                        ? version.path("stored").stringValue()
                                        : "gone")
                                + (version.path("pinned").booleanValue(false) ? " pinned" : ""),
                        metrics)
                .stripTrailing();
    }

    private static void compare(PrintWriter out, JsonNode compared) {
        out.println(line(compared.path("first")));
        out.println(line(compared.path("second")));
        compared.path("difference")
                .properties()
                .forEach(metric -> out.println(String.format(
                        Locale.ROOT,
                        "      %-26s %+.4f",
                        metric.getKey(),
                        metric.getValue().doubleValue())));
        JsonNode apart = compared.path("distance");
        if (apart.isObject()) {
            out.println(String.format(
                    Locale.ROOT,
                    "      parameters: %.4g apart, %.4g of the first one's norm",
                    apart.path("euclidean").doubleValue(),
                    apart.path("relative").doubleValue()));
        }
    }
}
