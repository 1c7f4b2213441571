package dev.cooper.mathverifier.extraction;

import java.util.List;
import java.util.Set;

/**
 * The part of a text in which an answer counts: behind the model's thoughts if anything stands there, before the end of
 * its turn, and without the commands that end a page.
 */
record Region(int begin, int end) {
    private static final String THOUGHT_END = "</think>";
    /** What ends a model's turn; a text that goes on is not the model's answer. */
    private static final List<String> TURN_ENDS =
            List.of("<|im_end|>", "<|im_start|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>", "</s>");

    /** Commands that lay out a page or end a proof. */
    private static final Set<String> LAYOUT = Set.of(
            "noindent",
            "newpage",
            "vspace",
            "hfill",
            "qed",
            "blacksquare",
            "hspace",
            "smallskip",
            "medskip",
            "bigskip",
            "par",
            "newline",
            "clearpage");

    private static final Set<String> ENVIRONMENTS =
            Set.of("{problem}", "{solution}", "{proof}", "{enumerate}", "{itemize}", "{document}", "{center}");
    /** Characters of such a command with its argument. */
    private static final int COMMAND = 32;

    static Region of(String text) {
        int begin = 0;
        int thought = text.lastIndexOf(THOUGHT_END);
        if (thought >= 0) {
            int behind = thought + THOUGHT_END.length();
            begin = Texts.skipSpace(text, behind, text.length()) < text.length() ? behind : begin;
        }
        int end = text.length();
        for (String turnEnd : TURN_ENDS) {
            int found = text.indexOf(turnEnd, begin);
            end = found >= 0 && Texts.skipSpace(text, begin, found) < found ? Math.min(end, found) : end;
        }
        return new Region(begin, withoutLayout(text, begin, end));
    }

    private static int withoutLayout(String text, int begin, int end) {
        int rest = Texts.trimEnd(text, begin, end);
        while (true) {
            int command = text.lastIndexOf('\\', rest - 1);
            if (command < begin || rest - command > COMMAND || !isLayout(text, command, rest)) {
                return rest;
            }
            boolean lineBreak = command == rest - 1 && command > begin && text.charAt(command - 1) == '\\';
            rest = Texts.trimEnd(text, begin, lineBreak ? command - 1 : command);
        }
    }

    private static boolean isLayout(String text, int command, int end) {
        int nameEnd = Texts.commandEnd(text, command + 1, end);
        String name = text.substring(command + 1, nameEnd);
        String argument = text.substring(nameEnd, end);
        if (name.equals("end")) {
            return ENVIRONMENTS.contains(argument);
        }
        boolean whole =
                argument.isEmpty() || (argument.startsWith("{") && argument.indexOf('}') == argument.length() - 1);
        return whole && (name.isEmpty() ? argument.isEmpty() : LAYOUT.contains(name));
    }
}
