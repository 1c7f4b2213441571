package dev.cooper.mathverifier.metamorphic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether two answers are equal, found without the verifier, to leave out near misses that happen to be equal: texts
 * that are plainly the same, integers by their digits, scalars by their values at three points (to 11 digits), tuples
 * by their components and lists as multisets.
 */
final class IndependentEquality {
    private static final int POINTS = 3;
    private static final Pattern UNIT = Pattern.compile("( ?\\\\?%|\\\\(?:text|mbox)\\{[^{}]*}.*| ?[a-z]{2,})$");

    private IndependentEquality() {}

    /** Empty if not known. */
    static Optional<Boolean> same(String left, String right) {
        String a = AnswerText.plain(left);
        String b = AnswerText.plain(right);
        if (a.replace(" ", "").equals(b.replace(" ", ""))) {
            return Optional.of(true);
        }
        if (AnswerText.isInteger(a) && AnswerText.isInteger(b)) {
            return Optional.of(new BigInteger(a).equals(new BigInteger(b)));
        }
        List<String> as = AnswerText.split(a, ',');
        List<String> bs = AnswerText.split(b, ',');
        if (as.size() > 1 || bs.size() > 1) {
            return as.size() == bs.size() ? sameMultiset(as, bs) : Optional.of(false);
        }
        if (isTuple(a) && isTuple(b)) {
            boolean fences = a.charAt(0) == b.charAt(0) && a.charAt(a.length() - 1) == b.charAt(b.length() - 1);
            return fences ? sameInOrder(inside(a), inside(b)) : Optional.of(false);
        }
        String unit = commonEnding(a, b);
        return a.startsWith("\\$") && b.startsWith("\\$")
                ? sameScalar(a.substring(2), b.substring(2))
                : sameScalar(without(a, unit), without(b, unit));
    }

    /** A percent sign or a unit that both carry. */
    private static String commonEnding(String a, String b) {
        Matcher ending = UNIT.matcher(a);
        return ending.find() && b.endsWith(ending.group()) ? ending.group() : "";
    }

    private static String without(String text, String ending) {
        return text.substring(0, text.length() - ending.length());
    }

    /** Whether it is a scalar that can be evaluated here. */
    static boolean isScalar(String text) {
        return PlainEvaluator.valueOf(text, 0).isPresent();
    }

    private static Optional<Boolean> sameScalar(String a, String b) {
        for (int point = 0; point < POINTS; point++) {
            Optional<ComplexNumber> x = PlainEvaluator.valueOf(a, point);
            Optional<ComplexNumber> y = PlainEvaluator.valueOf(b, point);
            if (x.isEmpty() || y.isEmpty()) {
                return Optional.empty();
            }
            if (!x.get().isCloseTo(y.get())) {
                return Optional.of(false);
            }
        }
        return Optional.of(true);
    }

    private static boolean isTuple(String text) {
        return AnswerText.isEnclosed(text)
                && "([{".indexOf(text.charAt(0)) >= 0
                && AnswerText.split(inside(text), ',').size() > 1;
    }

    private static String inside(String text) {
        return text.substring(1, text.length() - 1);
    }

    private static Optional<Boolean> sameInOrder(String left, String right) {
        List<String> as = AnswerText.split(left, ',');
        List<String> bs = AnswerText.split(right, ',');
        if (as.size() != bs.size()) {
            return Optional.of(false);
        }
        for (int i = 0; i < as.size(); i++) {
            Optional<Boolean> same = same(as.get(i), bs.get(i));
            if (same.isEmpty() || !same.get()) {
                return same;
            }
        }
        return Optional.of(true);
    }

    private static Optional<Boolean> sameMultiset(List<String> as, List<String> bs) {
        List<String> left = new ArrayList<>(bs);
        for (String a : as) {
            boolean found = false;
            for (int i = 0; i < left.size() && !found; i++) {
                if (same(a, left.get(i)).orElse(false)) {
                    left.remove(i);
                    found = true;
                }
            }
            if (!found) {
                return Optional.of(false);
            }
        }
        return Optional.of(true);
    }
}
