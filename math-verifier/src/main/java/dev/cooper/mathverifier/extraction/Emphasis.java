package dev.cooper.mathverifier.extraction;

/** Tells the stars that set text in bold from the operator of powers: {@code **18** apples}, {@code 10**3}. */
final class Emphasis {
    private static final char STAR = '*';

    private Emphasis() {}

    /**
     * Whether the run of stars in {@code [at, after)} raises what stands before it.
     *
     * @param open whether an emphasis was begun before and is not ended yet
     */
    static boolean isPower(String text, int begin, int at, int after, int end, boolean open) {
        int before = Texts.trimEnd(text, begin, at);
        int behind = Texts.skipBlanks(text, after, end);
        boolean lopsided = (before < at) != (behind > after);
        if (lopsided || before <= begin || behind >= end) {
            return false;
        }
        char base = text.charAt(before - 1);
        char exponent = text.charAt(behind);
        boolean raised = Texts.isDigit(base) || Texts.isLetter(base) || ")]}".indexOf(base) >= 0;
        boolean number = Texts.isDigit(exponent) || "(-+{\\".indexOf(exponent) >= 0;
        // "**5**cm" ends an emphasis, "2**x" begins none.
        return raised && (number || (!open && Texts.isLetter(exponent)));
    }

    /** The text without the stars that set it in bold. */
    static String removed(String text) {
        var plain = new StringBuilder(text.length());
        boolean open = false;
        int at = 0;
        while (at < text.length()) {
            int after = runEnd(text, at);
            boolean bold = after - at > 1 && !isPower(text, 0, at, after, text.length(), open);
            open ^= bold;
            int kept = Math.max(after, at + 1);
            if (bold) {
                // An odd star stays: it is a product or an emphasis that ends elsewhere.
                kept = after;
                plain.append((after - at) % 2 == 1 ? "*" : "");
            } else {
                plain.append(text, at, kept);
            }
            at = kept;
        }
        return plain.toString();
    }

    private static int runEnd(String text, int at) {
        int i = at;
        while (i < text.length() && text.charAt(i) == STAR) {
            i++;
        }
        return i;
    }
}
