package dev.cooper.pretraining.problems;

import java.util.ArrayList;
import java.util.List;

/**
 * A story before names, things and numbers are filled in.
 *
 * @param text the story; {@code {w}}, {@code {v}}, {@code {u}} are names, {@code {o}} the things, {@code {p}} a place,
 *     {@code {a}} to {@code {d}} the given numbers
 * @param steps the operations, three characters each, separated by spaces: {@code a+b x-c}, where {@code x} and
 *     {@code y} are the results of the first and second step
 */
record Plot(String text, String steps) {
    private static final String GIVENS = "abcd";
    private static final String RESULTS = "xyz";

    /** How many numbers the text gives. */
    int givens() {
        int count = 0;
        while (count < GIVENS.length() && text.contains("{" + GIVENS.charAt(count) + "}")) {
            count++;
        }
        return count;
    }

    /** The operations by position. */
    List<Step> parsedSteps() {
        List<Step> parsed = new ArrayList<>();
        for (String step : steps.split(" ", -1)) {
            Sign sign = switch (step.charAt(1)) {
                case '+' -> Sign.PLUS;
                case '-' -> Sign.MINUS;
                default -> throw new IllegalArgumentException("plot step '" + step + "': no + or -");
            };
            parsed.add(new Step(position(step.charAt(0)), sign, position(step.charAt(2))));
        }
        return parsed;
    }

    /** The text with the given numbers filled in. */
    String withNumbers(List<Integer> numbers) {
        String filled = text;
        for (int i = 0; i < numbers.size(); i++) {
            filled = filled.replace("{" + GIVENS.charAt(i) + "}", String.valueOf(numbers.get(i)));
        }
        return filled;
    }

    private int position(char letter) {
        int given = GIVENS.indexOf(letter);
        return given >= 0 ? given : givens() + RESULTS.indexOf(letter);
    }
}
