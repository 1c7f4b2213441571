package dev.cooper.cli.command;

import java.nio.file.Path;

/** Folders that commands use when none is named. */
final class Places {
    private Places() {}

    /** The checkout, as the launcher tells it; the working folder without a launcher. */
    static Path home() {
        return Path.of(System.getProperty("cooper.home", "")).toAbsolutePath();
    }

    /** Below it everything that Cooper keeps, unless told otherwise. */
    static Path data() {
        return home().resolve(".cooper");
    }

    static Path examples() {
        return home().resolve("examples");
    }
}
