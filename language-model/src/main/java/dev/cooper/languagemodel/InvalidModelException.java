package dev.cooper.languagemodel;

import java.nio.file.Path;

/** A file of a model that cannot be used: names the file, what is wrong with it, and what to do. */
public final class InvalidModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the file and the reason, which says what to change. */
    public InvalidModelException(Path file, String reason) {
        super(file + ": " + reason);
    }

    /** Names the file, the reason, and the failure beneath. */
    public InvalidModelException(Path file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
    }
}
