package dev.cooper.orchestrator.preflight;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Says before a run starts what it will need, and refuses one that cannot end well. */
public final class Preflight {

    /** Bytes that are free where the storage root is. */
    @FunctionalInterface
    public interface FreeSpace {
        long bytes() throws IOException;

        /** Of the disk that this folder is on, or would be. */
        static FreeSpace at(Path folder) {
            return () -> Files.getFileStore(there(folder.toAbsolutePath())).getUsableSpace();
        }

        private static Path there(Path folder) {
            Path parent = folder.getParent();
            return Files.exists(folder) || parent == null ? folder : there(parent);
        }
    }

    private final Path storageRoot;
    private final FreeSpace free;
    private final Supplier<OptionalLong> largestRecord;

    /** @param largestRecord bytes that the smallest of the topics takes; empty while no broker says so */
    public Preflight(Path storageRoot, FreeSpace free, Supplier<OptionalLong> largestRecord) {
        this.storageRoot = storageRoot.toAbsolutePath();
        this.free = free;
        this.largestRecord = largestRecord;
    }

    /**
     * What the run will need.
     *
     * @throws BadInputException with all that keeps the run from ending well: models that do not fit their config,
     *     groups that are too large for the log
     * @throws CooperException NO_CAPACITY when the disk is too small
     */
    public Estimate check(RunSpec spec) {
        List<FieldProblem> problems = new ArrayList<>();
        Optional<ModelFacts> policy =
                new ModelInspection("policy.model", Path.of(spec.policy().model()), problems).policy();
        Optional<ModelFacts> reward = spec.reward()
                .flatMap(given -> new ModelInspection("reward.model", Path.of(given.model()), problems).reward());
        policy.ifPresent(facts -> checkPositions(spec, facts, problems));
        refuse(problems);
        Estimate estimate = new Estimator(spec, policy.orElseThrow(), reward).estimate();
        checkRecords(spec, estimate, problems);
        refuse(problems);
        checkDisk(estimate);
        return estimate;
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
    }

    private static void checkPositions(RunSpec spec, ModelFacts policy, List<FieldProblem> problems) {
        int asked = spec.sampling().settings().getMaxNewTokens();
        if (policy.positions() > 0 && asked >= policy.positions()) {
            problems.add(new FieldProblem(
                    "sampling.max_new_tokens",
                    "must be below the " + policy.positions() + " positions that the policy has"
                            + " (max_position_embeddings), prompt included, got " + asked));
        }
    }

    private void checkRecords(RunSpec spec, Estimate estimate, List<FieldProblem> problems) {
        OptionalLong limit = largestRecord.get();
        if (limit.isPresent() && estimate.largestRecord() > limit.getAsLong()) {
            problems.add(new FieldProblem(
                    "sampling.group_size",
                    "a group of " + spec.sampling().settings().getGroupSize() + " completions of "
                            + spec.sampling().settings().getMaxNewTokens() + " tokens can take "
                            + megabytes(estimate.largestRecord()) + ", but the log takes records of "
                            + megabytes(limit.getAsLong()) + " at most: let groups be smaller or completions shorter,"
                            + " or raise cooper.kafka.max-record-size and the topics' max.message.bytes"));
        }
    }

    private void checkDisk(Estimate estimate) {
        long needed = estimate.diskTotal();
        long there = freeBytes();
        if (needed > there) {
            throw new CooperException(
                    FailureReason.NO_CAPACITY,
                    "the run can take " + megabytes(needed) + " under " + storageRoot + ", where "
                            + megabytes(there) + " are free: weights "
                            + megabytes(estimate.disk().getOrDefault("weights", 0L))
                            + " (keep_versions), checkpoints "
                            + megabytes(estimate.disk().getOrDefault("checkpoints", 0L)) + ", archive "
                            + megabytes(estimate.disk().getOrDefault("archive", 0L))
                            + " (steps, prompts_per_step, group_size, max_new_tokens). Free some space, let"
                            + " cooper.storage-root be on a larger disk, or lower one of these");
        }
    }

    private long freeBytes() {
        try {
            return free.bytes();
        } catch (IOException e) {
            throw new CooperException(
                    FailureReason.INTERNAL, "cannot tell how much space is free at " + storageRoot + ": " + e, e);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
