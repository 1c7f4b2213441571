package dev.cooper.mathverifier.syntax;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the lexer does with each LaTeX command. */
final class Commands {
    private static final Map<String, Command> TABLE = table();
    /** Commands that models glue to the letter behind them. */
    private static final String[] GLUED = {"qquad", "quad", "cdot", "times", "pi"};

    private Commands() {}

    /** How a command is lexed. */
    enum Action {
        DROP,
        SPACE,
        /** {@code \(} and its like. */
        BORDER,
        WIDE,
        /** {@code \left} and its like: a delimiter follows. */
        SIDE,
        /** Its argument is dropped with it. */
        SKIP,
        /** Its first argument is dropped with it, the second stays. */
        SKIP_FIRST,
        FONT,
        ROMAN,
        TEXT,
        BOX,
        NUMBER_SET,
        SYMBOL,
        /** A word of prose. */
        WORD,
        OPEN,
        CLOSE,
        LETTER,
        ENVIRONMENT,
        COMMAND
    }

    /** @param value the canonical name or sign */
    record Command(Action action, String value) {}

    static @Nullable Command find(String name) {
        return TABLE.get(name);
    }

    /** The known command that {@code name} begins with, as in {@code \quadx}; null if none. */
    static @Nullable String gluedPrefix(String name) {
        for (String prefix : GLUED) {
            if (name.startsWith(prefix)) {
                return prefix;
            }
        }
        return null;
    }

    private static Map<String, Command> table() {
        Map<String, Command> table = new HashMap<>();
        all(
                table,
                Action.DROP,
                "displaystyle textstyle scriptstyle limits nolimits noindent centering strut relax ! "
                        + "nonumber notag hline allowbreak mathstrut negthinspace therefore ensuremath underline cancel "
                        + "mathopen mathclose mathrel mathbin mathord bigskip medskip smallskip");
        all(table, Action.SPACE, ", ; : > / thinspace enspace space medspace nobreakspace hfill");
        all(table, Action.BORDER, "( ) [ ]");
        table.put(" ", new Command(Action.SPACE, " "));
        for (char space : new char[] {'\n', '\t', '\r'}) {
            table.put(String.valueOf(space), new Command(Action.SPACE, " "));
        }
        all(table, Action.WIDE, "quad qquad newline par");
        all(
                table,
                Action.SIDE,
                "left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm "
                        + "Biggl Biggr Biggm mleft mright");
        all(table, Action.SKIP, "tag label hspace vspace phantom hphantom vphantom cite ref color");
        all(table, Action.SKIP_FIRST, "textcolor colorbox");
        all(
                table,
                Action.FONT,
                "mathbf mathit mathsf mathtt mathcal mathscr mathfrak boldsymbol bm pmb mathnormal bold bf it");
        all(table, Action.ROMAN, "mathrm operatorname rm mathop");
        all(
                table,
                Action.TEXT,
                "text textbf textit textrm texttt textsf textnormal mbox hbox emph textsc textup textmd");
        all(table, Action.BOX, "boxed fbox framebox");
        all(table, Action.NUMBER_SET, "mathbb Bbb");
        symbols(table);
        letters(table);
        commands(table);
        return Map.copyOf(table);
    }

