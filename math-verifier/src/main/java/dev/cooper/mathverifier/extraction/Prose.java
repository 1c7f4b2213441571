package dev.cooper.mathverifier.extraction;

import java.util.Locale;
import java.util.Set;

/** Sees without reading that a text is a sentence around an answer, or a derivation of one, not the answer itself. */
final class Prose {
    /** Words of a sentence; none of them stands in an answer that has a value. */
    private static final Set<String> SENTENCE = Set.of(
            "is",
            "are",
            "was",
            "were",
            "because",
            "since",
            "therefore",
            "thus",
            "hence",
            "so",
            "we",
            "she",
            "he",
            "they",
            "you",
            "it",
            "get",
            "gets",
            "have",
            "has",
            "had",
            "that",
            "this",
            "which",
            "these",
            "there",
            "makes",
            "need",
            "find",
            "conclude",
            "then",
            "not",
            "answer",
            "our",
            "gives",
            "give",
            "equals",
            "be",
            "satisfies",
            "satisfy");
    /** Words that may stand before a value. */
    private static final Set<String> BEFORE = Set.of(
            "and",
            "or",
            "sin",
            "cos",
            "tan",
            "cot",
            "sec",
            "csc",
            "log",
            "ln",
            "exp",
            "sqrt",
            "arcsin",
            "arccos",
            "arctan",
            "max",
            "min",
            "gcd",
            "lcm",
            "no",
            "all",
            "any",
            "undefined",
            "minus",
            "negative",
            "about",
            "approximately",
            "exactly",
            "option",
            "choice",
            "pi",
            "infinity",
            "us",
            "usd",
            "eur",
            "rs");

    private Prose() {}

    /** Whether a text asks, or has a value in it and words of a sentence, or begins with any. */
    static boolean surrounds(String text) {
        if (text.indexOf('?') >= 0
                || text.startsWith("\\begin{align")
                || text.startsWith("\\begin{eq")
                || text.startsWith("\\begin{gather")) {
            return true;
        }
        boolean value = false;
        boolean early = false;
        boolean sentence = false;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                value = true;
                i = behindCommand(text, i);
            } else if (Texts.isLetter(c)) {
                int first = i;
                while (i < text.length() && Texts.isLetter(text.charAt(i))) {
                    i++;
                }
                String word = text.substring(first, i).toLowerCase(Locale.ROOT);
                sentence |= SENTENCE.contains(word) && standsAlone(text, first, i);
                early |= !value && word.length() > 2 && !BEFORE.contains(word);
            } else {
                value |= Texts.isDigit(c) || c == '$';
                // A name before an equals sign, a colon or a bracket is a label or a function.
                early &= c != '=' && c != ':' && c != '(';
                i++;
            }
        }
        return value && (sentence || early);
    }

    /** Whether no operator, bracket or script touches a word: the b·y of ax+by is none. */
    private static boolean standsAlone(String text, int begin, int end) {
        return isBreak(begin == 0 ? ' ' : text.charAt(begin - 1))
                && isBreak(end == text.length() ? ' ' : text.charAt(end));
    }

    private static boolean isBreak(char c) {
        return Texts.isSpace(c) || ".,;:!?'$*}{".indexOf(c) >= 0;
    }

    /** Behind a command, and behind its text if it sets text. */
    private static int behindCommand(String text, int at) {
        int nameEnd = Texts.commandEnd(text, at + 1, text.length());
        if (nameEnd == at + 1) {
            return Math.min(at + 2, text.length());
        }
        boolean sets =
                nameEnd < text.length() && text.charAt(nameEnd) == '{' && isText(text.substring(at + 1, nameEnd));
        return sets ? Math.max(nameEnd, Texts.braceEnd(text, nameEnd, text.length())) : nameEnd;
    }

    static boolean isText(String command) {
        return command.startsWith("text")
                || command.equals("mbox")
                || command.equals("mathrm")
                || command.equals("operatorname")
                || command.equals("hbox");
    }
}
