package dev.cooper.cli.experiment;

import dev.cooper.cli.experiment.Experiment.FinalEvaluation;
import dev.cooper.platform.line.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The bytes that runs are made of: a specification names files, and their content may change under their names.
 * Thread-safe.
 */
final class Inputs {
    private final FinalEvaluation finals;
    private final Map<Path, String> known = new HashMap<>();

    Inputs(FinalEvaluation finals) {
        this.finals = finals;
    }

    /** Of the files and models that the run's specification names, and of how its end is judged; lower-case hex. */
    synchronized String sha256(PlannedRun run) throws IOException {
        NavigableSet<Path> named = new TreeSet<>(finals.data());
        finals.probe().ifPresent(named::add);
        collect(run.arm().run(), named);
        StringBuilder text = new StringBuilder(finals.limit() + " " + finals.draws());
        for (Path path : named) {
            text.append('\n').append(path).append(' ').append(content(path));
        }
        return Sha256.hex(text.toString());
    }

    private static void collect(JsonNode node, NavigableSet<Path> named) {
        if (node.isString()) {
            Path path = Path.of(node.stringValue());
            if (path.isAbsolute() && Files.exists(path)) {
                named.add(path);
            }
        }
        node.forEach(child -> collect(child, named));
    }

    private String content(Path path) throws IOException {
        String found = known.get(path);
        if (found == null) {
            found = Files.isDirectory(path) ? ofFolder(path) : Sha256.hex(path);
            known.put(path, found);
        }
        return found;
    }

    private static String ofFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(Files::isRegularFile).sorted().toList();
        }
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(file.getFileName()).append(' ').append(Sha256.hex(file)).append('\n');
        }
        return Sha256.hex(text.toString());
    }
}
