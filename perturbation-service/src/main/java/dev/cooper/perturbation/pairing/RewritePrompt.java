package dev.cooper.perturbation.pairing;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.PairingSettings;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the assistant reads. Placeholders are replaced once: what a text brings along is never taken for one. */
final class RewritePrompt {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(question|solution|answer)}}");

    private static final String WRONG_THROUGHOUT = """
            Here are a question and a solution of it.

            Question:
            {{question}}

            Solution:
            {{solution}}

            Make up another solution of the same question that is wrong from beginning to end. Its reasoning has to \
            mislead: false assumptions, steps that do not follow, mistakes in the arithmetic. To a reader in a hurry it \
            should look as sound as the one above. Keep its form, its tone and about its length, and state a final \
            answer in the same way; that answer must be something else than {{answer}}. Write only the solution. Do not \
            mention that it is wrong, and add no remarks.
            """;

    private static final String MINIMAL = """
            Here are a question and a solution of it.

            Question:
            {{question}}

            Solution:
            {{solution}}

            Copy the solution with as few changes as make its final answer wrong: put in one mistake that is easily made, \
            and carry its effect through to the end. Leave every other word as it is. The final answer is to be stated \
            in the same way and must be something else than {{answer}}. Write only the changed solution. Do not mention \
            the mistake, and add no remarks.
            """;

    private RewritePrompt() {}

    /**
     * The prompt for one positive.
     *
     * @param answer what the positive answers
     * @throws CooperException BAD_INPUT if the settings have neither a prompt nor a style
     */
    static String of(PairingSettings settings, String question, String solution, String answer) {
        String template = settings.getPrompt().isEmpty() ? builtIn(settings) : settings.getPrompt();
        Map<String, String> texts = Map.of("question", question, "solution", solution, "answer", answer);
        return PLACEHOLDER.matcher(template).replaceAll(found -> text(texts, found));
    }

    private static String text(Map<String, String> texts, MatchResult found) {
        return Matcher.quoteReplacement(texts.getOrDefault(found.group(1), ""));
    }

    private static String builtIn(PairingSettings settings) {
        return switch (settings.getStyle()) {
            case WRONG_THROUGHOUT -> WRONG_THROUGHOUT;
            case MINIMAL -> MINIMAL;
            case REWRITE_STYLE_UNSPECIFIED, UNRECOGNIZED ->
                throw CooperException.badInput("pairing.style", "pairing.style must be wrong or minimal");
        };
    }
}
