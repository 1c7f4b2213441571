package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.IncorrectReason;
import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.comparison.Comparison.Different;
import dev.cooper.mathverifier.syntax.Node;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words, choices and outcomes that have several names. */
final class Wording implements Rung {
    private static final String EMPTY = "no solution";
    private static final String UNDEFINED = "undefined";
    private static final String CHOICES = "abcdefgh";

    /** Words before an outcome that do not change it. */
    private static final Set<String> SUBJECTS = Set.of(
            "the",
            "a",
            "an",
            "it",
            "is",
            "are",
            "there",
            "this",
            "that",
            "answer",
            "series",
            "sequence",
            "integral",
            "limit",
            "sum",
            "equation",
            "function",
            "value",
            "result",
            "has",
            "have",
            "so");

    private static final Map<String, Set<String>> SYNONYMS = Map.of(
            EMPTY,
            Set.of(
                    "no solution",
                    "no solutions",
                    "no real solution",
                    "no real solutions",
                    "no solution exists",
                    "no solutions exist",
                    "none",
                    "empty set",
                    "empty",
                    "no roots",
                    "no real roots"),
            UNDEFINED,
            Set.of("undefined", "does not exist", "doesn't exist", "doesnt exist", "dne", "not defined", "nonexistent"),
            "infinitely many",
            Set.of(
                    "infinitely many",
                    "infinitely many solutions",
                    "infinite solutions",
                    "infinite number of solutions",
                    "infinite number"));

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        if (reference instanceof Node.Option || answer instanceof Node.Option) {
            return Optional.of(options(reference, answer, comparer));
        }
        Optional<String> wanted = outcome(reference);
        Optional<String> given = outcome(answer);
        if (wanted.isPresent() && given.isPresent()) {
            return Optional.of(words(wanted.get(), given.get()));
        }
        if (wanted.isPresent() || given.isPresent()) {
            return Optional.of(one(
                    wanted.isPresent() ? answer : reference,
                    wanted.or(() -> given).get()));
        }
        return choices(reference, answer);
    }

    /** Words and named outcomes in one form. */
    private static Optional<String> outcome(Node node) {
        return switch (node) {
            case Node.Words words -> Optional.of(canonical(words.text()));
            case Node.SetOf set when set.elements().isEmpty() -> Optional.of(EMPTY);
            case Node.Constant constant when constant.name() == Node.Constant.Name.UNDEFINED -> Optional.of(UNDEFINED);
            default -> Optional.empty();
        };
    }

    private static String canonical(String text) {
        String plain = text.toLowerCase(Locale.ROOT).strip();
        while (plain.endsWith(".") || plain.endsWith("!") || plain.endsWith(",")) {
            plain = plain.substring(0, plain.length() - 1).strip();
        }
        plain = withoutSubject(plain);
        for (Map.Entry<String, Set<String>> entry : SYNONYMS.entrySet()) {
            if (entry.getValue().contains(plain)) {
                return entry.getKey();
            }
        }
        return plain.replace('-', ' ');
    }

    /** "The series diverges" is "diverges". */
    private static String withoutSubject(String text) {
        String rest = text;
        int space = rest.indexOf(' ');
        while (space > 0 && SUBJECTS.contains(rest.substring(0, space))) {
            rest = rest.substring(space + 1).strip();
            space = rest.indexOf(' ');
        }
        return rest;
    }

    private static Comparison words(String wanted, String given) {
        return wanted.replace(" ", "").equals(given.replace(" ", ""))
                ? Outcomes.equal(Rule.SAME_WORDS, "the same words")
                : new Different(IncorrectReason.DIFFERENT_WORDS, "'" + given + "' is not '" + wanted + "'");
    }

    /** Words against something else: perhaps the same letters, read as a product of variables. */
    private static Comparison one(Node other, String text) {
        Optional<String> letters = letters(other);
        return letters.isPresent()
                ? words(text, letters.get().toLowerCase(Locale.ROOT))
                : Kinds.mismatch(new Node.Words(text), other);
    }

    private static Optional<String> letters(Node node) {
        return switch (node) {
            case Node.Symbol symbol -> Optional.of(symbol.name());
            case Node.Choice choice -> Optional.of(choice.letter());
            case Node.Constant constant when constant.name() == Node.Constant.Name.E -> Optional.of("e");
            case Node.Constant constant when constant.name() == Node.Constant.Name.I -> Optional.of("i");
            case Node.Product product -> {
                var text = new StringBuilder();
                for (Node factor : product.factors()) {
                    Optional<String> letter = letters(factor);
                    if (letter.isEmpty() || letter.get().length() > 1) {
                        yield Optional.empty();
                    }
                    text.append(letter.get());
                }
                yield Optional.of(text.toString());
            }
            default -> Optional.empty();
        };
    }

    /** {@code (A) 12} is both A and 12, but against another such choice both have to be the same. */
    private static Comparison options(Node reference, Node answer, Comparer comparer) {
        if (reference instanceof Node.Option wanted && answer instanceof Node.Option given) {
            Comparison texts = comparer.compare(wanted.text(), given.text());
            return wanted.letter().equals(given.letter())
                    ? texts
                    : new Different(IncorrectReason.DIFFERENT_WORDS, "another choice");
        }
        if (reference instanceof Node.Option wanted) {
            boolean letter = isChoice(answer);
            return comparer.compare(letter ? new Node.Choice(wanted.letter()) : wanted.text(), answer);
        }
        Node.Option given = (Node.Option) answer;
        boolean letter = isChoice(reference);
        return comparer.compare(reference, letter ? new Node.Choice(given.letter()) : given.text());
    }

    private static boolean isChoice(Node node) {
        return node instanceof Node.Choice
                || letters(node)
                        .filter(text -> isLetter(text) && CHOICES.contains(text.toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    /** A marked choice and a bare letter; two bare letters as choices only if they are among the first. */
    private static Optional<Comparison> choices(Node reference, Node answer) {
        boolean marked = reference instanceof Node.Choice || answer instanceof Node.Choice;
        Optional<String> wanted = letters(reference).map(text -> text.toLowerCase(Locale.ROOT));
        Optional<String> given = letters(answer).map(text -> text.toLowerCase(Locale.ROOT));
        boolean letters = wanted.filter(Wording::isLetter).isPresent()
                && given.filter(Wording::isLetter).isPresent();
        if (marked && !letters) {
            return Optional.of(Kinds.mismatch(reference, answer));
        }
        boolean same = letters && wanted.equals(given);
        if (same && (marked || CHOICES.contains(wanted.orElseThrow()))) {
            return Optional.of(Outcomes.equal(Rule.SAME_WORDS, "the same choice"));
        }
        boolean two = reference instanceof Node.Symbol
                && answer instanceof Node.Symbol
                && letters
                && CHOICES.contains(wanted.orElseThrow())
                && CHOICES.contains(given.orElseThrow());
        return marked || two
                ? Optional.of(new Different(IncorrectReason.DIFFERENT_WORDS, "another choice"))
                : Optional.empty();
    }

    private static boolean isLetter(String text) {
        return text.length() == 1;
    }
}
