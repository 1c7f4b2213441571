package dev.cooper.cli.experiment;

import dev.cooper.cli.client.Mode;
import dev.cooper.cli.client.SpecFile;
import dev.cooper.cli.experiment.Experiment.Arm;
import dev.cooper.cli.experiment.Experiment.Draw;
import dev.cooper.cli.experiment.Experiment.FinalEvaluation;
import dev.cooper.orchestrator.spec.DataSetCheck;
import dev.cooper.orchestrator.spec.RunSpecReader;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.spec.Fields;
import dev.cooper.platform.spec.Fields.Range;
import dev.cooper.platform.spec.SpecDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an experiment, and checks it whole before anything runs: its own fields, and the specification of every arm as
 * the orchestrator would. All problems come in one {@link BadInputException}.
 */
public final class ExperimentReader {
    private static final int MOST_PARALLEL = 16;
    private static final int MOST_SEEDS = 100;

    private final Path folder;
    private final Path workingFolder;
    private final DataSetCheck dataSets;
    private final List<FieldProblem> problems = new ArrayList<>();

    private ExperimentReader(Path folder, Path workingFolder, DataSetCheck dataSets) {
        this.folder = folder;
        this.workingFolder = workingFolder;
        this.dataSets = dataSets;
    }

    /**
     * Reads a file in YAML or JSON. Paths in it are meant from its folder or, when nothing is there, from the working
     * folder.
     *
     * @throws IOException if the file cannot be read
     */
    public static Experiment read(Path file, Path workingFolder, DataSetCheck dataSets) throws IOException {
        String text = Files.readString(file);
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        Path folder = file.toAbsolutePath().resolveSibling("").normalize();
        return new ExperimentReader(folder, workingFolder, dataSets)
                .read(json ? SpecDocument.json(text) : SpecDocument.yaml(text));
    }

    private Experiment read(JsonNode document) {
        Fields fields = new Fields(document, "", problems);
        String name = name(fields, "name", "a name such as small");
        List<Long> seeds = seeds(fields, document, List.of(1L));
        int parallel = fields.whole("parallel", 1, 1, MOST_PARALLEL);
        Optional<Duration> limit = fields.has("time_limit")
                ? Optional.of(fields.duration("time_limit", Duration.ofHours(1)))
                : Optional.empty();
        fields.object("run");
        List<Arm> arms = new ArrayList<>(arms(fields, document, "arms", seeds));
        if (arms.isEmpty()) {
            fields.problem("arms", "is missing: give at least one arm, such as {name: rule, mode: rule}");
        }
        arms.addAll(arms(fields, document, "ablations", seeds.subList(0, Math.min(1, seeds.size()))));
        FinalEvaluation finals = finals(fields.object("final"));
        fields.refuseUnknown();
        checkNames(arms);
        if (problems.isEmpty()) {
            arms.forEach(this::checkRun);
        }
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        return new Experiment(name, arms, parallel, limit, finals);
    }

    private String name(Fields fields, String key, String what) {
        String name = fields.requiredText(key, what);
        if (!name.isBlank() && !name.matches("[a-z0-9][a-z0-9.-]*")) {
            fields.problem(key, "names files: use lower-case letters, digits, points and dashes, not \"" + name + "\"");
        }
        return name;
    }

    private List<Long> seeds(Fields fields, JsonNode node, List<Long> fallback) {
        if (!fields.has("seeds")) {
            return fallback;
        }
        List<Long> seeds = new ArrayList<>();
        for (JsonNode seed : node.path("seeds")) {
            if (seed.isIntegralNumber() && seed.canConvertToLong() && !seeds.contains(seed.longValue())) {
                seeds.add(seed.longValue());
            }
        }
        if (seeds.isEmpty() || seeds.size() != node.path("seeds").size() || seeds.size() > MOST_SEEDS) {
            fields.problem("seeds", "must be a list of different whole numbers, such as [1, 2, 3]");
            return fallback;
        }
        return seeds;
    }

    private List<Arm> arms(Fields fields, JsonNode document, String key, List<Long> seeds) {
        List<Arm> arms = new ArrayList<>();
        List<Fields> entries = fields.objects(key);
        for (int i = 0; i < entries.size(); i++) {
            arms.add(arm(
                    entries.get(i), document.path(key).path(i), document.path("run"), seeds, key.equals("ablations")));
        }
        return arms;
    }

