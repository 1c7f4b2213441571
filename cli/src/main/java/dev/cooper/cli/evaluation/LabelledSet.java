package dev.cooper.cli.evaluation;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.labelled.LabelledExample;
import dev.cooper.platform.labelled.LabelledFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Labelled completions, and where they come from, so that an error about one can say it.
 *
 * @param field option or field that names the file
 * @param examples in the order of the lines
 */
public record LabelledSet(String field, Path file, List<LabelledExample> examples) {

    public LabelledSet {
        examples = List.copyOf(examples);
    }

    /**
     * Reads a file.
     *
     * @throws CooperException BAD_INPUT, naming field, file and line, for what cannot be read or is empty
     */
    public static LabelledSet read(String field, Path file) {
        return new LabelledSet(field, file, LabelledFile.read(field, file));
    }

    /** Where an example stands, in words. */
    String line(int place) {
        return file + ", line " + (place + 1);
    }

    CooperException invalid(int place, IllegalArgumentException why) {
        return CooperException.badInput(field, line(place) + ": " + why.getMessage(), why);
    }
}
