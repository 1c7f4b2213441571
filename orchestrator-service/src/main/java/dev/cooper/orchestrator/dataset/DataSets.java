package dev.cooper.orchestrator.dataset;

import dev.cooper.orchestrator.spec.DataSetCheck;
import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.table.TableField;
import dev.cooper.platform.table.TableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data sets in use, each read once. Thread-safe. */
public final class DataSets implements DataSetCheck {

    /** Training and held-out sets of two runs, the one that ends and the one that begins: of each a good handful. */
    private static final int KEPT = 16;

    private final Map<DataSource, List<ProblemRow>> kept = new LinkedHashMap<>();

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
        List<ProblemRow> known = kept.remove(source);
        if (known == null) {
            sha256(source);
            known = List.copyOf(read(source));
        }
        kept.put(source, known);
        if (kept.size() > KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        return known;
    }

    private static List<ProblemRow> read(DataSource source) {
        List<TableField> fields = new ArrayList<>();
        fields.add(TableField.required("question", source.question()));
        fields.add(TableField.required("answer", source.answer()));
        if (!source.id().isEmpty()) {
            fields.add(TableField.optional("id", source.id()));
        }
        List<ProblemRow> problems = new ArrayList<>();
        for (Map<String, String> row :
                new TableFile(Path.of(source.path()), source.format()).rows(fields, source.limit())) {
            String number = Integer.toString(problems.size() + 1);
            problems.add(new ProblemRow(
                    row.getOrDefault("id", number), row.getOrDefault("question", ""), row.getOrDefault("answer", "")));
        }
        if (problems.isEmpty()) {
            throw CooperException.badInput("path", source.path() + " holds no problem: it has no row");
        }
        return problems;
    }

    private static String sha256(DataSource source) {
        Path path = Path.of(source.path());
        if (!Files.isRegularFile(path)) {
            throw CooperException.badInput("path", "there is no file " + path);
        }
        String sha256;
        try {
            sha256 = Sha256.hex(path);
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
