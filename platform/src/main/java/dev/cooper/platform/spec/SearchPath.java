package dev.cooper.platform.spec;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Folders in which a specification's relative paths are looked for.
 *
 * @param folders in this order; at least one
 * @param roots where paths may lead, absolute ones included
 */
public record SearchPath(List<Path> folders, FileRoots roots) {

    private static final Path NONE = Path.of("");

    public SearchPath {
        folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
    }

    /** Folders of the user's own machine: paths may lead anywhere. */
    public SearchPath(List<Path> folders) {
        this(folders, FileRoots.anywhere());
    }

    /**
     * The first of the folders in which it is there; in the first one, if it is nowhere. What is no path, or may not be
     * used, is a problem of the field.
     */
    public Path resolve(Fields fields, String key, String given) {
        if (given.isBlank()) {
            return NONE;
        }
        try {
            Path found = folders.stream()
                    .map(folder -> folder.resolve(given).normalize())
                    .filter(Files::exists)
                    .findFirst()
                    .orElseGet(() -> folders.getFirst().resolve(given).normalize());
            Optional<String> refusal = roots.refusal(found);
            refusal.ifPresent(why -> fields.problem(key, why));
            return refusal.isPresent() ? NONE : found;
        } catch (InvalidPathException e) {
            fields.problem(key, "is no path: " + e.getMessage());
            return NONE;
        }
    }

    /** The folder of a model that the field must name; none being there is a problem of the field. */
    public Path model(Fields fields, String key) {
        Path folder = resolve(fields, key, fields.requiredText(key, "the folder of a model in Hugging Face layout"));
        if (fields.isClean(key) && !Files.isRegularFile(folder.resolve("config.json"))) {
            fields.problem(key, "there is no model in " + folder + "; give a folder in Hugging Face layout");
        }
        return folder;
    }
}
