package dev.cooper.mathverifier.metamorphic;

import java.util.ArrayList;
import java.util.List;

/** Other notations of any answer: the same signs written otherwise. */
final class Notations {
    private final List<Variant> variants = new ArrayList<>();
    private final String text;

    private Notations(String text) {
        this.text = text;
    }

    static List<Variant> of(String answer) {
        var notations = new Notations(answer);
        notations.commands();
        notations.unicode();
        notations.spaces();
        notations.brackets();
        return notations.variants;
    }

    private void commands() {
        add("dfrac", text.replaceAll("\\\\[dt]?frac", "\\\\dfrac"));
        add("tfrac", text.replaceAll("\\\\[dt]?frac", "\\\\tfrac"));
        add("frac with braces", text.replaceAll("\\\\frac *(\\d) *(\\d)(?!\\d)", "\\\\frac{$1}{$2}"));
        add("frac without braces", text.replaceAll("\\\\frac\\{(\\d)}\\{(\\d)}(?![\\d^])", "\\\\frac$1$2"));
        add("exponent in braces", text.replaceAll("\\^(\\d)(?!\\d)", "^{$1}"));
        add("exponent without braces", text.replaceAll("\\^\\{(\\d)}", "^$1"));
        add("root without braces", text.replaceAll("\\\\sqrt\\{(\\d)}", "\\\\sqrt$1"));
        add("root with braces", text.replaceAll("\\\\sqrt *(\\d)(?!\\d)", "\\\\sqrt{$1}"));
        add("degrees in braces", text.replaceAll("\\^\\{? *\\\\circ}?", "^{\\\\circ}"));
        add(
                "leqslant",
                text.replaceAll("\\\\leq?(?![a-zA-Z])", "\\\\leqslant")
                        .replaceAll("\\\\geq?(?![a-zA-Z])", "\\\\geqslant"));
        add("text in braces", text.replaceAll("\\\\mbox(?=\\{)", "\\\\text"));
        add("roman text", text.replaceAll("\\\\text(?=\\{\\(?[A-Z]\\)?})", "\\\\mathrm"));
        add("square matrix", text.replace("pmatrix}", "bmatrix}"));
        add("constants upright", text.replaceAll("(?<![a-zA-Z\\\\])e(?=\\^)", "\\\\mathrm{e}"));
        add("binomial in display", text.replace("\\binom", "\\dbinom"));
    }

    private void unicode() {
        add("Unicode minus", text.replace('-', '−'));
        add("Unicode pi", text.replaceAll("\\\\pi(?![a-zA-Z])", "π"));
        add("Unicode root", text.replaceAll("\\\\sqrt\\{(\\d+)}", "√$1"));
        add(
                "Unicode signs",
                text.replaceAll("\\\\infty(?![a-zA-Z])", "∞")
                        .replaceAll("\\\\cup(?![a-zA-Z])", "∪")
                        .replaceAll("\\\\leq?(?![a-zA-Z])", "≤")
                        .replaceAll("\\\\geq?(?![a-zA-Z])", "≥")
                        .replaceAll("\\\\pm(?![a-zA-Z])", "±"));
        add("Unicode degrees", text.replaceAll("\\^\\{? *\\\\circ}?", "°"));
        if (!text.contains("^{")) {
            add("Unicode exponent", text.replaceAll("\\^2(?!\\d)", "²").replaceAll("\\^3(?!\\d)", "³"));
        }
    }

    private void spaces() {
        add("spaces around", "  " + text + " ");
        add("full stop", text.endsWith(".") ? text : text + ".");
        if (!AnswerText.hasWords(text)) {
            add("spaces at signs", text.replaceAll("(?<=[\\w})]) ?([-+=]) ?(?=[\\w\\\\({])", " $1 "));
            add("spaces behind commas", text.replaceAll(",(?! |\\\\|\\d{3}(?!\\d))(?!})", ", "));
            add("no spaces at signs", text.replaceAll("(?<=[\\d})]) *([-+=]) *(?=[\\d(])", "$1"));
            add("no spaces behind commas", text.replaceAll(", (?!\\d{3}(?!\\d))", ","));
            add("thin spaces", text.replaceAll("(?<=[\\d}]) (?=\\\\(?:sqrt|pi))", "\\\\,"));
        }
    }

    private void brackets() {
        if (text.contains("\\left") || text.contains("\\right")) {
            add("brackets of plain size", text.replaceAll("\\\\(left|right)(?![a-zA-Z])", ""));
        } else if (AnswerText.isEnclosed(text) && "([".indexOf(text.charAt(0)) >= 0) {
            add(
                    "brackets that grow",
                    "\\left" + text.substring(0, text.length() - 1) + "\\right" + text.charAt(text.length() - 1));
        }
        if (IndependentEquality.isScalar(text) && !text.contains(",") && !AnswerText.hasWords(text)) {
            add("in brackets", "(" + text + ")");
            add("in growing brackets", "\\left(" + text + "\\right)");
            add("in braces", "{" + text + "}");
        }
    }

    private void add(String form, String changed) {
        if (!changed.equals(text)) {
            variants.add(new Variant(form, changed));
        }
    }
}
