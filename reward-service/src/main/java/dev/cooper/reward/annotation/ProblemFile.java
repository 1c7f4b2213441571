package dev.cooper.reward.annotation;

import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.reward.table.RowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the problems stand.
 *
 * @param path JSON lines, JSON, CSV or Parquet, as its name ends
 * @param columns each a column's name, or a template that joins columns, such as {@code {{Body}} {{Question}}}
 * @param limit problems from its beginning; 0 for all
 */
public record ProblemFile(Path path, Columns columns, int limit) {

    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(.+?)\\s*}}");

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
        for (Map<String, String> row : RowFile.read(path, limit)) {
            Problem problem = problem(problems.size() + 1, row);
            if (!ids.add(problem.id())) {
                throw CooperException.badInput(
                        "data.columns.id",
                        path + ", row " + (problems.size() + 1) + ": the id " + problem.id()
                                + " stands twice; name another column, or none");
            }
            problems.add(problem);
        }
        if (problems.isEmpty()) {
            throw CooperException.badInput("data.path", path + " holds no problem");
        }
        return problems;
    }

    String sha256() throws IOException {
        return DurableFiles.sha256(path);
    }

    private Problem problem(int number, Map<String, String> row) {
        return new Problem(
                columns.id().isEmpty() ? Integer.toString(number) : filled("id", columns.id(), number, row),
                filled("question", columns.question(), number, row),
                filled("answer", columns.answer(), number, row),
                columns.type().isEmpty() ? "" : value("answer_type", columns.type(), number, row),
                columns.subtype().isEmpty() ? "" : value("answer_subtype", columns.subtype(), number, row));
    }

    private String filled(String field, String column, int number, Map<String, String> row) {
        String value = value(field, column, number, row);
        if (value.isBlank()) {
            throw CooperException.badInput(
                    "data.columns." + field,
                    path + ", row " + number + ": " + column + " is blank; fill it or drop the row");
        }
        return value;
    }

    private String value(String field, String column, int number, Map<String, String> row) {
        Matcher places = PLACE.matcher(column);
        return places.find()
                ? places.replaceAll(place -> Matcher.quoteReplacement(cell(field, place.group(1), number, row)))
                : cell(field, column, number, row);
    }

    private String cell(String field, String name, int number, Map<String, String> row) {
        String value = row.get(name);
        if (value == null) {
            throw CooperException.badInput(
                    "data.columns." + field,
                    path + ", row " + number + ": there is no " + name + "; it has " + String.join(", ", row.keySet()));
        }
        return value;
    }
}
