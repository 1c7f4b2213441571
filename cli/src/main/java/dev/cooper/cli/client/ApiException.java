package dev.cooper.cli.client;

import java.io.IOException;
import java.util.List;

/** The server refused a request, or does not answer; the message is for the person at the terminal, all of it. */
public final class ApiException extends RuntimeException {
    private static final int UNAUTHORIZED = 401;

    private final int status;

    private ApiException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    private ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The problem that the server answered with, each field's error on a line of its own. */
    static ApiException of(Problem problem) {
        StringBuilder message = new StringBuilder(opening(problem));
        for (Problem.FieldError error : problem.errors()) {
            // A fault of the whole document has no field.
            String field = error.field().isEmpty() ? "" : error.field() + ": ";
            message.append("\n  ").append(field).append(error.message());
        }
        return new ApiException(problem.status(), message.toString());
    }

    private static String opening(Problem problem) {
        if (problem.status() == UNAUTHORIZED) {
            return problem.detail() + "; give one with --token-file, COOPER_TOKEN_FILE or COOPER_TOKEN";
        }
        if (!problem.errors().isEmpty()) {
            // The detail says the same in one line.
            return "the server refuses it:";
        }
        return problem.detail().isBlank() ? problem.title() + " (status " + problem.status() + ")" : problem.detail();
    }

    static ApiException unreachable(String server, Throwable cause) {
        return new ApiException(
                0,
                "no Cooper answers at " + server + "; start one with \"cooper up\", or name another one with --server",
                cause);
    }

    /** The connection broke while events were read. */
    public static ApiException lost(IOException cause) {
        return new ApiException(0, "the connection to the server is lost: " + cause.getMessage(), cause);
    }

    /** HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** Whether trying again may help: the server is away, or in trouble. */
    public boolean isTransient() {
        return status == 0 || status >= 500;
    }

    /** Problem details as RFC 9457 has them, with the errors that the orchestrator adds. */
    record Problem(String title, int status, String detail, List<FieldError> errors) {
        Problem {
            title = title == null ? "the server refused" : title;
            detail = detail == null ? "" : detail;
            errors = errors == null ? List.of() : List.copyOf(errors);
        }

        record FieldError(String field, String message) {}
    }
}
