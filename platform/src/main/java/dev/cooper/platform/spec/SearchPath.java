package dev.cooper.platform.spec;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Folders in which a specification's relative paths are looked for.
 *
 * @param folders in this order; at least one
 */
public record SearchPath(List<Path> folders) {

    public SearchPath {
        folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
    }

    /**
     * The first of the folders in which it is there; in the first one, if it is nowhere. What is no path is a problem
     * of the field.
     */
    public Path resolve(Fields fields, String key, String given) {
        try {
            return folders.stream()
                    .map(folder -> folder.resolve(given).normalize())
                    .filter(Files::exists)
                    .findFirst()
                    .orElseGet(() -> folders.getFirst().resolve(given).normalize());
        } catch (InvalidPathException e) {
            fields.problem(key, "is no path: " + e.getMessage());
            return Path.of("");
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
