package dev.cooper.mathverifier.extraction;

import java.util.List;
import java.util.Set;

/** Takes off an answer's text what is no part of it: space, emphasis, full stops, delimiters, what LaTeX ends with. */
final class Cleaning {
    /** Commands that lay out a page; what stands from the first of them on, at the end of a text, is no answer. */
    private static final Set<String> LAYOUT = Set.of(
            "noindent",
            "newpage",
            "vspace",
            "hfill",
            "qed",
            "square",
            "blacksquare",
            "Box",
            "hspace",
            "smallskip",
            "medskip",
            "bigskip",
            "par",
            "newline",
            "clearpage");
    /** Commands that a text which was escaped twice writes with two backslashes; none begins a row of a matrix so. */
    private static final Set<String> COMMANDS = Set.of(
            "left", "right", "frac", "dfrac", "tfrac", "cfrac", "sqrt", "text", "textbf", "mathrm", "mathbf", "mathbb",
            "boxed", "pi", "cdot", "times", "le", "leq", "ge", "geq", "lt", "gt", "neq", "infty", "cup", "cap", "pm",
            "mp", "in", "circ", "begin", "end", "sin", "cos", "tan", "log", "ln", "theta", "alpha", "beta", "quad",
            "angle", "approx", "equiv", "sum", "prod", "binom");

    private static final List<String> DELIMITERS = List.of("$$", "$", "\\(", "\\)", "\\[", "\\]", "\\\\(", "\\\\)");
    /** A longer text is no answer, whatever stands around it. */
    private static final int LONGEST = 8192;

    private static final String EMPHASIS = "**";

    private Cleaning() {}

    /** The text of {@code [begin, end)} as an answer; empty if nothing is left. */
    static String clean(String text, int begin, int end) {
        String answer = text.substring(begin, end);
        // Quotation marks of a text that was escaped.
        answer = trim(answer.contains("\\\"") ? answer.replace("\\\"", "\"") : answer);
        if (answer.contains(EMPHASIS)) {
            answer = trim(Emphasis.removed(answer));
        }
        if (answer.length() <= LONGEST && answer.indexOf('\\') >= 0) {
            answer = trim(withoutLayout(answer));
            answer = answer.contains("\\\\") ? escapedOnce(answer) : answer;
        }
        String bare = withoutLooseBrace(withoutDelimiters(answer));
        return bare.startsWith("=") ? trim(bare.substring(1)) : bare;
    }

    /** Without surrounding space and markup, and without a full stop or comma at the end (an ellipsis stays). */
    static String trim(String text) {
        int begin = Texts.skipSpaceAndMarkup(text, 0, text.length());
        int end = text.length();
        while (end > begin && isLoose(text, begin, end)) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isLoose(String text, int begin, int end) {
        char last = text.charAt(end - 1);
        boolean escaped = end - 2 >= begin && text.charAt(end - 2) == '\\';
        if (escaped) {
            // "\ " and "\," at the end are space; "\\" is a line break.
            return false;
        }
        boolean prime = last == '\'' && end - 2 >= begin && isPrimed(text.charAt(end - 2));
        return !prime && (Texts.isSpace(last) || Texts.isMarkup(last) || isStop(text, begin, end));
    }

    private static boolean isPrimed(char c) {
        return Texts.isLetter(c) || c == '\'';
    }

    private static boolean isStop(String text, int begin, int end) {
        char last = text.charAt(end - 1);
        boolean stop = last == '.' || last == ',' || last == ';';
        return stop && (end - 1 == begin || text.charAt(end - 2) != '.');
    }

    /** Cuts line breaks and layout off the end, and the end of an environment that began before. */
    private static String withoutLayout(String answer) {
        String rest = answer;
        while (true) {
            int command = rest.lastIndexOf('\\');
            if (command < 0) {
                return rest;
            }
            int nameEnd = Texts.commandEnd(rest, command + 1, rest.length());
            String name = rest.substring(command + 1, nameEnd);
            boolean lineBreak = command > 0
                    && rest.charAt(command - 1) == '\\'
                    && rest.substring(nameEnd).isBlank();
            boolean layout = LAYOUT.contains(name)
                    || (name.isEmpty() && rest.substring(nameEnd).isBlank())
                    || (name.equals("end") && !rest.contains("\\begin"));
            if (lineBreak && name.isEmpty()) {
                command--;
            } else if (!layout) {
                return rest;
            }
            rest = trim(rest.substring(0, command));
        }
    }

    /** {@code \\frac} becomes {@code \frac}: a row of a matrix that begins with the word "frac" makes no sense. */
    private static String escapedOnce(String answer) {
        var result = new StringBuilder(answer.length());
        int i = 0;
        while (i < answer.length()) {
            char c = answer.charAt(i);
            boolean two = c == '\\' && i + 1 < answer.length() && answer.charAt(i + 1) == '\\';
            if (!two) {
                result.append(c);
                i++;
                continue;
            }
            int nameEnd = Texts.commandEnd(answer, i + 2, answer.length());
            boolean command = COMMANDS.contains(answer.substring(i + 2, nameEnd));
            result.append(command ? "\\" : "\\\\");
            i += 2;
        }
        return result.toString();
    }

    /** The brace that closes what began before the answer: {@code \text{Answer: 5}}, {@code {"answer": 5}}. */
    private static String withoutLooseBrace(String answer) {
        int last = answer.length() - 1;
        boolean loose =
                last > 0 && answer.charAt(last) == '}' && answer.charAt(last - 1) != '\\' && answer.indexOf('{') < 0;
        return loose ? trim(answer.substring(0, last)) : answer;
    }

    /** {@code $x$} becomes {@code x}; a single dollar may be a currency sign and stays. */
    private static String withoutDelimiters(String answer) {
        String rest = answer;
        for (int i = 0; i < DELIMITERS.size(); i += i < 2 ? 1 : 2) {
            String open = DELIMITERS.get(i);
            String close = i < 2 ? open : DELIMITERS.get(i + 1);
            boolean around = rest.length() > open.length() + close.length()
                    && rest.startsWith(open)
                    && rest.endsWith(close)
                    && rest.indexOf(close, open.length()) == rest.length() - close.length()
                    && rest.charAt(rest.length() - close.length() - 1) != '\\';
            if (around) {
                rest = trim(rest.substring(open.length(), rest.length() - close.length()));
            }
        }
        return rest;
    }
}
