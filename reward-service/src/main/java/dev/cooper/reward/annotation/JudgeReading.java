package dev.cooper.reward.annotation;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a judge's reply means: the first, or last, of the words in it that stand for yes or no, whole and in upper or
 * lower case. A reply without any is unclear, and so is one that lacks the text behind which it is read.
 *
 * @param yes words, or several with spaces between them
 * @param no as {@code yes}; none may be in both
 * @param taken which of them counts
 * @param after text behind which the reply is read, such as {@code </think>}; empty for all of it
 */
public record JudgeReading(List<String> yes, List<String> no, Taken taken, String after) {

    /** Yes, true and correct against no, false, incorrect and wrong; the first one counts. */
    public static final JudgeReading STANDARD = new JudgeReading(
            List.of("yes", "true", "correct"),
            List.of("no", "false", "incorrect", "not correct", "wrong"),
            Taken.FIRST,
            "");

    public JudgeReading {
        yes = words(yes);
        no = words(no);
        if (yes.isEmpty() || no.isEmpty()) {
            throw new IllegalArgumentException("give at least one word for each of yes and no");
        }
        Set<String> refusals = Set.copyOf(no);
        yes.stream().filter(refusals::contains).findFirst().ifPresent(both -> {
            throw new IllegalArgumentException("'" + both + "' stands for both yes and no");
        });
    }

    /** Which word of a reply counts. */
    public enum Taken {
        FIRST,
        LAST
    }

    private static List<String> words(List<String> given) {
        return given.stream()
                .map(word -> word.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " "))
                .distinct()
                .toList();
    }

    Opinion of(Reply reply) {
        return switch (reply.ending()) {
            case FINISHED, TRUNCATED -> of(reply.text());
            case NO_ROOM -> Opinion.UNCLEAR;
        };
    }

    Opinion of(String reply) {
        int place = reply.lastIndexOf(after);
        if (place < 0) {
            return Opinion.UNCLEAR;
        }
        List<String> found = pattern()
                .matcher(reply.substring(after.isEmpty() ? 0 : place + after.length()))
                .results()
                .map(MatchResult::group)
                .toList();
        if (found.isEmpty()) {
            return Opinion.UNCLEAR;
        }
        String word = switch (taken) {
            case FIRST -> found.getFirst();
            case LAST -> found.getLast();
        };
        return yes.contains(words(List.of(word)).getFirst()) ? Opinion.YES : Opinion.NO;
    }

    /** Of two words that begin at one place the longer counts: "not correct" says nothing of "correct". */
    private Pattern pattern() {
        return Pattern.compile(
                Stream.concat(yes.stream(), no.stream())
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(word ->
                                Stream.of(word.split(" ")).map(Pattern::quote).collect(Collectors.joining("\\s+")))
                        .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
