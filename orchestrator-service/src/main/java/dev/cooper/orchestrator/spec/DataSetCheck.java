package dev.cooper.orchestrator.spec;

import dev.cooper.orchestrator.spec.RunSpec.DataSource;

/** Looks into a data set before a run is accepted, so that the user hears of a bad one at once. */
@FunctionalInterface
public interface DataSetCheck {

    /**
     * Reads the data set as the run will.
     *
     * @return SHA-256 of the file, lower-case hex
     * @throws dev.cooper.platform.failure.CooperException with reason BAD_INPUT and, as its field, the part of the
     *     source that is wrong: path, format, sha256, columns.id, columns.question or columns.answer
     */
    String check(DataSource source);
}
