package dev.cooper.platform.security;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Static tokens, a line each: {@code NAME ROLE TOKEN}; empty lines and those that begin with # are passed over. The
 * file is read again when it changes. One that has become unreadable is told of in the log, and the tokens before go on
 * to count. Only hashes of tokens are kept.
 */
final class TokenFile {

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
    private static final int SHORTEST = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9@._-]{1,100}");

    /** Whose token it is. */
    record Caller(String name, Role role) {}

    private record Stamp(
            FileTime changed, long size, @Nullable Object file) {}

    private final Path file;
    private Stamp stamp;
    private Map<String, Caller> callers;

    /** @throws CooperException BAD_INPUT, naming file and line, if it holds no tokens or something else */
    TokenFile(Path file) {
        this.file = file;
        this.stamp = stamp(file);
        this.callers = read(file);
    }

    /** Whose token it is, if it is one. */
    Optional<Caller> find(String token) {
        // By its hash: how long that takes tells nothing of the tokens.
        return Optional.ofNullable(current().get(Sha256.hex(token)));
    }

    private synchronized Map<String, Caller> current() {
        try {
            Stamp now = stamp(file);
            if (!now.equals(stamp)) {
                stamp = now;
                callers = read(file);
                LOG.info("{} has changed and holds {} tokens now", file, callers.size());
            }
        } catch (CooperException e) {
            LOG.error("the tokens that were read before go on to count: {}", e.detail());
        }
        return callers;
    }

    private static Stamp stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
        } catch (IOException e) {
            throw CooperException.badInput(
                    SecuritySettings.TOKENS_FILE,
                    SecuritySettings.TOKENS_FILE + ": " + file + " cannot be read: " + e,
                    e);
        }
    }

    private static Map<String, Caller> read(Path file) {
        List<String> lines =
                SecretFile.text(SecuritySettings.TOKENS_FILE, file).lines().toList();
        Map<String, Caller> callers = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(callers, line.split("\\s+"), "line " + (i + 1) + " of " + file);
            }
        }
        if (callers.isEmpty()) {
            throw wrong(file + " holds no token; give a line NAME ROLE TOKEN");
        }
        return Map.copyOf(callers);
    }

    /** Never says what it found: that may be a token. */
    private static void add(Map<String, Caller> callers, String[] fields, String where) {
        if (fields.length != 3) {
            throw wrong(where + " must be NAME ROLE TOKEN");
        }
        if (!NAME.matcher(fields[0]).matches()) {
            throw wrong(where + ": the name must be letters, digits, @, dots, dashes and underscores");
        }
        Role role = Role.of(fields[1]).orElseThrow(() -> wrong(where + ": the role must be viewer, operator or admin"));
        if (fields[2].length() < SHORTEST) {
            throw wrong(where + ": the token must have at least " + SHORTEST
                    + " characters; make it with: openssl rand -hex 32");
        }
        if (callers.put(Sha256.hex(fields[2]), new Caller(fields[0], role)) != null) {
            throw wrong(where + ": the token stands in an earlier line, too");
        }
    }

    private static CooperException wrong(String message) {
        return CooperException.badInput(SecuritySettings.TOKENS_FILE, SecuritySettings.TOKENS_FILE + ": " + message);
    }
}
