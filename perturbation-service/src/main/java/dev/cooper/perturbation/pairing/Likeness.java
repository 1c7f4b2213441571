package dev.cooper.perturbation.pairing;

import dev.cooper.perturbation.pairing.Numbers.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How like a right solution a wrong one is. What tells the two apart beside the truth, their length or their form, is
 * what a reward model learns first.
 *
 * @param same whether they differ by nothing but white space
 * @param lengthRatio words of the wrong one over words of the right one
 * @param sameForm whether both state their answer in a box, behind {@code ####}, or in neither
 * @param digitCopy whether one number is another in one place, its sign included, and all else is equal. Never so of a
 *     right solution that has no other number: it can be wrong in the same form by that one only
 */
record Likeness(boolean same, double lengthRatio, boolean sameForm, boolean digitCopy) {

    /** Where an answer stands. */
    private enum Form {
        BOXED,
        HASHES,
        PLAIN;

        static Form of(String text) {
            if (text.contains("\\boxed") || text.contains("\\fbox")) {
                return BOXED;
            }
            return text.contains("####") ? HASHES : PLAIN;
        }
    }

    /** A text's numbers, and what stands around them. */
    private record Outline(List<Literal> numbers, List<String> around) {

        static Outline of(String text) {
            List<Literal> numbers = Numbers.in(text);
            List<String> around = new ArrayList<>();
            int from = 0;
            for (Literal number : numbers) {
                around.add(text.substring(from, number.start()));
                from = number.end();
            }
            around.add(text.substring(from));
            return new Outline(numbers, around);
        }

        boolean isDigitCopyOf(Outline right) {
            return right.numbers.size() > 1
                    && around.equals(right.around)
                    && IntStream.range(0, numbers.size())
                                    .filter(i -> !numbers.get(i).hasValueOf(right.numbers.get(i)))
                                    .count()
                            == 1;
        }
    }

    /** @param right has a word */
    static Likeness of(String right, String wrong) {
        String a = oneSpaced(right);
        String b = oneSpaced(wrong);
        return new Likeness(
                a.equals(b),
                (double) words(wrong) / words(right),
                Form.of(a) == Form.of(b),
                Outline.of(b).isDigitCopyOf(Outline.of(a)));
    }

    /** What white space parts. */
    static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    private static String oneSpaced(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
