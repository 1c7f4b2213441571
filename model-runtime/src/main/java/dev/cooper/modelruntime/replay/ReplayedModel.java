package dev.cooper.modelruntime.replay;

import dev.cooper.modelruntime.replay.RecordedMove.Adopted;
import dev.cooper.modelruntime.replay.ReplayStart.FromCheckpoint;
import dev.cooper.modelruntime.replay.ReplayStart.FromInitialModel;
import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.modelruntime.trainer.PreparedUpdate;
import dev.cooper.modelruntime.trainer.TrainableModel;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.ModelRef;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The model of a replay, which keeps the versions that it will have to go back to. */
final class ReplayedModel implements AutoCloseable {

    private final ReplaySettings settings;
    private final ReplayStart start;

    /** Versions that the run goes back to. */
    private final Set<ModelRef> wanted;

    private final Map<ModelRef, Path> kept = new HashMap<>();
    private TrainableModel model;

    private ReplayedModel(ReplaySettings settings, ReplayStart start, Set<ModelRef> wanted, TrainableModel model) {
        this.settings = settings;
        this.start = start;
        this.wanted = wanted;
        this.model = model;
    }

    static ReplayedModel load(ReplaySettings settings, ReplayStart start, ModelRef begin, List<RecordedMove> moves) {
        Set<ModelRef> wanted = moves.stream()
                .filter(Adopted.class::isInstance)
                .map(move -> ((Adopted) move).held())
                .collect(Collectors.toUnmodifiableSet());
        TrainableModel model = switch (start) {
            case FromInitialModel initial -> settings.models().initial(initial.initialModel(), settings.training());
            case FromCheckpoint saved ->
                settings.models().resume(saved.checkpoint(), saved.initialModel(), settings.training());
        };
        ReplayedModel replayed = new ReplayedModel(settings, start, wanted, model);
        replayed.reached(begin);
        return replayed;
    }

    PreparedUpdate prepare(long step, List<LogRecord> records) {
        return model.prepare(step, records);
    }

    String checksum() {
        return model.checksum();
    }

    /** Keeps the version if the run goes back to it later. */
    void reached(ModelRef version) {
        if (wanted.contains(version) && !kept.containsKey(version)) {
            Path folder = settings.work().resolve("version-" + version.getNumber());
            DurableFiles.writeFolder(folder, model::saveCheckpoint);
            kept.put(version, folder);
        }
    }

    /** @throws CooperException BAD_INPUT if the version was made before the replay's start */
    void goBack(ModelRef version) {
        Path folder = kept.get(version);
        if (folder == null) {
            throw CooperException.badInput(
                    "checkpoint",
                    "the run went back to version " + version.getNumber()
                            + ", which is older than the checkpoint: replay from an older one, or from the initial"
                            + " model");
        }
        model.close();
        model = settings.models().resume(folder, start.initialModel(), settings.training());
    }

    @Override
    public void close() {
        model.close();
        kept.values().forEach(DurableFiles::removeFolder);
    }
}
