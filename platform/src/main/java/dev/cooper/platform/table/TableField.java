package dev.cooper.platform.table;

/**
 * A field that is read from each row.
 *
 * @param name what errors call it: {@code question} for a column that is named in {@code columns.question}
 * @param column a column's name, or a template that joins columns, such as {@code {{Body}} {{Question}}}
 * @param mayBeBlank whether a row without a value is let through
 */
public record TableField(String name, String column, boolean mayBeBlank) {

    /** A field without which a row is of no use. */
    public static TableField required(String name, String column) {
        return new TableField(name, column, false);
    }

    /** A field that is blank where a row has no value. */
    public static TableField optional(String name, String column) {
        return new TableField(name, column, true);
    }
}
