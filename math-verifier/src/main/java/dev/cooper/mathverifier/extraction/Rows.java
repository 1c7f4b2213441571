package dev.cooper.mathverifier.extraction;

import java.util.List;

/** The row of a formula that states its result: {@code a &= b \\ &= c} ends in {@code c}. */
final class Rows {
    private static final List<String> RELATIONS = List.of("=", "\\Rightarrow", "\\implies", "\\Longrightarrow", "\\to");
    private static final List<String> ROUGHLY = List.of("\\approx", "\\doteq", "\u2248");

    private static final List<String> WRAPPERS = List.of("aligned", "split", "gathered");

    private Rows() {}

    /** The cleaned text of the last row; of all, if there is but one or a matrix has them. */
    static String last(String text, int begin, int end) {
        String whole = unwrapped(Cleaning.clean(text, begin, end));
        if (!whole.contains("\\\\") || whole.contains("\\begin")) {
            return withoutRelation(whole.indexOf('&') >= 0 && !whole.contains("\\begin") ? unaligned(whole) : whole);
        }
        int rowEnd = whole.length();
        String behind = "";
        while (true) {
            int rowBreak = whole.lastIndexOf("\\\\", rowEnd - 1);
            String row = unaligned(whole.substring(rowBreak < 0 ? 0 : rowBreak + 2, rowEnd));
            if (rowBreak < 0 || !startsWith(row, ROUGHLY)) {
                return withoutRelation(Cleaning.trim(row + behind));
            }
            // A decimal approximates the row before, which states the value.
            behind = " " + row + behind;
            rowEnd = rowBreak;
        }
    }

    /** Without an environment that only sets rows below one another. */
    private static String unwrapped(String whole) {
        for (String name : WRAPPERS) {
            String begin = "\\begin{" + name + "}";
            String end = "\\end{" + name + "}";
            if (whole.startsWith(begin) && whole.endsWith(end) && whole.length() > begin.length() + end.length()) {
                return Cleaning.trim(whole.substring(begin.length(), whole.length() - end.length()));
            }
        }
        return whole;
    }

    private static String unaligned(String row) {
        return Cleaning.trim(row.replace("\\&", "\u0000").replace("&", " ").replace("\u0000", "\\&"));
    }

    private static String withoutRelation(String row) {
        for (String relation : RELATIONS) {
            if (row.startsWith(relation)) {
                return withoutRelation(Cleaning.trim(row.substring(relation.length())));
            }
        }
        return row;
    }

    private static boolean startsWith(String row, List<String> signs) {
        return signs.stream().anyMatch(row::startsWith);
    }
}
