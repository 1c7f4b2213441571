package dev.cooper.cli.local;

import java.nio.file.Path;

/**
 * What the user may choose of the local platform.
 *
 * @param dataFolder absolute; everything that the platform keeps is under it
 * @param cacheFolder absolute; unpacked PostgreSQL binaries, which any number of data folders share
 * @param httpPort of the orchestrator on 127.0.0.1; 0 takes a free one
 * @param fresh delete what an earlier platform kept in the data folder
 */
public record LocalSettings(Path dataFolder, Path cacheFolder, int httpPort, boolean fresh) {
    public static final int DEFAULT_HTTP_PORT = 8080;

    public LocalSettings {
        if (httpPort < 0 || httpPort > 65_535) {
            throw new CannotStartException("--port must be from 0 to 65535, not " + httpPort);
        }
        dataFolder = dataFolder.toAbsolutePath().normalize();
        cacheFolder = cacheFolder.toAbsolutePath().normalize();
    }

    /** {@code $XDG_CACHE_HOME/cooper}, or {@code ~/.cache/cooper}. */
    public static Path defaultCacheFolder() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return caches.resolve("cooper");
    }
}
