package dev.cooper.orchestrator;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.spec.FileRoots;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the orchestrator.
 *
 * @param filesRoot folder that relative paths in requests start from; paths may lead to it, to the storage root and to
 *     {@code more-files-roots}, and to nothing else
 * @param moreFilesRoots further folders that paths may lead to
 * @param lease how long a run stays with an orchestrator that says nothing more; then another may take it over
 * @param stalledAfter how long nothing moves in a run before it counts as stalled; longer than an update takes
 * @param tensorboard whether the scalars of runs are written as event files under the storage root
 * @param webhookSecret that notices are signed with; empty: they are not
 * @param quota how much users may ask for
 */
@ConfigurationProperties(prefix = "cooper.orchestrator", ignoreUnknownFields = false)
public record OrchestratorSettings(
        @DefaultValue(".") Path filesRoot,
        @DefaultValue List<Path> moreFilesRoots,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("60s") Duration stalledAfter,
        @DefaultValue("true") boolean tensorboard,
        @DefaultValue("") String webhookSecret,
        @DefaultValue Quota quota) {

    public OrchestratorSettings {
        moreFilesRoots = List.copyOf(moreFilesRoots);
        if (lease.compareTo(Duration.ofSeconds(3)) < 0) {
            throw CooperException.badInput(
                    "cooper.orchestrator.lease", "cooper.orchestrator.lease must be at least 3s, is " + lease);
        }
        if (stalledAfter.compareTo(Duration.ofSeconds(1)) < 0) {
            throw CooperException.badInput(
                    "cooper.orchestrator.stalled-after",
                    "cooper.orchestrator.stalled-after must be at least 1s, is " + stalledAfter);
        }
    }

    /** Folders that paths in a request may lead to. */
    FileRoots fileRoots(Path storageRoot) {
        List<Path> roots = new ArrayList<>(moreFilesRoots);
        roots.add(filesRoot);
        roots.add(storageRoot);
        return FileRoots.below(roots, "cooper.orchestrator.more-files-roots");
    }

    /**
     * How much users may ask for.
     *
     * @param unfinishedRuns runs that may be queued, active or paused at once; one is active at a time
     */
    public record Quota(@DefaultValue("100") int unfinishedRuns) {
        public Quota {
            if (unfinishedRuns < 1) {
                throw CooperException.badInput(
                        "cooper.orchestrator.quota.unfinished-runs",
                        "cooper.orchestrator.quota.unfinished-runs must be at least 1, is " + unfinishedRuns);
            }
        }
    }
}
