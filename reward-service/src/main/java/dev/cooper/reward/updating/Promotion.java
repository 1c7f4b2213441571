package dev.cooper.reward.updating;

import dev.cooper.languagemodel.reward.ScoreQuality;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which versions may score: those whose figure on the probe is at most {@code maxDrop} below the best one of the
 * versions that they were made from. Against the best and not against the last, so that many small falls are no way
 * round the bound. Once fallen by the bound a model needs a better update, not another one like the last.
 */
final class Promotion {

    private static final String FILE = "probe-best.txt";
    /** Of two figures that are equal but for rounding. */
    private static final double ROUNDING = 1e-9;

    private final Probe probe;
    private final double maxDrop;
    private OptionalDouble best;
    private @Nullable ScoreQuality held;

    private Promotion(Probe probe, double maxDrop, OptionalDouble best) {
        this.probe = probe;
        this.maxDrop = maxDrop;
        this.best = best;
    }

    static Promotion initial(Probe probe, double maxDrop) {
        return new Promotion(probe, maxDrop, OptionalDouble.empty());
    }

    /** @throws CooperException MODEL_FAULT if the checkpoint does not say what the best figure was */
    static Promotion resume(Probe probe, double maxDrop, Path checkpoint) {
        Path file = checkpoint.resolve(FILE);
        try {
            double best = Double.parseDouble(Files.readString(file).strip());
            return new Promotion(probe, maxDrop, OptionalDouble.of(best));
        } catch (IOException | NumberFormatException e) {
            throw new CooperException(
                    FailureReason.MODEL_FAULT, "cannot read the probe's best figure in " + file + ": " + e, e);
        }
    }

    /** The quality of the version held; measured once a version. */
    ScoreQuality held(Supplier<ScoreQuality> measured) {
        ScoreQuality known = held;
        if (known == null) {
            known = measured.get();
            promote(known);
        }
        return known;
    }

    /** Whether a candidate may take the place of the version held. */
    boolean admits(ScoreQuality candidate) {
        return probe.figure(candidate) >= best.orElseThrow() - maxDrop - ROUNDING;
    }

    /** The candidate is the version held. */
    void promote(ScoreQuality candidate) {
        held = candidate;
        best = OptionalDouble.of(Math.max(probe.figure(candidate), best.orElse(0)));
    }

    /** Writes the best figure beside a checkpoint. */
    void save(Path checkpoint, Supplier<ScoreQuality> measured) throws IOException {
        held(measured);
        Files.writeString(checkpoint.resolve(FILE), best.orElseThrow() + "\n");
    }
}
