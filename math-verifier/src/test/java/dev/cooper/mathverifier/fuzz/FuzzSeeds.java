package dev.cooper.mathverifier.fuzz;

import dev.cooper.mathverifier.corpus.FlatJson;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where fuzzing begins: the pairs of the open corpus, and what it found before. */
final class FuzzSeeds {
    private FuzzSeeds() {}

    /** Texts that once broke a law. */
    static List<FuzzText> findings() throws IOException {
        return texts(resource("/fuzz/findings.jsonl"));
    }

    /** The pairs of the open corpus. */
    static List<FuzzText> corpus() throws IOException {
        List<FuzzText> texts = new ArrayList<>();
        try (var files = Files.list(resource("/corpus"))) {
            for (Path file : files.filter(name -> name.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                texts.addAll(texts(file));
            }
        }
        return texts;
    }

    /** Writes each seed into a file of its own, as fuzzers read them. */
    static void write(Path folder) throws IOException {
        List<FuzzText> seeds = new ArrayList<>(corpus());
        seeds.addAll(findings());
        for (int number = 0; number < seeds.size(); number++) {
            Files.write(folder.resolve("seed-" + number), seeds.get(number).bytes());
        }
    }

    private static List<FuzzText> texts(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(FlatJson::new)
                .map(line -> new FuzzText(
                        line.field("gold").orElseThrow(), line.field("pred").orElseThrow()))
                .toList();
    }

    private static Path resource(String name) {
        URL url = Objects.requireNonNull(FuzzSeeds.class.getResource(name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