    private Arm arm(Fields fields, JsonNode node, JsonNode shared, List<Long> fallback, boolean ablation) {
        Map<String, Optional<Mode>> modes = new LinkedHashMap<>();
        modes.put("none", Optional.empty());
        for (Mode mode : Mode.values()) {
            modes.put(mode.word(), Optional.of(mode));
        }
        String name = name(fields, "name", "a name such as rule");
        Optional<Mode> mode = fields.choice("mode", Optional.of(Mode.COOPER), modes);
        List<Long> seeds = seeds(fields, node, fallback);
        fields.object("run");
        fields.refuseUnknown();
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merge(merged, shared);
        merge(merged, node.path("run"));
        for (String owned : List.of("name", "seed", "mode")) {
            if (merged.has(owned)) {
                problems.add(new FieldProblem("run." + owned, "is for the experiment to give; leave it out"));
            }
        }
        SpecFile file = SpecFile.of(merged, folder, workingFolder);
        return new Arm(name, mode, seeds, (ObjectNode) SpecDocument.json(file.text()), ablation);
    }

    /** As JSON Merge Patch (RFC 7396): objects are merged, anything else replaces, null takes away. */
    static void merge(ObjectNode target, JsonNode changes) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            JsonNode value = change.getValue();
            if (value.isNull()) {
                target.remove(change.getKey());
            } else if (value.isObject()) {
                ObjectNode part = target.get(change.getKey()) instanceof ObjectNode there
                        ? there
                        : target.putObject(change.getKey());
                merge(part, value);
            } else {
                target.set(change.getKey(), value);
            }
        }
    }

    private void checkNames(List<Arm> arms) {
        Set<String> seen = new HashSet<>();
        for (Arm arm : arms) {
            if (!arm.name().isBlank() && !seen.add(arm.name())) {
                problems.add(new FieldProblem("arms", "two arms are called " + arm.name() + "; rename one"));
            }
        }
    }

    private void checkRun(Arm arm) {
        PlannedRun run = new PlannedRun("check", arm, arm.seeds().getFirst());
        String text = arm.mode().isEmpty()
                ? run.spec().in(Mode.RULE).text()
                : run.spec().text();
        try {
            new RunSpecReader(folder, dataSets).readJson(text);
        } catch (BadInputException e) {
            e.problems()
                    .forEach(problem -> problems.add(
                            new FieldProblem("arm " + arm.name() + ", run." + problem.field(), problem.message())));
        }
    }

    private FinalEvaluation finals(Fields fields) {
        List<Path> data = new ArrayList<>();
        for (String given : fields.texts("data", List.of())) {
            resolve(fields, "data", given).ifPresent(data::add);
        }
        if (data.isEmpty() && fields.isClean("data")) {
            fields.problem("data", "is missing: give files of problems, such as [data/heldout.jsonl]");
        }
        int limit = fields.whole("limit", 0, 0, 1_000_000);
        List<Draw> draws = new ArrayList<>();
        for (Fields draw : fields.objects("protocols")) {
            draws.add(new Draw(
                    name(draw, "name", "a name such as t1"),
                    draw.whole("samples", 1, 1, 1024),
                    draw.number("temperature", 1, Range.above(0, 10)),
                    draw.number("top_p", 1, Range.above(0, 1)),
                    draw.requiredWhole("max_new_tokens", 1, 1_000_000, "the longest completion in tokens")));
            draw.refuseUnknown();
        }
        if (draws.isEmpty()) {
            fields.problem(
                    "protocols",
                    "is missing: give at least one, such as {name: t1, samples: 4, temperature: 1, max_new_tokens: 64}");
        }
        Optional<Path> probe =
                fields.has("probe") ? resolve(fields, "probe", fields.text("probe", "")) : Optional.empty();
        fields.refuseUnknown();
        return new FinalEvaluation(data, limit, draws, probe);
    }

    private Optional<Path> resolve(Fields fields, String key, String given) {
        for (Path base : List.of(folder, workingFolder.toAbsolutePath())) {
            Path file = base.resolve(given).normalize();
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        fields.problem(key, "there is no file " + folder.resolve(given).normalize());
        return Optional.empty();
    }
}
