package dev.cooper.perturbation.pairing;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.perturbation.pairing.Numbers.Literal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A wrong version of a right solution by rule: the number that it answers with becomes another one, or its sign turns,
 * from one of its places in the working to the end, as if a mistake had been made there and carried on. Sometimes an
 * earlier number is changed as well. An answer without a number has one of its signs turned.
 */
final class NumberEdit {

    private static final int SIGN_IN = 8;
    private static final int EARLIER_IN = 2;

    /** Places of the key's chances. */
    private static final int KIND = 0;

    private static final int START = 1;
    private static final int CHANGE = 2;
    private static final int EARLIER = 4;
    private static final int WHICH_EARLIER = 5;
    private static final int EARLIER_CHANGE = 6;
    private static final int WITHIN = 8;

    private final String text;
    private final long key;

    private NumberEdit(String text, long key) {
        this.text = text;
        this.key = key;
    }

    /**
     * The changed text; nothing when there is nothing to change.
     *
     * @param answer what the text answers, as it was extracted
     * @param key of the choices
     */
    static Optional<String> of(String text, String answer, long key) {
        NumberEdit edit = new NumberEdit(text, key);
        List<Literal> numbers = Numbers.in(text);
        List<Literal> answered = Numbers.in(answer);
        if (answered.isEmpty() || numbers.isEmpty()) {
            return edit.turnedSign(answer);
        }
        return Optional.of(edit.changed(numbers, edit.finalNumber(numbers, answered, answer)));
    }

    /** The last number that the text answers with; the last of all when the answer is written otherwise. */
    private Literal finalNumber(List<Literal> numbers, List<Literal> answered, String answer) {
        int place = text.lastIndexOf(answer);
        List<Literal> within = numbers.stream()
                .filter(number -> place >= 0 && number.start() >= place && number.end() <= place + answer.length())
                .toList();
        if (!within.isEmpty()) {
            return within.get(chance(WITHIN, within.size()));
        }
        return numbers.reversed().stream()
                .filter(number -> answered.stream().anyMatch(number::hasValueOf))
                .findFirst()
                .orElseGet(numbers::getLast);
    }

    private String changed(List<Literal> numbers, Literal last) {
        List<Literal> same = numbers.stream()
                .filter(number -> number.start() <= last.start() && number.hasValueOf(last))
                .toList();
        List<Literal> carried = same.subList(chance(START, same.size()), same.size());
        String edited = chance(KIND, SIGN_IN) == 0 && last.magnitude().signum() != 0
                ? replaced(text, carried, NumberEdit::turned)
                : replaced(text, carried, number -> Numbers.other(number, key, CHANGE));
        List<Literal> before = numbers.stream()
                .filter(number -> number.end() <= carried.getFirst().start() && !number.hasValueOf(last))
                .toList();
        if (before.isEmpty() || chance(EARLIER, EARLIER_IN) != 0) {
            return edited;
        }
        // All that was changed so far stands behind it.
        Literal earlier = before.get(chance(WHICH_EARLIER, before.size()));
        return replaced(edited, List.of(earlier), number -> Numbers.other(number, key, EARLIER_CHANGE));
    }

    private interface Change {
        String of(Literal number);
    }

    private static String turned(Literal number) {
        return number.negative() ? number.digits() : "-" + number.digits();
    }

    private static String replaced(String text, List<Literal> numbers, Change change) {
        StringBuilder edited = new StringBuilder(text);
        for (Literal number : numbers.reversed()) {
            edited.replace(number.start(), number.end(), change.of(number));
        }
        return edited.toString();
    }

    private Optional<String> turnedSign(String answer) {
        int place = answer.isBlank() ? -1 : text.lastIndexOf(answer);
        int[] signs = place < 0
                ? new int[0]
                : IntStream.range(place, place + answer.length())
                        .filter(i -> text.charAt(i) == '+' || text.charAt(i) == '-')
                        .toArray();
        if (signs.length == 0) {
            return Optional.empty();
        }
        int sign = signs[chance(START, signs.length)];
        StringBuilder edited = new StringBuilder(text);
        edited.setCharAt(sign, text.charAt(sign) == '+' ? '-' : '+');
        return Optional.of(edited.toString());
    }

    private int chance(int place, int bound) {
        return CounterRandom.integer(key, place, bound);
    }
}
