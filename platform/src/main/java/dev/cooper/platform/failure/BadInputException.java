package dev.cooper.platform.failure;

import dev.cooper.proto.v1.FailureReason;
import java.util.List;
import java.util.stream.Collectors;

/** Input with one or more wrong fields, all of them named at once. */
public final class BadInputException extends CooperException {

    private final List<FieldProblem> problems;

    /**
     * Bad input with these problems.
     *
     * @throws IllegalArgumentException if there is no problem to tell of
     */
    public BadInputException(List<FieldProblem> problems) {
        super(
                FailureReason.BAD_INPUT,
                describe(problems),
                null,
                problems.getFirst().field());
        this.problems = List.copyOf(problems);
    }

    public List<FieldProblem> problems() {
        return problems;
    }

    private static String describe(List<FieldProblem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("bad input needs at least one problem");
        }
        return problems.stream().map(FieldProblem::toString).collect(Collectors.joining("; "));
    }

    /**
     * One wrong field.
     *
     * @param field path of the field, such as {@code sampling.group_size}
     * @param message what is wrong and what would be right
     */
    public record FieldProblem(String field, String message) {

        @Override
        public String toString() {
            return field.isEmpty() ? message : field + ": " + message;
        }
    }
}