    private static void symbols(Map<String, Command> table) {
        String[] signs = {
            "* times cdot ast star",
            "\u00f7 div",
            "\u00b1 pm",
            "\u2213 mp",
            "\u2264 le leq leqslant leqq",
            "< lt",
            "\u2265 ge geq geqslant geqq",
            "> gt",
            "\u2260 ne neq",
            "\u2248 approx approxeq simeq thickapprox doteq",
            "\u2261 equiv",
            "\u2208 in",
            "\u2209 notin",
            "\u2282 subset subseteq",
            "\u222a cup",
            "\u2229 cap",
            "\u2216 setminus smallsetminus backslash",
            "\u2223 mid",
            "\u2224 nmid",
            "\u2192 to rightarrow longrightarrow mapsto",
            "\u21d2 Rightarrow implies Longrightarrow",
            "\u21d4 iff Leftrightarrow Longleftrightarrow leftrightarrow",
            "\u2225 parallel",
            "\u22a5 perp",
            "\u223c sim",
            "\u2245 cong",
            "\u221d propto",
            "\u2227 land wedge",
            "\u2228 lor vee",
            "\u00ac lnot neg",
            ": colon",
            "% % percent",
            "$ $ textdollar",
            "\u00b0 degree",
            "' prime",
            "\u2218 circ",
            "\u00a3 pounds",
            "\u20ac euro",
            "\u00a5 yen",
            "\u00a2 cents",
            "_ _",
            "# #",
            "| vert",
            "= coloneqq"
        };
        for (String line : signs) {
            String[] words = line.split(" ", -1);
            for (int i = 1; i < words.length; i++) {
                table.put(words[i], new Command(Action.SYMBOL, words[0]));
            }
        }
        table.put("|", new Command(Action.SYMBOL, "\u2016"));
        table.put("Vert", new Command(Action.SYMBOL, "\u2016"));
        table.put("&", new Command(Action.WORD, "and"));
        brackets(
                table,
                Action.OPEN,
                "{",
                "\\{",
                "lbrace",
                "\\{",
                "langle",
                "\u27e8",
                "lfloor",
                "\u230a",
                "lceil",
                "\u2308",
                "lvert",
                "|",
                "lVert",
                "\u2016",
                "lbrack",
                "[",
                "lparen",
                "(");
        brackets(
                table,
                Action.CLOSE,
                "}",
                "\\}",
                "rbrace",
                "\\}",
                "rangle",
                "\u27e9",
                "rfloor",
                "\u230b",
                "rceil",
                "\u2309",
                "rvert",
                "|",
                "rVert",
                "\u2016",
                "rbrack",
                "]",
                "rparen",
                ")");
    }

    private static void brackets(Map<String, Command> table, Action action, String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            table.put(pairs[i], new Command(action, pairs[i + 1]));
        }
    }

    private static void letters(Map<String, Command> table) {
        all(table, Action.LETTER, Vocabulary.GREEK + " ell hbar aleph mho partial nabla");
        table.put("varepsilon", new Command(Action.LETTER, "epsilon"));
        table.put("vartheta", new Command(Action.LETTER, "theta"));
        table.put("varrho", new Command(Action.LETTER, "rho"));
        table.put("varphi", new Command(Action.LETTER, "phi"));
    }

    private static void commands(Map<String, Command> table) {
        all(
                table,
                Action.COMMAND,
                "frac sqrt pi binom sum prod int lim bigcup bigcap bmod pmod mod overline vec hat "
                        + "tilde angle triangle choose over not overset underset underbrace overbrace");
        all(table, Action.ENVIRONMENT, "begin end");
        Vocabulary.functionNames().forEach(name -> table.put(name, new Command(Action.COMMAND, name)));
        String[] aliases = {
            "frac dfrac tfrac cfrac nicefrac sfrac",
            "binom dbinom tbinom",
            "infty infin",
            "emptyset emptyset varnothing",
            "infty infty",
            "ldots ldots dots cdots dotsc dotsb dotsm dotso vdots hdots textellipsis",
            "sqrt surd",
            "overline bar widebar",
            "hat widehat",
            "tilde widetilde",
            "vec overrightarrow",
            "angle measuredangle",
            "setR R Reals",
            "setZ Z",
            "setN N",
            "setQ Q",
            "setC C Complex",
            "overset stackrel",
            "mod pod"
        };
        for (String line : aliases) {
            String[] words = line.split(" ", -1);
            for (int i = 1; i < words.length; i++) {
                table.put(words[i], new Command(Action.COMMAND, words[0]));
            }
        }
        table.put("Gamma", new Command(Action.LETTER, "Gamma"));
    }

    private static void all(Map<String, Command> table, Action action, String names) {
        for (String name : names.split(" ", -1)) {
            table.put(name, new Command(action, name));
        }
    }
}
