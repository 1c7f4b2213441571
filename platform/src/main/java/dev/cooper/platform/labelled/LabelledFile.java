package dev.cooper.platform.labelled;

import dev.cooper.platform.failure.CooperException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Labelled completions as VerifyBench and annotations write them: JSON lines with {@code question}, {@code answer} (the
 * reference), {@code completion}, {@code gold_correct} and, if there, {@code answer_type}; other keys are passed over.
 *
 * @param sha256 of the whole file, lower-case hex
 * @param examples in the order of the lines, at least one
 */
public record LabelledFile(String sha256, List<LabelledExample> examples) {

    public LabelledFile {
        examples = List.copyOf(examples);
    }

    /**
     * Reads a file that a run is pinned to.
     *
     * @param section of the specification, such as {@code reward.probe}, whose fields {@code path} and {@code sha256}
     *     name the file
     * @param limit lines read, from the first; 0 reads all
     * @param sha256 that the file must have; empty when any will do
     * @throws CooperException BAD_INPUT, naming field, file and line, for what cannot be read, is empty or is another
     *     file
     */
    public static LabelledFile read(String section, Path file, int limit, String sha256) {
        LabelledLines lines = new LabelledLines(section + ".path", file);
        if (!Files.isRegularFile(file)) {
            throw lines.missing(null);
        }
        List<LabelledExample> examples = new ArrayList<>();
        String found = lines.read(limit, examples::add);
        if (!sha256.isEmpty() && !sha256.equals(found)) {
            throw CooperException.badInput(
                    section + ".sha256",
                    file + " has SHA-256 " + found + ", not " + sha256
                            + "; bring back the file that the run was made for, or create a new run");
        }
        return new LabelledFile(found, lines.requireSome(examples));
    }

    /**
     * Reads a file whole.
     *
     * @param field what errors call the place where the file is named: an option or a field, such as {@code --data}
     * @return in the order of the lines, at least one
     * @throws CooperException BAD_INPUT, naming field, file and line, for what cannot be read or is empty
     */
    public static List<LabelledExample> read(String field, Path file) {
        LabelledLines lines = new LabelledLines(field, file);
        List<LabelledExample> examples = new ArrayList<>();
        lines.read(0, examples::add);
        return List.copyOf(lines.requireSome(examples));
    }

    /**
     * Reads a file line by line, so that it may be larger than memory; it may also be empty.
     *
     * @param field what errors call the place where the file is named, such as {@code data.train}
     * @param examples given each one in the order of the lines
     * @throws CooperException BAD_INPUT, naming field, file and line, for what cannot be read; the lines before it have
     *     been given by then
     */
    public static void read(String field, Path file, Consumer<LabelledExample> examples) {
        new LabelledLines(field, file).read(0, examples);
    }
}
