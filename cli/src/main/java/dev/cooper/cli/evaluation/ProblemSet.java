package dev.cooper.cli.evaluation;

import dev.cooper.orchestrator.dataset.DataSets;
import dev.cooper.orchestrator.dataset.KnownLayout;
import dev.cooper.orchestrator.dataset.ProblemRow;
import dev.cooper.platform.line.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The problems of a benchmark's file.
 *
 * @param name of the file, without its ending
 * @param sha256 of the file, lower-case hex
 */
public record ProblemSet(String name, String sha256, List<ProblemRow> problems) {
    public ProblemSet {
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file in one of the layouts that benchmarks are published in.
     *
     * @param limit problems read from its beginning; 0 reads all
     * @throws dev.cooper.platform.failure.CooperException BAD_INPUT when it cannot be read
     */
    public static ProblemSet read(Path file, int limit) throws IOException {
        List<ProblemRow> rows = new DataSets()
                .rows(KnownLayout.source(file, limit)).stream()
                        .map(ProblemRow::withoutDebris)
                        .toList();
        String fileName = Objects.requireNonNull(file.getFileName()).toString();
        int dot = fileName.lastIndexOf('.');
        return new ProblemSet(dot > 0 ? fileName.substring(0, dot) : fileName, Sha256.hex(file), rows);
    }
}
