package dev.cooper.cli.inference;

import java.nio.file.Path;

/** A line of an input file that cannot be used: names file and line, what is wrong, and what to do. */
public final class InvalidLineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidLineException(Path file, int line, String reason) {
        super("%s, line %d: %s".formatted(file, line, reason));
    }
}
