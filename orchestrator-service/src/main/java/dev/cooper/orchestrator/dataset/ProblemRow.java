package dev.cooper.orchestrator.dataset;

import java.util.List;

/**
 * A problem as its data set has it.
 *
 * @param answer the reference as it stands there; a worked solution that ends in {@code #### 18} is one, too
 */
public record ProblemRow(String id, String question, String answer) {

    /** What the typesetting of a collection leaves at the end of a text. */
    private static final List<String> DEBRIS =
            List.of("\\noindent", "\\end{problem}", "\\\\", "\\newline", "\\newpage");

    /** The same problem, as benchmarks are asked: without blanks and commands of typesetting around its texts. */
    public ProblemRow withoutDebris() {
        return new ProblemRow(id, withoutDebris(question), withoutDebris(answer));
    }

    private static String withoutDebris(String text) {
        String stripped = text.strip();
        for (String debris : DEBRIS) {
            if (stripped.endsWith(debris)) {
                return withoutDebris(stripped.substring(0, stripped.length() - debris.length()));
            }
        }
        return stripped;
    }
}
