package dev.cooper.languagemodel.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that a reward model reads: a template in which {@code {{question}}}, {@code {{reference}}} and
 * {@code {{completion}}} stand for the texts. Completion and reference are cut, the same way in scoring and in
 * training. What stands in the texts is never taken for a placeholder.
 */
public final class RewardInput {
    private static final String QUESTION = "question";
    private static final String REFERENCE = "reference";
    private static final String COMPLETION = "completion";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);

    /** VerifyRM's template and cut. */
    public static final RewardInput STANDARD = new RewardInput(
            "<question>{{question}}</question>\n<reference_answer>{{reference}}</reference_answer>\n<completion>{{completion}}</completion>",
            Cut.STANDARD);

    private final String template;
    private final Cut cut;

    /**
     * Checks a template.
     *
     * @throws IllegalArgumentException if it has another placeholder, or lacks the completion's
     */
    public RewardInput(String template, Cut cut) {
        List<String> names = new ArrayList<>();
        Matcher placeholders = PLACEHOLDER.matcher(template);
        while (placeholders.find()) {
            names.add(placeholders.group(1));
        }
        for (String name : names) {
            if (!List.of(QUESTION, REFERENCE, COMPLETION).contains(name)) {
                throw new IllegalArgumentException(
                        "The template has {{%s}}; it may have {{question}}, {{reference}} and {{completion}}"
                                .formatted(name));
            }
        }
        if (!names.contains(COMPLETION)) {
            throw new IllegalArgumentException(
                    "The template lacks {{completion}}, so that every completion would get the same score; add it");
        }
        this.template = template;
        this.cut = cut;
    }

    /**
     * How a long text is shortened; lengths are in characters, each a Unicode code point.
     *
     * @param over texts longer than this are cut
     * @param first characters that stay of the beginning
     * @param last characters that stay of the end
     */
    public record Cut(int over, int first, int last) {
        /** Over 1500: the first 500 and the last 1000. */
        public static final Cut STANDARD = new Cut(1500, 500, 1000);

        public Cut {
            if (first < 0 || last < 0 || over < 1 || (long) first + last > over || first + last == 0) {
                throw new IllegalArgumentException(
                        "A cut over %d characters that keeps the first %d and the last %d; it must keep at least 1 and at most what it cuts over"
                                .formatted(over, first, last));
            }
        }

        /** The text, or its beginning and its end. */
        public String of(String text) {
            int length = text.codePointCount(0, text.length());
            if (length <= over) {
                return text;
            }
            return text.substring(0, text.offsetByCodePoints(0, first))
                    + text.substring(text.offsetByCodePoints(text.length(), -last));
        }
    }

    /** The template with its placeholders. */
    public String template() {
        return template;
    }

    /** How completions and references are cut. */
    public Cut cut() {
        return cut;
    }

    /** The text to score. */
    public String render(String question, String reference, String completion) {
        Map<String, String> texts =
                Map.of(QUESTION, question, REFERENCE, cut.of(reference), COMPLETION, cut.of(completion));
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(placeholder ->
                        Matcher.quoteReplacement(texts.getOrDefault(placeholder.group(1), placeholder.group())));
    }
}
