package dev.cooper.mathverifier.extraction;

/**
 * The outermost boxes of a text, collected while it is scanned. A box inside a box belongs to the content of the outer
 * one, unless the outer one is never closed.
 */
final class BoxSpans {
    /** Boxes inside boxes that are followed; deeper ones belong to the last of these. */
    private static final int OPEN = 16;

    private final Positions commands = new Positions();
    private final Positions begins = new Positions();
    private final Positions ends = new Positions();
    private final int[] openCommands = new int[OPEN];
    private final int[] openBegins = new int[OPEN];
    private final int[] openDepths = new int[OPEN];
    private int open;
    private int depth;

    /** The brace at {@code brace} opens the content of the box whose command stands at {@code command}. */
    void openBox(int command, int brace) {
        if (open < OPEN) {
            openCommands[open] = command;
            openBegins[open] = brace + 1;
            openDepths[open] = depth;
            open++;
        }
        depth++;
    }

    void openBrace() {
        depth++;
    }

    void closeBrace(int at) {
        depth--;
        if (open > 0 && openDepths[open - 1] >= depth) {
            open--;
            add(openCommands[open], openBegins[open], at);
        }
    }

    /** A box whose content has no braces around it. */
    void add(int command, int begin, int end) {
        int outside = begins.countUpTo(begin);
        commands.truncate(outside);
        begins.truncate(outside);
        ends.truncate(outside);
        commands.add(command);
        begins.add(begin);
        ends.add(end);
    }

    /** Whether the box that begins last is never closed. */
    boolean lastIsOpen() {
        return open > 0 && (begins.isEmpty() || openBegins[open - 1] > begins.get(begins.size() - 1));
    }

    int lastOpenBegin() {
        return openBegins[open - 1];
    }

    int size() {
        return begins.size();
    }

    /** Where the command of a box stands. */
    int command(int index) {
        return commands.get(index);
    }

    int begin(int index) {
        return begins.get(index);
    }

    int end(int index) {
        return ends.get(index);
    }
}
