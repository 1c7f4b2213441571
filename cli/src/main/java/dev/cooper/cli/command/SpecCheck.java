package dev.cooper.cli.command;

import dev.cooper.cli.client.SpecFile;
import dev.cooper.orchestrator.dataset.DataSets;
import dev.cooper.orchestrator.preflight.Estimate;
import dev.cooper.orchestrator.preflight.Preflight;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpecJson;
import dev.cooper.orchestrator.spec.RunSpecReader;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A run's spec looked at as the orchestrator would, but here: its fields, the data and models that it names, and what
 * it will need. Disk and broker are those of the place where it will run, so nothing is said of whether they suffice.
 */
final class SpecCheck {

    private final DataSets dataSets = new DataSets();

    /**
     * What there is to say of a spec that holds.
     *
     * @throws dev.cooper.platform.failure.BadInputException with every problem, if it does not
     */
    String of(SpecFile file) {
        RunSpecReader reader = new RunSpecReader(Path.of(""), dataSets);
        RunSpec spec = file.mediaType().equals("application/json")
                ? reader.readJson(file.text())
                : reader.readYaml(file.text());
        Estimate estimate = new Preflight(Path.of(""), () -> Long.MAX_VALUE, OptionalLong::empty).check(spec);
        JsonNode fields = RunSpecJson.write(spec);
        return """
                %s holds: mode %s, %d steps of %d prompts × %d completions of at most %d tokens
                problems: train %d (%.1f epochs)%s
                memory at most: %s
                disk at most: %s; on the log %s, its largest record %s
                """.formatted(
                        spec.name(),
                        fields.path("mode").asString(""),
                        spec.steps(),
                        spec.sampling().promptsPerStep(),
                        fields.path("sampling").path("group_size").asInt(0),
                        fields.path("sampling").path("max_new_tokens").asInt(0),
                        problems(spec.data().train()),
                        (double) spec.steps()
                                * spec.sampling().promptsPerStep()
                                / problems(spec.data().train()),
                        heldOut(spec),
                        sizes(estimate.memory()),
                        sizes(estimate.disk()),
                        gigabytes(estimate.log()),
                        gigabytes(estimate.largestRecord()));
    }

    private int problems(RunSpec.DataSource source) {
        return dataSets.rows(source).size();
    }

    private String heldOut(RunSpec spec) {
        return spec.data().heldout().stream()
                .map(set -> ", " + set.name() + " " + problems(set.source()))
                .collect(Collectors.joining());
    }

    private static String sizes(Map<String, Long> bytes) {
        return new TreeMap<>(bytes)
                .entrySet().stream()
                        .map(part -> part.getKey().replace('_', ' ') + " " + gigabytes(part.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String gigabytes(long bytes) {
        return bytes < 100_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
