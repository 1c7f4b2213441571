package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Numeral;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers below a hundred in words. */
final class NumberWords {
    private static final List<String> SMALL = List.of(
            ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
                            + "seventeen eighteen nineteen")
                    .split(" ", -1));
    private static final List<String> TENS =
            List.of("zeroty ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ", -1));
    private static final int TEN = 10;

    private NumberWords() {}

    /** The number that {@code words} name; null if they name none. */
    static @Nullable Node number(String words) {
        int small = SMALL.indexOf(words);
        if (small >= 0) {
            return Numeral.of(small);
        }
        int gap = Math.max(words.indexOf('-'), words.indexOf(' '));
        int tens = TENS.indexOf(gap < 0 ? words : words.substring(0, gap));
        int ones = gap < 0 ? 0 : SMALL.indexOf(words.substring(gap + 1));
        boolean number = tens > 1 && ones >= 0 && ones < TEN && (gap < 0 || ones > 0);
        return number ? Numeral.of((long) tens * TEN + ones) : null;
    }
}
