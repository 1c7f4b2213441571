package dev.cooper.reward.annotation;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.table.TableField;
import dev.cooper.platform.table.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the problems stand.
 *
 * @param path JSON lines, JSON, CSV or Parquet, as its name ends
 * @param columns each a column's name, or a template that joins columns, such as {@code {{Body}} {{Question}}}
 * @param limit problems from its beginning; 0 for all
 */
public record ProblemFile(Path path, Columns columns, int limit) {

    /**
     * Which column is what; an empty name for none.
     *
     * @param id without it a problem is named by its row, from 1
     * @param type kind of the answer
     * @param subtype a finer kind
     */
    public record Columns(String id, String question, String answer, String type, String subtype) {}

    /**
     * The problems, in the file's order.
     *
     * @throws CooperException BAD_INPUT naming the field, row or column that is wrong
     */
    List<Problem> read() {
        List<Problem> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Map<String, String> row : rows()) {
            String number = Integer.toString(problems.size() + 1);
            Problem problem = new Problem(
                    row.getOrDefault("id", number),
                    row.getOrDefault("question", ""),
                    row.getOrDefault("answer", ""),
                    row.getOrDefault("answer_type", ""),
                    row.getOrDefault("answer_subtype", ""));
            if (!ids.add(problem.id())) {
                throw CooperException.badInput(
                        "data.columns.id",
                        path + ", row " + number + ": the id " + problem.id()
                                + " stands twice; name another column, or none");
            }
            problems.add(problem);
        }
        if (problems.isEmpty()) {
            throw CooperException.badInput("data.path", path + " holds no problem");
        }
        return problems;
    }

    private List<Map<String, String>> rows() {
        List<TableField> fields = new ArrayList<>();
        fields.add(TableField.required("question", columns.question()));
        fields.add(TableField.required("answer", columns.answer()));
        if (!columns.id().isEmpty()) {
            fields.add(TableField.required("id", columns.id()));
        }
        if (!columns.type().isEmpty()) {
            fields.add(TableField.optional("answer_type", columns.type()));
        }
        if (!columns.subtype().isEmpty()) {
            fields.add(TableField.optional("answer_subtype", columns.subtype()));
        }
        try {
            return new TableFile(path, "auto").rows(fields, limit);
        } catch (CooperException e) {
            throw CooperException.badInput("data." + e.field().orElse("path"), e.detail(), e);
        }
    }

    String sha256() throws IOException {
        return Sha256.hex(path);
    }
}
