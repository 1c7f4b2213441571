package dev.cooper.mathverifier;

import dev.cooper.mathverifier.numeric.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads an answer's text as a {@link Value}. Recursion is bounded by the budget's depth. */
final class AnswerReader {
    /** Each at the index that it names. */
    private static final List<String> NUMBER_WORDS = List.of(
            ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
                            + "seventeen eighteen nineteen twenty")
                    .split(" ", -1));

    private static final Set<String> SHORT_ANSWERS = Set.of("no", "ok", "am", "pm");
    private static final String WORD_MARKS = "!.-'";
    private static final String CHOICES = "ABCDEFGHabcdefgh";
    private static final int SHORTEST_WORD = 3;

    private final CheckOptions.Budget budget;

    AnswerReader(CheckOptions.Budget budget) {
        this.budget = budget;
    }

    /** A value, and the text that makes equal-looking answers equal. */
    record Reading(Value value, String canonical) {}

    Reading read(String answer) {
        try {
            List<Token> tokens = Tokens.trim(Lexer.tokens(answer));
            return new Reading(value(tokens, 0), Tokens.canonical(tokens));
        } catch (MalformedAnswerException e) {
            return new Reading(new Value.Malformed(e.detail()), answer);
        }
    }

    private Value value(List<Token> untrimmed, int depth) {
        List<Token> tokens = Tokens.trim(untrimmed);
        if (tokens.isEmpty()) {
            return new Value.Malformed("nothing but punctuation");
        }
        if (depth > budget.depth()) {
            return new Value.Malformed("nested deeper than " + budget.depth());
        }
        List<List<Token>> parts = elements(tokens);
        if (parts.size() > 1) {
            return listing(tokens, parts, depth);
        }
        if (Tokens.areBracketed(tokens)) {
            return bracketed(tokens, depth);
        }
        return labelled(tokens, depth).or(() -> words(tokens)).orElseGet(() -> number(tokens));
    }

    /** Splits at commas, semicolons, "and" and "or"; ", and" is one separator. */
    private static List<List<Token>> elements(List<Token> tokens) {
        List<List<Token>> parts = new ArrayList<>();
        for (List<Token> part : Tokens.split(tokens, Tokens::isSeparator)) {
            List<Token> rest = !part.isEmpty() && !parts.isEmpty() && Tokens.isConjunction(part.getFirst())
                    ? part.subList(1, part.size())
                    : part;
            parts.addAll(Tokens.split(rest, Tokens::isConjunction));
        }
        return parts;
    }

    private Value listing(List<Token> tokens, List<List<Token>> parts, int depth) {
        return all(parts, depth).<Value>map(Value.Listing::new).orElseGet(() -> unread(tokens));
    }

    private Value bracketed(List<Token> tokens, int depth) {
        String open = tokens.getFirst().text();
        String close = tokens.getLast().text();
        List<Token> inner = tokens.subList(1, tokens.size() - 1);
        boolean braces = open.endsWith("{") && close.equals(open.replace('{', '}'));
        boolean rounds = !open.endsWith("{") && !close.endsWith("}");
        if (inner.isEmpty() || !(braces || rounds)) {
            return unread(tokens);
        }
        List<List<Token>> parts = Tokens.split(inner, Tokens::isSeparator);
        if (braces || (parts.size() == 1 && (open + close).equals("()"))) {
            return value(inner, depth + 1);
        }
        if (parts.size() == 1) {
            return unread(tokens);
        }
        return all(parts, depth)
                .<Value>map(e -> new Value.Tuple(open, close, e))
                .orElseGet(() -> unread(tokens));
    }

    /** The values of all parts; empty if there are too many or one of them is no element. */
    private Optional<List<Value>> all(List<List<Token>> parts, int depth) {
        List<Value> values = new ArrayList<>();
        if (parts.size() > budget.elements()) {
            return Optional.empty();
        }
        for (List<Token> part : parts) {
            Value value = value(part, depth + 1);
            if (value instanceof Value.Malformed) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(values);
    }

    private Optional<Value> labelled(List<Token> tokens, int depth) {
        List<List<Token>> sides = Tokens.split(tokens, token -> token.isSymbol("=") || token.isCommand("in"));
        List<Token> right = sides.getLast();
        if (sides.size() < 2 || right.isEmpty()) {
            return Optional.empty();
        }
        // x = 3 * 6 = 18: names and calculations may stand before the value, nothing else.
        List<List<Token>> before = sides.subList(0, sides.size() - 1);
        if (!before.stream().allMatch(side -> Labels.isArithmetic(side) || Labels.isLabel(side))) {
            return Optional.empty();
        }
        Value value = value(right, depth + 1);
        if (value instanceof Value.Unread || value instanceof Value.Malformed) {
            return Optional.of(unread(tokens));
        }
        return Optional.of(before.stream()
                .filter(Labels::isLabel)
                .findFirst()
                .<Value>map(label -> new Value.Labelled(Tokens.canonical(label), value))
                .orElse(value));
    }

    private static Optional<Value> words(List<Token> tokens) {
        Token first = tokens.getFirst();
        boolean choice = first.isLetters()
                && CHOICES.contains(first.text())
                && first.text().length() == 1;
        if (choice
                && (tokens.size() == 1 || (tokens.size() == 2 && tokens.get(1).isSymbol(")")))) {
            return Optional.of(new Value.Words(first.text().toLowerCase(Locale.ROOT)));
        }
        var text = new StringBuilder();
        boolean prose = false;
        for (Token token : tokens) {
            String word = token.text().toLowerCase(Locale.ROOT);
            boolean bare = token.kind() == Token.Kind.WORD;
            if (!(token.isLetters() || (token.kind() == Token.Kind.SYMBOL && WORD_MARKS.contains(token.text())))
                    || (bare && Units.isFunction(word) && tokens.size() < SHORTEST_WORD)) {
                return Optional.empty();
            }
            prose |= token.kind() == Token.Kind.TEXT || word.length() >= SHORTEST_WORD || SHORT_ANSWERS.contains(word);
            text.append(text.isEmpty() || !token.isLetters() ? "" : " ").append(token.isSymbol("!") ? "" : word);
        }
        if (!prose) {
            return Optional.empty();
        }
        int number = NUMBER_WORDS.indexOf(text.toString());
        return Optional.of(
                number < 0 ? new Value.Words(text.toString()) : new Value.Numeric(Rational.of(number), false, "", 0));
    }

    private Value number(List<Token> tokens) {
        var reader = new NumberReader(tokens, budget);
        Optional<Value.Numeric> number = reader.read();
        if (number.isPresent()) {
            return number.get();
        }
        return reader.overBudget()
                ? new Value.Unread(UndecidedReason.BUDGET_EXCEEDED, Tokens.canonical(tokens))
                : unread(tokens);
    }

    private static Value unread(List<Token> tokens) {
        return new Value.Unread(UndecidedReason.UNREAD_EXPRESSION, Tokens.canonical(tokens));
    }
}
