package dev.cooper.cli.local;

/** The platform cannot start here; the message says why and what to do, for the person at the terminal. */
public final class CannotStartException extends RuntimeException {
    public CannotStartException(String message) {
        super(message);
    }

    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
