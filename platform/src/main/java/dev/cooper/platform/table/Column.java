package dev.cooper.platform.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a field is made of: one column by its name, or a template that joins columns, such as {@code {{Body}}
 * {{Question}}}.
 */
final class Column {

    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(.+?)\\s*}}");

    private final String given;
    private final List<String> names;

    Column(String given) {
        this.given = given;
        List<String> found = new ArrayList<>();
        Matcher places = PLACE.matcher(given);
        while (places.find()) {
            found.add(places.group(1));
        }
        this.names = found.isEmpty() ? List.of(given) : List.copyOf(found);
    }

    /** The columns that it needs. */
    List<String> names() {
        return names;
    }

    /** Its value in a row. */
    String value(UnaryOperator<String> row) {
        Matcher places = PLACE.matcher(given);
        return places.find()
                ? places.replaceAll(place -> Matcher.quoteReplacement(row.apply(place.group(1))))
                : row.apply(given);
    }

    @Override
    public String toString() {
        return given;
    }
}
