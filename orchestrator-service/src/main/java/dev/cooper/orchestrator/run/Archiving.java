package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * Archives committed steps, each once in a driver's life. It is asked to when the next groups are on their way, so that
 * nobody waits for it, and before they can be frozen or scored, so that no step is left out.
 */
final class Archiving {

    private final RunLedger ledger;
    private final ClosedGroups log;
    private final StepArchive archive;

    /** The newest step that is archived; step 0 has nothing to archive. */
    private long archived;

    Archiving(RunLedger ledger, ClosedGroups log, StepArchive archive) {
        this.ledger = ledger;
        this.log = log;
        this.archive = archive;
    }

    void archive(Run run, long number) {
        if (number > archived) {
            Step done = ledger.step(run.id(), number).orElseThrow();
            archive.write(run, done, fetch(done.manifest()), fetch(done.reward().flatMap(ModelUpdate::manifest)));
            archived = number;
        }
    }

    private List<LogRecord> fetch(Optional<Manifest> manifest) {
        return manifest.map(log::fetch).orElse(List.of());
    }
}
