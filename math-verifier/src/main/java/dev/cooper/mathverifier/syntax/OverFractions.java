package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Plain TeX's fractions, {@code {5 \over 12}}, in the words of LaTeX: {@code {\frac{5}{12}}}. */
final class OverFractions {
    private static final String OVER = "over";

    private OverFractions() {}

    /** The same list if it holds none. */
    static List<Token> rewritten(List<Token> tokens) {
        if (tokens.stream().noneMatch(token -> token.isCommand(OVER))) {
            return tokens;
        }
        List<Token> result = new ArrayList<>(tokens.size());
        // Where the content of each open bracket begins in the result, and whether it is the divisor by now.
        Deque<Group> groups = new ArrayDeque<>();
        groups.push(new Group(0, true, false));
        for (Token token : tokens) {
            Group group = groups.getFirst();
            if (token.isCommand(OVER) && group.braced() && !group.divided()) {
                result.add(group.begin(), bracket(Kind.OPEN, "{"));
                result.add(group.begin(), new Token(Kind.COMMAND, "frac", Gap.NONE, false));
                result.add(bracket(Kind.CLOSE, "}"));
                result.add(bracket(Kind.OPEN, "{"));
                groups.pop();
                groups.push(new Group(group.begin(), true, true));
                continue;
            }
            if (token.kind() == Kind.CLOSE && groups.size() > 1) {
                end(groups.pop(), result);
            }
            result.add(token);
            if (token.kind() == Kind.OPEN) {
                groups.push(new Group(result.size(), token.isOpen("{") || token.isOpen("box"), false));
            }
        }
        groups.forEach(group -> end(group, result));
        return result;
    }

    private record Group(int begin, boolean braced, boolean divided) {}

    private static void end(Group group, List<Token> result) {
        if (group.divided()) {
            result.add(bracket(Kind.CLOSE, "}"));
        }
    }

    private static Token bracket(Kind kind, String text) {
        return new Token(kind, text, Gap.NONE, false);
    }
}
