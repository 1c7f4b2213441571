package dev.cooper.perturbation.pairing;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.perturbation.pairing.Numbers.Literal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A wrong version of a right solution by rule: the number that it answers with becomes another one, or its sign turns,
 * from one of its places in the working to the end, as if a mistake had been made there and carried on. Sometimes an
 * earlier number is changed as well; where more than one place must differ, one is whenever the answer's is the only
 * place. An answer without a number has one of its signs turned.
 */
final class NumberEdit {

    /** So that a change moves nothing that is still to be changed. */
    private static final Comparator<Literal> FROM_THE_END =
            Comparator.comparingInt(Literal::start).reversed();

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
    private final boolean severalPlaces;

    private NumberEdit(String text, long key, boolean severalPlaces) {
        this.text = text;
        this.key = key;
        this.severalPlaces = severalPlaces;
    }

    /**
     * The changed text; nothing when there is nothing to change.
     *
     * @param answer what the text answers, as it was extracted
     * @param key of the choices
     * @param severalPlaces whether more than one place must differ, in a text that has more than one number
     */
    static Optional<String> of(String text, String answer, long key, boolean severalPlaces) {
        NumberEdit edit = new NumberEdit(text, key, severalPlaces);
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
        int starts = severalPlaces && same.size() > 1 ? same.size() - 1 : same.size();
        List<Literal> carried = same.subList(chance(START, starts), same.size());
        boolean turns = chance(KIND, SIGN_IN) == 0 && last.magnitude().signum() != 0;
        SortedMap<Literal, String> changes = new TreeMap<>(FROM_THE_END);
        carried.forEach(number -> changes.put(number, turns ? turned(number) : Numbers.other(number, key, CHANGE)));
        List<Literal> beside = beside(numbers, carried);
        boolean alone = severalPlaces && carried.size() == 1;
        if (!beside.isEmpty() && (alone || chance(EARLIER, EARLIER_IN) == 0)) {
            Literal other = beside.get(chance(WHICH_EARLIER, beside.size()));
            changes.put(other, Numbers.other(other, key, EARLIER_CHANGE));
        }
        StringBuilder edited = new StringBuilder(text);
        changes.forEach((number, by) -> edited.replace(number.start(), number.end(), by));
        return edited.toString();
    }

    /** Numbers of other value before the answer's; where there are none and one is needed, any other. */
    private List<Literal> beside(List<Literal> numbers, List<Literal> carried) {
        Literal first = carried.getFirst();
        List<Literal> before = numbers.stream()
                .filter(number -> number.end() <= first.start() && !number.hasValueOf(first))
                .toList();
        return before.isEmpty() && severalPlaces
                ? numbers.stream().filter(number -> !carried.contains(number)).toList()
                : before;
    }

    private static String turned(Literal number) {
        return number.negative() ? number.digits() : "-" + number.digits();
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
