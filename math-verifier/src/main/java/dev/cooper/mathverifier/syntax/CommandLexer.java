package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Commands.Command;
import dev.cooper.mathverifier.syntax.LexerState.Mode;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;

/** Turns LaTeX commands into tokens, or drops them. */
final class CommandLexer {
    private static final int LONGEST_DISTANCE = 10;

    private final LexerState state;

    /** Which side of what it encloses a delimiter with a size stands on. */
    private enum Side {
        LEFT,
        RIGHT,
        MIDDLE,
        /** {@code \big} and its like do not tell. */
        NONE;

        static Side of(String command) {
            if (command.equals("left") || command.equals("mleft") || command.endsWith("l")) {
                return LEFT;
            }
            boolean middle = command.equals("middle") || command.endsWith("m");
            return middle
                    ? MIDDLE
                    : command.endsWith("r") || command.equals("right") || command.equals("mright") ? RIGHT : NONE;
        }
    }

    CommandLexer(LexerState state) {
        this.state = state;
    }

    /** The command at the backslash where the state stands. */
    void command() {
        String text = state.text;
        int end = state.at + 1;
        while (end < text.length() && isAsciiLetter(text.charAt(end))) {
            end++;
        }
        if (end == state.at + 1 && end < text.length()) {
            end += Character.charCount(text.codePointAt(end));
        }
        String name = text.substring(state.at + 1, end);
        state.at = end;
        if (name.isEmpty()) {
            state.widen(Gap.SPACE);
        } else if (name.equals("\\")) {
            state.add(Kind.SYMBOL, Token.LINE_END);
            skipLineSpace();
        } else {
            named(name);
        }
    }

    /** The distance in {@code \\[4pt]}. */
    private void skipLineSpace() {
        int limit = Math.min(state.text.length(), state.at + LONGEST_DISTANCE);
        int end = state.isAt(state.at, '[') ? state.text.indexOf(']', state.at, limit) : -1;
        if (end > state.at + 2
                && CommandLexer.isAsciiLetter(state.text.charAt(end - 1))
                && CommandLexer.isAsciiLetter(state.text.charAt(end - 2))
                && state.text.charAt(state.at + 1) <= '9') {
            state.at = end + 1;
        }
    }

    private void named(String name) {
        Command command = Commands.find(name);
        String glued = command == null ? Commands.gluedPrefix(name) : null;
        if (glued != null) {
            state.at -= name.length() - glued.length();
            command = Commands.find(glued);
        }
        if (command == null) {
            state.add(Kind.COMMAND, "\\" + name);
        } else {
            apply(command);
        }
    }

    void apply(Command command) {
        String value = command.value();
        switch (command.action()) {
            case DROP -> {}
            case SPACE -> state.widen(Gap.SPACE);
            case BORDER -> state.border(value.equals("(") || value.equals("["));
            case WIDE -> state.widen(Gap.WIDE);
            case SIDE -> side(Side.of(value));
            case SKIP, SKIP_FIRST -> state.takeArgument();
            case FONT -> wrap(state.mode);
            case ROMAN -> wrap(Mode.ROMAN);
            case TEXT -> wrap(Mode.TEXT);
            case BOX -> state.boxNext();
            case NUMBER_SET -> numberSet();
            case SYMBOL -> state.add(Kind.SYMBOL, value);
            case WORD -> state.add(Kind.TEXT, value);
            case OPEN -> state.open(value);
            case CLOSE -> state.close(value);
            case LETTER -> state.add(Kind.LETTER, value);
            case ENVIRONMENT -> environment(value.equals("begin"));
            case COMMAND -> state.add(Kind.COMMAND, value);
        }
    }

    private void environment(boolean begins) {
        String name = state.takeArgument();
        if (Environments.isTransparent(name)) {
            state.widen(Gap.SPACE);
        } else if (begins) {
            state.open("begin:" + name);
            if (name.equals("array")) {
                state.takeArgument();
            }
        } else {
            state.close("begin:" + name);
        }
    }

    /** The argument of a font or a text: what stands in the brace that follows. */
    private void wrap(Mode inside) {
        int next = state.skipSpaces(state.at);
        if (state.isAt(next, '*')) {
            next = state.skipSpaces(next + 1);
        }
        if (state.isAt(next, '{')) {
            state.at = next;
            state.wrapNext(inside);
        } else if (inside != state.mode && state.isInBraces()) {
            // {\rm cm}: to the end of the brace.
            state.mode = inside;
        }
    }

    private void numberSet() {
        int next = state.skipSpaces(state.at);
        boolean braced = state.isAt(next, '{');
        int letter = braced ? state.skipSpaces(next + 1) : next;
        int end = braced ? state.skipSpaces(letter + 1) : letter;
        if (letter < state.text.length()
                && "RZNQC".indexOf(state.text.charAt(letter)) >= 0
                && (!braced || state.isAt(end, '}'))) {
            state.add(Kind.COMMAND, "set" + state.text.charAt(letter));
            state.at = end + 1;
        } else {
            wrap(state.mode);
        }
    }

    /** The delimiter behind {@code \left} and its like; a dot is an empty one. */
    private void side(Side side) {
        boolean right = side == Side.RIGHT;
        state.at = state.skipSpaces(state.at);
        String text = state.text;
        int at = state.at;
        String delimiter;
        int length;
        if (state.isAt(at, '.')) {
            delimiter = ".";
            length = 1;
        } else if (state.isAt(at, '|') || text.startsWith("\\vert", at)) {
            delimiter = "|";
            length = state.isAt(at, '|') ? 1 : "\\vert".length();
        } else if (text.startsWith("\\|", at) || text.startsWith("\\Vert", at)) {
            delimiter = "\u2016";
            length = text.startsWith("\\|", at) ? 2 : "\\Vert".length();
        } else if (state.isAt(at, right ? '>' : '<')) {
            delimiter = right ? "\u27e9" : "\u27e8";
            length = 1;
        } else {
            // A bracket that speaks for itself.
            return;
        }
        state.at = at + length;
        if (side == Side.NONE) {
            state.add(Kind.SYMBOL, delimiter);
        } else if (side == Side.MIDDLE) {
            state.add(Kind.SYMBOL, delimiter.equals("|") ? "\u2223" : delimiter);
        } else if (right) {
            state.close(delimiter);
        } else {
            state.open(delimiter);
        }
    }

    static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
