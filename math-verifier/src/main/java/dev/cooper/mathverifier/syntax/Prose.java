package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Constant;
import dev.cooper.mathverifier.syntax.Node.Negation;
import dev.cooper.mathverifier.syntax.Node.NumberSet;
import dev.cooper.mathverifier.syntax.Node.SetOf;
import dev.cooper.mathverifier.syntax.Node.Words;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words: answers in prose, labels, and the few phrases that have a mathematical meaning. */
final class Prose {
    private static final int LONGEST_LABEL = 16;
    private static final int LONGEST_SUM = 64;
    private static final Set<String> UNDEFINED = Set.of(
            "dne", "undefined", "is undefined", "not defined", "does not exist", "doesn't exist", "do not exist");
    private static final Set<String> HEDGES = Set.of("about", "approximately", "roughly", "exactly", "around");
    private final Grammar grammar;
    private final TokenStream in;

    Prose(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** An item that is nothing but words, taken; null if it is none. */
    @Nullable
    Node words() throws SyntaxFailure {
        if (isHedge()) {
            in.next();
            return null;
        }
        int end = runEnd();
        if (end == in.position() || !isBorder(in.at(end))) {
            return null;
        }
        String text = text(in.position(), end);
        in.moveTo(end);
        in.count();
        return meaning(text);
    }

    private boolean isHedge() {
        return in.peek().isWord()
                && HEDGES.contains(in.peek().text().toLowerCase(Locale.ROOT))
                && (in.peek(1).kind() == Kind.NUMBER
                        || in.peek(1).kind() == Kind.COMMAND
                        || grammar.measures.isCurrency(in.peek(1)));
    }

    /**
     * Where a sum or a product with dots, {@code 1+2+\\dots+100}, ends before an equals sign: it says what is asked
     * for; the position itself if none is next.
     */
    private int shortenedEnd() {
        boolean dots = false;
        int depth = 0;
        int end = in.position();
        while (end - in.position() < LONGEST_SUM && !in.at(end).isSymbol("=")) {
            Token token = in.at(end);
            depth += token.kind() == Kind.OPEN ? 1 : token.kind() == Kind.CLOSE ? -1 : 0;
            boolean foreign = depth < 0 || token.kind() == Kind.END || token.isWord();
            if (foreign || (token.kind() == Kind.SYMBOL && !"+-*/^".contains(token.text()))) {
                return in.position();
            }
            dots |= depth == 0
                    && token.isCommand("ldots")
                    && end > in.position()
                    && in.at(end - 1).kind() == Kind.SYMBOL;
            end++;
        }
        return dots && depth == 0 && in.at(end).isSymbol("=") ? end : in.position();
    }

    /** Words before an equals sign, taken; null if there are none. */
    @Nullable
    Node label() {
        int shortened = shortenedEnd();
        if (shortened > in.position()) {
            String text = OpaqueText.of(in.between(in.position(), shortened));
            in.moveTo(shortened);
            return new Words(text);
        }
        int end = runEnd();
        if (end == in.position()) {
            return null;
        }
        while (end - in.position() < LONGEST_LABEL && isLabel(in.at(end)) && !isVerb(in.at(end - 1))) {
            end++;
        }
        boolean says = in.at(end).isSymbol(":") || isVerb(in.at(end - 1));
        if (!in.at(end).isSymbol("=") && !(says && isValue(end))) {
            return null;
        }
        boolean verb = isVerb(in.at(end - 1)) && end - in.position() > 1;
        String text = text(in.position(), verb ? end - 1 : end);
        in.moveTo(end);
        return new Words(text);
    }

    private static boolean isVerb(Token token) {
        return token.isWord("is") || token.isWord("are") || token.isWord("equals");
    }

    /** Whether a value stands behind the words that end at {@code end}: "Area: 5", "the answer is 5". */
    private boolean isValue(int end) {
        Token next = in.at(in.at(end).isSymbol(":") ? end + 1 : end);
        return !next.isWord() && next.kind() != Kind.END && next.kind() != Kind.CLOSE;
    }

    private static boolean isLabel(Token token) {
        return token.kind() == Kind.LETTER || token.isWord() || token.isCommand("triangle") || token.isCommand("angle");
    }

    /** The end of the words that are next; the position itself if mathematics is. */
    private int runEnd() {
        int begin = in.position();
        if (!isProse(in.at(begin))
                || (in.at(begin).text().length() == 1 && !in.at(begin + 1).isWord())) {
            return begin;
        }
        int end = begin;
        while (isProse(in.at(end))
                || isMark(end)
                || (end > begin
                        && in.at(end).kind() == Kind.LETTER
                        && in.at(end).plain()
                        && isProse(in.at(end + 1)))) {
            end++;
        }
        return end;
    }

    private static boolean isProse(Token token) {
        if (!token.isWord() || Statements.isConjunction(token)) {
            return false;
        }
        boolean name = Vocabulary.isName(token.text()) && !token.isWord("infinity");
        return !name && (token.kind() == Kind.TEXT || token.plain() || !Units.isKnownWord(token.text()));
    }

    /** Hyphens, apostrophes and the like between words, and an exclamation mark behind them. */
    private boolean isMark(int index) {
        Token mark = in.at(index);
        boolean between = (mark.isSymbol("-") || mark.isSymbol("'") || mark.isSymbol("/") || mark.isSymbol("."))
                && isProse(in.at(index + 1));
        return between || mark.isSymbol("!");
    }

    static boolean isBorder(Token token) {
        return token.kind() == Kind.END
                || token.kind() == Kind.CLOSE
                || (token.kind() == Kind.SYMBOL
                        && (",;&".contains(token.text()) || token.text().equals(Token.LINE_END)))
                || Statements.isConjunction(token);
    }

    /** The words of the tokens from {@code begin} to {@code end}, in lower case with single spaces. */
    String text(int begin, int end) {
        var text = new StringBuilder();
        for (int i = begin; i < end; i++) {
            if (in.at(i).kind() == Kind.SYMBOL) {
                text.append(in.at(i).text().equals("!") ? "" : in.at(i).text());
            } else {
                boolean joined = text.isEmpty()
                        || (in.at(i - 1).kind() == Kind.SYMBOL && !in.at(i).isSpaced());
                joined |=
                        i > begin && in.at(i).kind() == Kind.LETTER && !in.at(i).isSpaced();
                text.append(joined ? "" : " ")
                        .append(in.at(i).text().toLowerCase(Locale.ROOT).replace('\u2019', '\''));
            }
        }
        return text.toString();
    }

    private static Node meaning(String text) {
        if (UNDEFINED.contains(text)) {
            return new Constant(Constant.Name.UNDEFINED);
        }
        NumberSet set = text.equals("real") || text.equals("integer") ? null : Domains.named(text);
        if (set != null) {
            return set;
        }
        Node number = NumberWords.number(text);
        if (number != null) {
            return number;
        }
        return switch (text) {
            case "infinity", "positive infinity" -> new Constant(Constant.Name.INFINITY);
            case "negative infinity", "minus infinity" -> new Negation(new Constant(Constant.Name.INFINITY));
            case "empty set", "the empty set", "null set" -> new SetOf(List.of());
            default -> new Words(text);
        };
    }

    /** Takes "otherwise", if it is next. */
    boolean isOtherwise() {
        int offset = in.peek().isWord("if") ? 1 : 0;
        boolean found = in.peek(offset).isWord("otherwise") || in.peek(offset).isWord("else");
        in.moveTo(in.position() + (found ? offset + 1 : 0));
        return found;
    }
}
