package dev.cooper.mathverifier.syntax;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Characters outside ASCII that have the meaning of a command or of an ASCII character. */
final class UnicodeSigns {
    private static final Map<Integer, Commands.Command> SIGNS = signs();
    private static final Map<Integer, String> FRACTIONS = Map.of(
            0xbd, "12", 0xbc, "14", 0xbe, "34", 0x2153, "13", 0x2154, "23", 0x2155, "15", 0x215b, "18", 0x215c, "38");
    private static final String SUPERSCRIPTS =
            "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207f\u2071\u02e3";
    private static final String SUPERSCRIPTED = "0123456789+-nix";
    private static final String SUBSCRIPTS =
            "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u2099\u1d62\u2093\u2096";
    private static final String SUBSCRIPTED = "0123456789+-nixk";

    private static final String[] ASCII = ascii();
    /** How far full-width forms stand behind ASCII. */
    private static final int WIDTH = 0xfee0;

    private UnicodeSigns() {}

    /** The text of an ASCII character, always the same. */
    static String text(char c) {
        return ASCII[c];
    }

    private static String[] ascii() {
        String[] texts = new String[0x80];
        for (char c = 0; c < texts.length; c++) {
            texts[c] = String.valueOf(c).intern();
        }
        return texts;
    }

    static Commands.@Nullable Command find(int codePoint) {
        return SIGNS.get(codePoint);
    }

    /** Numerator and denominator of a vulgar fraction, one digit each; null if it is none. */
    static @Nullable String fraction(int codePoint) {
        return FRACTIONS.get(codePoint);
    }

    /** The character that stands raised, or 0. */
    static char raised(int codePoint) {
        int index = SUPERSCRIPTS.indexOf(codePoint);
        return index < 0 ? 0 : SUPERSCRIPTED.charAt(index);
    }

    /** The character that stands lowered, or 0. */
    static char lowered(int codePoint) {
        int index = SUBSCRIPTS.indexOf(codePoint);
        return index < 0 ? 0 : SUBSCRIPTED.charAt(index);
    }

    /** Whether a letter means itself and is no sign, script or fraction. */
    static boolean isPlainLetter(int codePoint) {
        return find(codePoint) == null && raised(codePoint) == 0 && lowered(codePoint) == 0;
    }

    /** Whether it has no width and no meaning: joiners, directional marks, a byte order mark. */
    static boolean isInvisible(int codePoint) {
        return (codePoint >= 0x200b && codePoint <= 0x200f)
                || (codePoint >= 0x2060 && codePoint <= 0x2064)
                || codePoint == 0xfeff
                || codePoint == 0xad;
    }

