package dev.cooper.platform.security;

import dev.cooper.platform.failure.CooperException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with one secret, and perhaps a line's end after it. */
final class SecretFile {

    /** As long as 128 bits in hex. */
    private static final int SHORTEST = 32;

    private SecretFile() {}

    /**
     * The secret.
     *
     * @param setting that names the file, for the error
     * @throws CooperException BAD_INPUT if the file cannot be read, or holds too little or too much
     */
    static String read(String setting, Path file) {
        String secret = text(setting, file).strip();
        if (secret.length() < SHORTEST || secret.lines().count() != 1) {
            throw CooperException.badInput(
                    setting,
                    setting + ": " + file + " must hold one line of at least " + SHORTEST
                            + " characters; make it with: openssl rand -hex 32");
        }
        return secret;
    }

    static String text(String setting, Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CooperException.badInput(setting, setting + ": " + file + " cannot be read as text: " + e, e);
        }
    }
}
