package dev.cooper.reward;

import dev.cooper.platform.failure.CooperException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the role jobs.
 *
 * @param filesRoots folders, beside the working folder and the storage root, that paths in a job may lead to; a
 *     relative path is looked for in the working folder and then in these
 * @param unfinished jobs that may wait or be under way at once
 */
@ConfigurationProperties(prefix = "cooper.jobs", ignoreUnknownFields = false)
record JobsSettings(
        @DefaultValue List<Path> filesRoots,
        @DefaultValue("100") int unfinished) {

    JobsSettings {
        filesRoots = List.copyOf(filesRoots);
        if (unfinished < 1) {
            throw CooperException.badInput(
                    "cooper.jobs.unfinished", "cooper.jobs.unfinished must be at least 1, is " + unfinished);
        }
    }
}
