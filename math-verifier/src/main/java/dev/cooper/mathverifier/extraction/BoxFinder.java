package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.ExtractedAnswer;
import dev.cooper.mathverifier.IncorrectReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers in boxes. Boxes side by side in one sentence are one statement, and all statements of a text have to agree
 * unless the rules let the last one stand alone.
 */
final class BoxFinder {
    /** Characters of a label before a box: {@code y_{2} = }. */
    private static final int LABEL = 24;

    private final TextScan scan;
    private final BoxSpans boxes;
    private final ExtractionRules rules;

    BoxFinder(TextScan scan, ExtractionRules rules) {
        this.scan = scan;
        this.boxes = scan.boxes();
        this.rules = rules;
    }

    Extraction find() {
        if (boxes.lastIsOpen()) {
            return rules.openBoxes() ? openBox() : Extraction.Unreadable.because("the last box is never closed");
        }
        if (boxes.size() == 0) {
            return new Extraction.None();
        }
        // Statement by text, the last place of each; from the end, so that the limit keeps the last ones.
        Map<String, List<ExtractedAnswer>> statements = new LinkedHashMap<>();
        int last = boxes.size() - 1;
        while (last >= 0) {
            int first = firstOfStatement(last);
            List<ExtractedAnswer> statement = statement(first, last);
            if (statement == null) {
                return Extraction.Unreadable.because("a box is longer than " + rules.answerLength() + " characters");
            }
            if (!statement.isEmpty()) {
                statements.putIfAbsent(joined(statement).text(), statement);
            }
            if (statements.size() > rules.boxes()) {
                return new Extraction.Unreadable(
                        IncorrectReason.SEVERAL_ANSWERS, "more than " + rules.boxes() + " different boxes");
            }
            if (!rules.allBoxes() && !statements.isEmpty()) {
                break;
            }
            last = first - 1;
        }
        return result(List.copyOf(statements.values()));
    }

    private static Extraction result(List<List<ExtractedAnswer>> statements) {
        if (statements.isEmpty()) {
            return Extraction.Unreadable.because("the box is empty");
        }
        if (statements.size() == 1) {
            List<ExtractedAnswer> statement = statements.getFirst();
            return new Extraction.Found(statement, statement.size() > 1);
        }
        return new Extraction.Found(
                statements.reversed().stream().map(BoxFinder::joined).toList(), false);
    }

    private static ExtractedAnswer joined(List<ExtractedAnswer> statement) {
        return statement.size() == 1 ? statement.getFirst() : new Extraction.Found(statement, true).joined();
    }

    private int firstOfStatement(int last) {
        int first = last;
        while (first > 0
                && last - first < rules.boxes()
                && Connectives.joinBoxes(scan.text(), boxes.end(first - 1) + 1, boxes.command(first))) {
            first--;
        }
        return first;
    }

    /** The different answers of boxes side by side; null if one is too long. */
    private @Nullable List<ExtractedAnswer> statement(int first, int last) {
        Map<String, ExtractedAnswer> answers = new LinkedHashMap<>();
        for (int i = first; i <= last; i++) {
            if (boxes.end(i) - boxes.begin(i) > rules.answerLength()) {
                return null;
            }
            String content = Cleaning.clean(scan.text(), boxes.begin(i), boxes.end(i));
            if (!content.isEmpty()) {
                String whole = (first == last ? "" : label(i))
                        + content
                        + Suffixes.behind(content, scan.text(), boxes.end(i) + 1, scan.end());
                answers.putIfAbsent(
                        whole, new ExtractedAnswer(whole, AnswerSource.BOXED, offset(boxes.begin(i), boxes.end(i))));
            }
        }
        return new ArrayList<>(answers.values());
    }

    private int offset(int begin, int end) {
        return Texts.skipSpace(scan.text(), begin, end);
    }

    /** {@code y_2 = } before a box, so that boxes side by side keep apart what is equal to what. */
    private String label(int box) {
        String text = scan.text();
        int sign = Texts.trimEnd(text, scan.begin(), boxes.command(box)) - 1;
        if (sign < scan.begin() || text.charAt(sign) != '=') {
            return "";
        }
        int end = Texts.trimEnd(text, scan.begin(), sign);
        int begin = end;
        while (begin > scan.begin() && end - begin < LABEL && isLabel(text.charAt(begin - 1))) {
            begin--;
        }
        boolean whole = begin == scan.begin() || text.charAt(begin - 1) != '\\';
        boolean named = begin < end && Texts.isLetter(text.charAt(begin)) && bracesOnlyBelow(begin, end);
        return named && whole ? text.substring(begin, end) + " = " : "";
    }

    private boolean bracesOnlyBelow(int begin, int end) {
        String text = scan.text();
        for (int i = begin + 1; i < end; i++) {
            if (text.charAt(i) == '{' && text.charAt(i - 1) != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLabel(char c) {
        return Texts.isLetter(c) || Texts.isDigit(c) || "_{}'".indexOf(c) >= 0;
    }

    private Extraction openBox() {
        int begin = boxes.lastOpenBegin();
        int end = Math.min(Texts.lineEnd(scan.text(), begin, scan.end()), begin + rules.answerLength());
        String content = Cleaning.clean(scan.text(), begin, end);
        return content.isEmpty()
                ? Extraction.Unreadable.because("the last box is never closed")
                : Extraction.Found.of(content, AnswerSource.BOXED, offset(begin, end));
    }
}
