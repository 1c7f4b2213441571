package dev.cooper.orchestrator.dataset;

import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.table.TableFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Tells where a problem's question and answer stand in a file, by the columns that it has. */
public final class KnownLayout {

    private record Layout(String question, String answer, Set<String> columns) {}

    /** Of the benchmarks in use, as they are published. The first that fits holds. */
    private static final List<Layout> LAYOUTS = List.of(
            new Layout("{{Body}} {{Question}}", "Answer", Set.of("Body", "Question", "Answer")),
            new Layout("question", "answer", Set.of("question", "answer")),
            new Layout("question", "final_answer", Set.of("question", "final_answer")),
            new Layout("problem", "answer", Set.of("problem", "answer")),
            new Layout("problem", "solution", Set.of("problem", "solution")),
            new Layout("prompt", "answer", Set.of("prompt", "answer")));

    private KnownLayout() {}

    /**
     * The source that reads a file.
     *
     * @param limit rows read from the beginning; 0 reads all
     * @throws CooperException BAD_INPUT when the file cannot be read, or no layout fits its columns
     */
    public static DataSource source(Path file, int limit) {
        Set<String> present = new TableFile(file, "auto").columns();
        Layout layout = LAYOUTS.stream()
                .filter(known -> present.containsAll(known.columns()))
                .findFirst()
                .orElseThrow(() -> CooperException.badInput(
                        "columns",
                        file + " has the columns " + String.join(", ", present)
                                + ", none of the known layouts; name them question and answer"));
        return new DataSource(file.toString(), "auto", "", layout.question(), layout.answer(), limit);
    }
}
