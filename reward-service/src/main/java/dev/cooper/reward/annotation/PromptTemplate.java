package dev.cooper.reward.annotation;

import dev.cooper.platform.line.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt in which {@code {{question}}}, {@code {{reference}}} and {@code {{completion}}} stand for the texts. What
 * stands in these is never taken for a placeholder.
 */
public record PromptTemplate(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    /** Of a model that is asked for a solution, as it is in a run. */
    public static final PromptTemplate QUESTION = new PromptTemplate("{{question}}\n");

    /** Of a judge that can follow an instruction. */
    public static final PromptTemplate JUDGE = new PromptTemplate("""
            A student was asked the question below. You see its right answer and what the student wrote. Say whether the \
            student's final answer means the same as the right answer. Do not solve the question anew, and do not grade \
            the reasoning. An answer that is missing or cut off is wrong.

            Question:
            {{question}}

            Right answer:
            {{reference}}

            What the student wrote:
            {{completion}}

            Is the student's final answer right? Reply with one word, yes or no.
            """);

    /** The names of its placeholders. */
    List<String> placeholders() {
        List<String> names = new ArrayList<>();
        Matcher found = PLACEHOLDER.matcher(text);
        while (found.find()) {
            names.add(found.group(1));
        }
        return names;
    }

    String of(Problem problem) {
        return of(problem, "");
    }

    String of(Problem problem, String completion) {
        return of(problem.question(), problem.answer(), completion);
    }

    String of(String question, String reference, String completion) {
        Map<String, String> texts = Map.of("question", question, "reference", reference, "completion", completion);
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(texts.getOrDefault(found.group(1), found.group())));
    }

    /** By which a label names the prompt that it was given by: SHA-256 of its text in UTF-8, lower-case hex. */
    String sha256() {
        return Sha256.hex(text);
    }
}
