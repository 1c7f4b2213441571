package dev.cooper.modelruntime.replay;

import dev.cooper.modelruntime.replay.RecordedMove.Adopted;
import dev.cooper.modelruntime.replay.RecordedMove.Trained;
import dev.cooper.modelruntime.replay.ReplayDifference.Compared;
import dev.cooper.modelruntime.replay.ReplayStart.FromCheckpoint;
import dev.cooper.modelruntime.replay.ReplayStart.FromInitialModel;
import dev.cooper.modelruntime.trainer.CheckpointStore;
import dev.cooper.modelruntime.trainer.PreparedUpdate;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.ModelRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains one model of a run again from its archive, and compares with what was recorded: the SHA-256 of every record,
 * the hash of every batch, the checksum of every version. It stops at the first difference. Where the run went back to
 * an older version, so does the replay.
 */
public final class Replay {

    private final ReplaySettings settings;
    private final ReplaySource source;
    private final ReplayProgress progress;
    private final List<ReplayedStep> steps = new ArrayList<>();

    /** A replay, to be run once. */
    public Replay(ReplaySettings settings, ReplaySource source, ReplayProgress progress) {
        this.settings = settings;
        this.source = source;
        this.progress = progress;
    }

    /**
     * Makes all moves of the archive again that come after the start.
     *
     * @throws CooperException BAD_INPUT if the start is no part of the run; what models and source throw, which names
     *     the file
     */
    public ReplayReport run(ReplayStart start) {
        List<RecordedMove> moves = source.moves();
        ModelRef begin = version(start);
        List<RecordedMove> after = after(begin, moves);
        try (ReplayedModel model = ReplayedModel.load(settings, start, begin, after)) {
            return run(model, begin, after);
        }
    }

    private static ModelRef version(ReplayStart start) {
        return switch (start) {
            case FromInitialModel initial ->
                ModelRef.newBuilder().setChecksum(initial.checksum()).build();
            case FromCheckpoint checkpoint -> CheckpointStore.versionIn(checkpoint.checkpoint());
        };
    }

    /** The moves after the one that made the version; numbers only rise. */
    private static List<RecordedMove> after(ModelRef begin, List<RecordedMove> moves) {
        if (begin.getNumber() == 0) {
            return moves;
        }
        for (int i = 0; i < moves.size(); i++) {
            if (moves.get(i).after().equals(begin)) {
                return moves.subList(i + 1, moves.size());
            }
        }
        throw CooperException.badInput(
                "checkpoint",
                "the run never made version " + begin.getNumber() + " (" + begin.getChecksum()
                        + "), which the checkpoint holds: take one of this run, or replay from the initial model");
    }

    private ReplayReport run(ReplayedModel model, ModelRef begin, List<RecordedMove> moves) {
        Optional<ReplayDifference> difference = compare(0, Compared.START, begin.getChecksum(), model.checksum());
        ModelRef reached = begin;
        for (RecordedMove move : moves) {
            if (difference.isPresent()) {
                break;
            }
            Instant started = settings.clock().instant();
            Made made = switch (move) {
                case Trained trained -> train(model, reached, trained);
                case Adopted adopted -> adopt(model, adopted);
            };
            difference = made.difference();
            if (difference.isEmpty()) {
                boolean updated = !move.after().equals(reached);
                reached = move.after();
                model.reached(reached);
                Duration took = Duration.between(started, settings.clock().instant());
                steps.add(new ReplayedStep(move.step(), reached, updated, made.batch(), made.metrics(), took));
                progress.replayed(steps.getLast(), steps.size(), moves.size());
            }
        }
        return new ReplayReport(begin, reached, steps, difference);
    }

    /** What came out of a move. */
    private record Made(Optional<ReplayDifference> difference, String batch, Map<String, Double> metrics) {

        static Made otherwise(Optional<ReplayDifference> difference) {
            return new Made(difference, "", Map.of());
        }
    }

    private Made train(ReplayedModel model, ModelRef reached, Trained step) {
        Optional<ReplayDifference> before = compare(step.step(), Compared.BASE, show(step.base()), show(reached));
        if (before.isPresent()) {
            return Made.otherwise(before);
        }
        List<FrozenRecord> frozen = source.records(step);
        Optional<ReplayDifference> records = compareRecords(step, frozen);
        if (records.isPresent()) {
            return Made.otherwise(records);
        }
        List<LogRecord> batch = frozen.stream().map(FrozenRecord::record).toList();
        PreparedUpdate update = model.prepare(step.step(), batch);
        Map<String, Double> metrics = new HashMap<>(update.metrics());
        Optional<ReplayDifference> difference =
                compare(step.step(), Compared.BATCH, step.batchSha256(), update.batchSha256());
        if (difference.isEmpty() && update.teaches()) {
            metrics.putAll(update.apply());
        }
        if (difference.isEmpty()) {
            boolean updated = update.teaches() && update.kept();
            difference = compare(step.step(), Compared.UPDATED, step.updated() + "", updated + "")
                    .or(() ->
                            compare(step.step(), Compared.CHECKSUM, step.after().getChecksum(), model.checksum()));
        }
        return new Made(difference, update.batchSha256(), metrics);
    }

    private static Optional<ReplayDifference> compareRecords(Trained step, List<FrozenRecord> records) {
        return records.stream()
                .flatMap(frozen -> {
                    String place =
                            "slot " + frozen.slot() + " at " + frozen.record().place() + ": ";
                    return compare(
                            step.step(),
                            Compared.RECORD,
                            place + frozen.sha256(),
                            place + frozen.record().sha256())
                            .stream();
                })
                .findFirst();
    }

    private static Made adopt(ReplayedModel model, Adopted move) {
        model.goBack(move.held());
        return Made.otherwise(
                compare(move.step(), Compared.CHECKSUM, move.after().getChecksum(), model.checksum()));
    }

    private static Optional<ReplayDifference> compare(long step, Compared what, String recorded, String replayed) {
        return recorded.equals(replayed)
                ? Optional.empty()
                : Optional.of(new ReplayDifference(step, what, recorded, replayed));
    }

    private static String show(ModelRef version) {
        return "version " + version.getNumber() + " (" + version.getChecksum() + ")";
    }
}
