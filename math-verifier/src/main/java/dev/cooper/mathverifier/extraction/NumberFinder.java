package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.ExtractedAnswer;
import java.util.Optional;

/**
 * The last number in prose. What surrounds a number is taken along when it belongs to it ({@code 3 1/2}, {@code 18 %},
 * {@code 5 + 6}, {@code (1, 2)}, {@code 3 or 5}), so that no number comes out of the middle of something that cannot be
 * read.
 */
final class NumberFinder {
    /** Numbers that are passed over because they number a step. */
    private static final int TRIES = 8;

    private static final int WORDS = 32;
    private static final String ANNOTATION_END = ">>";

    private final String text;
    private final ExtractionRules rules;

    NumberFinder(TextScan scan, ExtractionRules rules) {
        text = scan.text();
        this.rules = rules;
    }

    /** The last number with its surroundings in {@code [begin, end)}. */
    Optional<ExtractedAnswer> lastIn(int begin, int end, AnswerSource source) {
        int stop = end;
        for (int i = 0; i < TRIES; i++) {
            int digit = stop - 1;
            while (digit >= begin && !Texts.isDigit(text.charAt(digit))) {
                digit--;
            }
            if (digit < begin) {
                return Optional.empty();
            }
            int wordBegin = wordBegin(digit, begin);
            int before = Texts.trimEnd(text, begin, wordBegin);
            String previous = text.substring(wordBegin(before - 1, begin), before);
            if (Words.isDenial(previous)) {
                return Optional.empty();
            }
            if (previous.isEmpty() || !Words.isLabel(previous)) {
                return around(wordBegin, wordEnd(digit, end), begin, end, source);
            }
            stop = wordBegin;
        }
        return Optional.empty();
    }

    private Optional<ExtractedAnswer> around(int wordBegin, int wordEnd, int limit, int stop, AnswerSource source) {
        int annotation = text.lastIndexOf(ANNOTATION_END, wordEnd - ANNOTATION_END.length());
        int behind = annotation + ANNOTATION_END.length();
        int first = annotation >= wordBegin && behind < wordEnd ? behind : wordBegin;
        int begin = first == wordBegin ? left(first, wordEnd, limit) : first;
        int end = right(wordEnd, begin, stop);
        if (text.charAt(begin) == ':') {
            // "Total : 18" is no ratio.
            begin++;
        }
        if (end - begin > rules.answerLength() || isDenied(end, stop)) {
            return Optional.empty();
        }
        String answer = Cleaning.clean(text, begin, end);
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExtractedAnswer(withoutLooseBrackets(answer), source, begin));
    }

    /** "f(x) = 0 has no solution" states no answer: a sentence about it that denies. */
    private boolean isDenied(int end, int stop) {
        int verb = Texts.skipBlanks(text, end, stop);
        int verbEnd = wordEnd(verb, stop);
        int next = Texts.skipBlanks(text, verbEnd, stop);
        return verb > end
                && verb < verbEnd
                && Words.denies(text.substring(verb, verbEnd), text.substring(next, wordEnd(next, stop)));
    }

    private int left(int wordBegin, int wordEnd, int limit) {
        int begin = wordBegin;
        int brackets = balance(wordBegin, wordEnd);
        for (int words = 0; words < WORDS && begin > limit; words++) {
            int end = begin - 1;
            int previous = wordBegin(end - 1, limit);
            if (text.charAt(end) == '\n' || end <= previous || end - previous > rules.answerLength()) {
                break;
            }
            String word = text.substring(previous, end);
            String next = text.substring(begin, Math.min(wordEnd, begin + 2));
            int name = word.equals("=") ? nameBefore(previous, limit) : previous;
            if (name < previous) {
                begin = name;
                continue;
            }
            boolean inBrackets = brackets < 0 && !Words.isProse(word);
            boolean joins = Words.isConjunction(word) && endsWithNumber(previous - 1, limit);
            if (!inBrackets && !joins && !Words.belongsBefore(word, next)) {
                break;
            }
            brackets += balance(previous, end);
            begin = previous;
        }
        return begin;
    }

    /** Where a one-letter name before an equals sign begins, so that "x = 5 and x = -3" stays whole; else the sign. */
    private int nameBefore(int sign, int limit) {
        int name = sign - 2;
        boolean letter = name >= limit && text.charAt(sign - 1) == ' ' && Texts.isLetter(text.charAt(name));
        boolean alone = letter && (name == limit || Texts.isSpace(text.charAt(name - 1)));
        return alone ? name : sign;
    }

    private boolean endsWithNumber(int end, int limit) {
        int last = end > limit && text.charAt(end - 1) == ',' ? end - 1 : end;
        return last > limit && Texts.isDigit(text.charAt(last - 1));
    }

    private int right(int wordEnd, int begin, int stop) {
        int end = wordEnd;
        String previous = text.substring(wordBegin(wordEnd - 1, begin), wordEnd);
        for (int words = 0; words < WORDS && end < stop; words++) {
            int next = Texts.skipBlanks(text, end, stop);
            int nextEnd = wordEnd(next, stop);
            if (next == nextEnd || nextEnd - next > rules.answerLength() || isSentenceEnd(end)) {
                break;
            }
            String word = text.substring(next, nextEnd);
            if (Words.isUnit(word) && !Words.isOperator(previous)) {
                return nextEnd;
            }
            boolean inBrackets = balance(begin, end) > 0 && !Words.isProse(word);
            if (!inBrackets && !Words.belongsAfter(word, previous)) {
                break;
            }
            end = nextEnd;
            previous = word;
        }
        return end;
    }

    private boolean isSentenceEnd(int end) {
        return ".!?".indexOf(text.charAt(end - 1)) >= 0;
    }

    /** Brackets that open less those that close. */
    private int balance(int begin, int end) {
        int balance = 0;
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            balance += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
        }
        return balance;
    }

    /** "(that is 18)" leaves a bracket that belongs to the sentence. */
    private static String withoutLooseBrackets(String answer) {
        int last = answer.length() - 1;
        if (last > 0 && answer.charAt(last) == ')' && answer.indexOf('(') < 0 && answer.indexOf('[') < 0) {
            return Cleaning.trim(answer.substring(0, last));
        }
        boolean opens = answer.charAt(0) == '(' && answer.indexOf(')') < 0 && answer.indexOf(']') < 0;
        return opens ? Cleaning.trim(answer.substring(1)) : answer;
    }

    private int wordBegin(int at, int limit) {
        int i = at;
        while (i >= limit && !Texts.isSpace(text.charAt(i))) {
            i--;
        }
        return i + 1;
    }

    private int wordEnd(int at, int stop) {
        int i = at;
        while (i < stop && !Texts.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
