package dev.cooper.cli.local;

/** The platform cannot start here; the message says why and what to do, for the person at the terminal. */
public final class CannotStartException extends RuntimeException {
    CannotStartException(String message) {
        super(message);
    }

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
