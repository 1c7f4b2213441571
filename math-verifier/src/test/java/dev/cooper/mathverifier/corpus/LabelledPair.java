package dev.cooper.mathverifier.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One pair of the corpus.
 *
 * @param kind what it is about, such as {@code fraction}
 * @param gold the reference: an answer or a worked solution
 * @param pred the completion
 * @param label whether the completion is right
 * @param why the justification of the label
 */
public record LabelledPair(String id, String kind, String gold, String pred, boolean label, String why) {
    public static final Path OPEN = Path.of("src", "test", "resources", "corpus");
    public static final Path FROZEN = OPEN.resolve("frozen");

    public LabelledPair {
        requireText(id, "id");
        requireText(kind, "kind");
        requireText(gold, "gold");
        requireText(why, "why");
    }

    /** The pairs of every {@code .jsonl} file in a folder, not of its subfolders; files by name, lines in order. */
    public static List<LabelledPair> in(Path folder) {
        List<LabelledPair> pairs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    pairs.add(new FlatJson(line).pair());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(pairs);
    }

    private static void requireText(String value, String field) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " is empty");
        }
    }
}
