package dev.cooper.orchestrator.run;

import java.time.Instant;
import java.util.Optional;

/**
 * When a step came to what.
 *
 * @param startedAt when the step before had ended
 * @param frozenAt when the manifest of its groups was frozen
 * @param trainedAt when the policy's update was committed
 * @param pairedAt when the manifest of its pairs was frozen
 * @param committedAt when its last update was committed
 */
public record StepInstants(
        Instant startedAt,
        Optional<Instant> frozenAt,
        Optional<Instant> trainedAt,
        Optional<Instant> pairedAt,
        Optional<Instant> committedAt) {

    static StepInstants started(Instant at) {
        return new StepInstants(at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    StepInstants frozen(Instant at) {
        return new StepInstants(startedAt, Optional.of(at), trainedAt, pairedAt, committedAt);
    }

    StepInstants trained(Instant at) {
        return new StepInstants(startedAt, frozenAt, Optional.of(at), pairedAt, committedAt);
    }

    StepInstants paired(Instant at) {
        return new StepInstants(startedAt, frozenAt, trainedAt, Optional.of(at), committedAt);
    }

    StepInstants committed(Instant at) {
        return new StepInstants(startedAt, frozenAt, trainedAt, pairedAt, Optional.of(at));
    }
}
