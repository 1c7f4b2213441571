package dev.cooper.cli.replay;

import dev.cooper.modelruntime.replay.FrozenRecord;
import dev.cooper.modelruntime.replay.RecordedMove;
import dev.cooper.modelruntime.replay.RecordedMove.Adopted;
import dev.cooper.modelruntime.replay.RecordedMove.Trained;
import dev.cooper.modelruntime.replay.ReplaySource;
import dev.cooper.orchestrator.archive.ArchivedStep;
import dev.cooper.orchestrator.archive.ArchivedUpdate;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.ModelRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The archive of a run as one of its models sees it. */
final class ArchiveSource implements ReplaySource {
    private final ArchivedRun run;
    private final Function<ArchivedStep, Optional<ArchivedUpdate>> update;

    /** @param update what a step did to the model; empty when it did nothing to it */
    ArchiveSource(ArchivedRun run, Function<ArchivedStep, Optional<ArchivedUpdate>> update) {
        this.run = run;
        this.update = update;
    }

    @Override
    public List<RecordedMove> moves() {
        List<RecordedMove> moves = new ArrayList<>();
        Map<String, ModelRef> made = new LinkedHashMap<>();
        Optional<ModelRef> reached = Optional.empty();
        for (long step : run.steps()) {
            Optional<ArchivedUpdate> done = update.apply(run.step(step));
            if (done.isEmpty()) {
                continue;
            }
            ModelRef before = done.get().before();
            if (reached.isPresent() && !reached.get().equals(before)) {
                // Between two steps the run went back: an older version's bytes under the next number.
                moves.add(new Adopted(step, made.getOrDefault(before.getChecksum(), before), before));
            }
            made.putIfAbsent(before.getChecksum(), before);
            ModelRef after = done.get().after().orElse(before);
            if (!done.get().batchSha256().isEmpty()) {
                moves.add(new Trained(step, before, after, done.get().batchSha256()));
            }
            made.putIfAbsent(after.getChecksum(), after);
            reached = Optional.of(after);
        }
        return moves;
    }

    @Override
    public List<FrozenRecord> records(Trained step) {
        ArchivedUpdate done = update.apply(run.step(step.step()))
                .orElseThrow(() -> new IllegalStateException("step " + step.step() + " trained nothing"));
        List<FrozenRecord> frozen = new ArrayList<>();
        for (int i = 0; i < done.records().size(); i++) {
            LogRecord record = done.records().get(i);
            var ref = done.manifest().getRecords(i);
            frozen.add(new FrozenRecord(ref.getSlot(), ref.getSha256(), record));
        }
        return frozen;
    }
}