    /** Whether one of the two halves of a character stands without the other. */
    static boolean hasLoneSurrogate(String text) {
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return true;
            }
            i += Character.charCount(c);
        }
        return false;
    }

    /** Full-width forms as ASCII, all else as it is. */
    static String narrowed(String text) {
        boolean wide = false;
        for (int i = 0; i < text.length() && !wide; i++) {
            wide = isWide(text.charAt(i));
        }
        if (!wide) {
            return text;
        }
        var narrowed = new StringBuilder(text);
        for (int i = 0; i < narrowed.length(); i++) {
            char c = narrowed.charAt(i);
            narrowed.setCharAt(i, isWide(c) ? (char) (c - WIDTH) : c);
        }
        return narrowed.toString();
    }

    private static boolean isWide(char c) {
        return c >= 0xff01 && c <= 0xff5e;
    }

    private static Map<Integer, Commands.Command> signs() {
        Map<Integer, Commands.Command> signs = new HashMap<>();
        // Pairs of a character and its canonical sign.
        each(
                signs,
                Commands.Action.SYMBOL,
                "\u2212-\u2013-\u2010-\u2011-\u2014-\ufe63-\u00d7*\u00b7*\u22c5*\u2217*\u2022*"
                        + "\u2219*\u00f7\u00f7\u2044/\u2215/\u2236:\u00b1\u00b1\u2213\u2213\u2264\u2264\u2a7d\u2264\u2265\u2265\u2a7e\u2265"
                        + "\u2260\u2260\u2248\u2248\u2243\u2248\u2261\u2261\u2208\u2208\u2209\u2209\u2282\u2282\u2286\u2282\u222a\u222a"
                        + "\u2229\u2229\u2216\u2216\u2223\u2223\u2224\u2224\u2192\u2192\u21a6\u2192\u21d2\u21d2\u21d4\u21d4\u2225\u2225"
                        + "\u22a5\u22a5\u223c\u223c\u2245\u2245\u221d\u221d\u2227\u2227\u2228\u2228\u00ac\u00ac\u00b0\u00b0\u00ba\u00b0"
                        + "\u2218\u2218\u2032'\u2019'\u2018'\u00b4'\u00a3\u00a3\u20ac\u20ac\u00a5\u00a5\u20b9\u20b9\u00a2\u00a2"
                        + "\u2016\u2016\u3001,\u3002.");
        each(signs, Commands.Action.OPEN, "\u27e8\u27e8\u2329\u27e8\u3008\u27e8\u230a\u230a\u2308\u2308\u3010[");
        each(signs, Commands.Action.CLOSE, "\u27e9\u27e9\u232a\u27e9\u3009\u27e9\u230b\u230b\u2309\u2309\u3011]");
        Map<Integer, String> commands = Map.ofEntries(
                Map.entry(0x3c0, "pi"),
                Map.entry(0x1d70b, "pi"),
                Map.entry(0x221e, "infty"),
                Map.entry(0x2205, "emptyset"),
                Map.entry(0xf8, "emptyset"),
                Map.entry(0x221a, "sqrt"),
                Map.entry(0x221b, "cbrt"),
                Map.entry(0x2026, "ldots"),
                Map.entry(0x22ef, "ldots"),
                Map.entry(0x211d, "setR"),
                Map.entry(0x2124, "setZ"),
                Map.entry(0x2115, "setN"),
                Map.entry(0x211a, "setQ"),
                Map.entry(0x2102, "setC"),
                Map.entry(0x2211, "sum"),
                Map.entry(0x220f, "prod"),
                Map.entry(0x222b, "int"),
                Map.entry(0x2220, "angle"),
                Map.entry(0x25b3, "triangle"));
        commands.forEach((c, name) -> signs.put(c, new Commands.Command(Commands.Action.COMMAND, name)));
        String[] greek =
                ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
                                + "sigma tau upsilon phi chi psi omega")
                        .split(" ", -1);
        for (int i = 0; i < greek.length; i++) {
            signs.putIfAbsent(0x3b1 + i, new Commands.Command(Commands.Action.LETTER, greek[i]));
        }
        signs.put(0x3d5, new Commands.Command(Commands.Action.LETTER, "phi"));
        signs.put(0x3d1, new Commands.Command(Commands.Action.LETTER, "theta"));
        signs.put(0x3f5, new Commands.Command(Commands.Action.LETTER, "epsilon"));
        String[] capitals = {
            "393 Gamma", "394 Delta", "398 Theta", "39b Lambda", "3a3 Sigma", "3a6 Phi", "3a8 Psi", "3a9 Omega"
        };
        for (String entry : capitals) {
            int space = entry.indexOf(' ');
            signs.put(
                    Integer.parseInt(entry.substring(0, space), 16),
                    new Commands.Command(Commands.Action.LETTER, entry.substring(space + 1)));
        }
        signs.put(0x2113, new Commands.Command(Commands.Action.LETTER, "ell"));
        return Map.copyOf(signs);
    }

    private static void each(Map<Integer, Commands.Command> signs, Commands.Action action, String pairs) {
        for (int i = 0; i < pairs.length(); i += 2) {
            signs.put((int) pairs.charAt(i), new Commands.Command(action, pairs.substring(i + 1, i + 2)));
        }
    }
}
