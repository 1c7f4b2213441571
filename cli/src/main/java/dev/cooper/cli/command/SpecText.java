package dev.cooper.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The file of a job's specification, in JSON when its name says so, else in YAML. */
record SpecText(Path file) {

    /** Where its relative paths are looked for: beside it, then in the working folder. */
    List<Path> folders() {
        return List.of(file.toAbsolutePath().resolveSibling(""), Path.of("").toAbsolutePath());
    }

    <T> T read(Function<String, T> yaml, Function<String, T> json) throws IOException {
        String text = Files.readString(file);
        boolean isJson = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        return (isJson ? json : yaml).apply(text);
    }

    /** The file's name without its ending. */
    String name() {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[A-Za-z]+$", "");
    }
}
