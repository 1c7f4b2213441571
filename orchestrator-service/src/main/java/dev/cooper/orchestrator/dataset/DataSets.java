package dev.cooper.orchestrator.dataset;

import dev.cooper.orchestrator.file.FileSha256;
import dev.cooper.orchestrator.spec.DataSetCheck;
import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.platform.failure.CooperException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data sets in use, each read once. Thread-safe. */
public final class DataSets implements DataSetCheck {

    /** Training and held-out sets of two runs, the one that ends and the one that begins: of each a good handful. */
    private static final int KEPT = 16;

    private final Map<DataSource, List<ProblemRow>> read = new LinkedHashMap<>();

    @Override
    public String check(DataSource source) {
        String sha256 = sha256(source);
        rows(source.pinned(sha256));
        return sha256;
    }

    /**
     * The problems of a source, in the order of its rows.
     *
     * @throws CooperException BAD_INPUT when it cannot be read, or is not the file that the run was created with
     */
    public synchronized List<ProblemRow> rows(DataSource source) {
        List<ProblemRow> known = read.remove(source);
        if (known == null) {
            sha256(source);
            known = List.copyOf(new ProblemFile(source).read());
        }
        read.put(source, known);
        if (read.size() > KEPT) {
            read.remove(read.keySet().iterator().next());
        }
        return known;
    }

    private static String sha256(DataSource source) {
        Path path = Path.of(source.path());
        if (!Files.isRegularFile(path)) {
            throw CooperException.badInput("path", "there is no file " + path);
        }
        String sha256;
        try {
            sha256 = FileSha256.of(path);
        } catch (IOException e) {
            throw CooperException.badInput("path", path + " cannot be read: " + e.getMessage());
        }
        if (!source.sha256().isEmpty() && !source.sha256().equals(sha256)) {
            throw CooperException.badInput(
                    "sha256",
                    path + " has SHA-256 " + sha256 + ", not " + source.sha256()
                            + "; bring back the file that the run was made for, or create a new run");
        }
        return sha256;
    }
}
