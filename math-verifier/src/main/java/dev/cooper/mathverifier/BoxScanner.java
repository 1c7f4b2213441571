package dev.cooper.mathverifier;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Collects the contents of the outermost {@code \boxed} and {@code \fbox} of a text in one pass. A box inside a box
 * belongs to the content of the outer one.
 */
final class BoxScanner {
    private static final List<String> COMMANDS = List.of("\\boxed", "\\fbox");

    private final String text;
    private final CheckOptions.Budget budget;
    private final SequencedSet<String> contents = new LinkedHashSet<>();
    private boolean seen;
    private String fault = "";
    private int position;

    private BoxScanner(String text, CheckOptions.Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    static Extraction scan(String text, CheckOptions.Budget budget) {
        return new BoxScanner(text, budget).scan();
    }

    private Extraction scan() {
        while (position < text.length()) {
            int command = text.charAt(position) == '\\' ? commandLength(position) : 0;
            if (command > 0) {
                seen = true;
                position += command;
                readBox();
            } else {
                position += text.charAt(position) == '\\' && commandLength(position + 1) == 0 ? 2 : 1;
            }
        }
        return result();
    }

    private Extraction result() {
        if (!seen) {
            return new Extraction.None();
        }
        if (!fault.isEmpty()) {
            return Extraction.Unreadable.because(fault);
        }
        if (contents.isEmpty()) {
            return Extraction.Unreadable.because("the box is empty");
        }
        if (contents.size() > budget.boxes()) {
            return new Extraction.Unreadable(
                    IncorrectReason.SEVERAL_ANSWERS, "more than " + budget.boxes() + " different boxes");
        }
        List<ExtractedAnswer> answers = new ArrayList<>();
        contents.forEach(content -> answers.add(new ExtractedAnswer(content, AnswerSource.BOXED)));
        return new Extraction.Found(answers);
    }

    private int commandLength(int at) {
        for (String command : COMMANDS) {
            int end = at + command.length();
            if (text.startsWith(command, at) && (end == text.length() || !Character.isLetter(text.charAt(end)))) {
                return command.length();
            }
        }
        return 0;
    }

    private void readBox() {
        position = Characters.skipSpace(text, position);
        if (position == text.length()) {
            fault = "the text ends at an open box";
        } else if (text.charAt(position) == '{') {
            readBraces();
        } else {
            readBareWord();
        }
    }

    private void readBraces() {
        int begin = position + 1;
        int depth = 0;
        for (; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '\\') {
                position++;
            } else if (c == '{') {
                depth++;
                if (depth > budget.depth()) {
                    fault = "braces nested deeper than " + budget.depth();
                }
            } else if (c == '}') {
                depth--;
                if (depth == 0) {
                    add(begin, position++);
                    return;
                }
            }
        }
        position = text.length();
        if (fault.isEmpty()) {
            fault = "the last box is never closed";
        }
    }

    /** {@code \boxed 42}, which some models write. */
    private void readBareWord() {
        int begin = position;
        while (position < text.length()
                && !Characters.isSpace(text.charAt(position))
                && text.charAt(position) != '$'
                && text.charAt(position) != '\\') {
            position++;
        }
        add(begin, position);
    }

    private void add(int begin, int end) {
        if (end - begin > budget.answerLength()) {
            fault = "a box is longer than " + budget.answerLength() + " characters";
        } else if (contents.size() <= budget.boxes()) {
            String content = Characters.trim(text.substring(begin, end));
            if (!content.isEmpty()) {
                contents.add(content);
            }
        }
    }
}
