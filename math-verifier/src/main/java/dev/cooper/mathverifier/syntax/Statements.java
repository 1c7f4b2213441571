package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Opaque;
import dev.cooper.mathverifier.syntax.Node.Relation;
import dev.cooper.mathverifier.syntax.Node.Sequence;
import dev.cooper.mathverifier.syntax.Node.Sequence.Separator;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists without brackets: items with commas, "and", "or" and semicolons between them. */
final class Statements {
    private static final Set<String> CONDITION = Set.of("where", "for", "with", "such");

    /** "5 or more" is no list. */
    private static final Set<String> MORE = Set.of("more", "less", "fewer", "greater", "higher", "larger", "lower");

    private final Grammar grammar;
    private final TokenStream in;

    Statements(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** The whole answer. */
    Node answer() throws SyntaxFailure {
        Node node = sequence();
        if (!in.isAtEnd()) {
            throw in.notUnderstood();
        }
        return node;
    }

    /** What stands up to the bracket at {@code close}, which stays. */
    Node inside(int close) throws SyntaxFailure {
        if (in.position() == close) {
            throw in.notUnderstood();
        }
        return sequence();
    }

    private Node sequence() throws SyntaxFailure {
        List<Node> parts = new ArrayList<>();
        do {
            parts.add(conjunction());
        } while (in.accept(";"));
        return parts.size() == 1 ? parts.getFirst() : new Sequence(Separator.SEMICOLON, parts);
    }

    /** Items with commas, and such lists with "and" or "or" between them. */
    Node conjunction() throws SyntaxFailure {
        Node left = commas();
        for (Separator word = conjunctionHere(); word != null; word = conjunctionHere()) {
            List<Node> parts = new ArrayList<>();
            parts.add(left);
            while (conjunctionHere() == word) {
                in.next();
                if (in.peek().isWord() && MORE.contains(in.peek().text().toLowerCase(Locale.ROOT))) {
                    throw in.notUnderstood();
                }
                parts.add(commas());
            }
            in.chain();
            left = joined(word, parts);
        }
        return left;
    }

    /** In "1, 2 and 3" the comma means no more than the word. */
    private static Node joined(Separator word, List<Node> parts) {
        boolean plain = parts.size() == 2
                && parts.getFirst() instanceof Sequence list
                && list.separator() == Separator.COMMA
                && !(parts.getLast() instanceof Sequence)
                && !(parts.getLast() instanceof Relation)
                && list.items().stream().skip(1).noneMatch(item -> item instanceof Relation);
        if (!plain) {
            return new Sequence(word, parts);
        }
        List<Node> items = new ArrayList<>(((Sequence) parts.getFirst()).items());
        items.add(parts.getLast());
        return new Sequence(word, items);
    }

    private Node commas() throws SyntaxFailure {
        List<Node> items = new ArrayList<>();
        items.add(item());
        while (acceptComma()) {
            items.add(item());
            in.count();
        }
        return items.size() == 1 ? items.getFirst() : new Sequence(Separator.COMMA, items);
    }

    /** A comma with the "and" behind it, the end of a line, a word like "where", a wide space. */
    private boolean acceptComma() {
        boolean comma = !isTrailingComma() && in.accept(",");
        while (!grammar.environments.isInside() && (in.isAt(Token.LINE_END) || in.isAt("&"))) {
            comma |= in.next().isSymbol(Token.LINE_END);
        }
        if (comma) {
            Separator word = conjunctionHere();
            in.moveTo(in.position() + (word == null ? 0 : 1));
        }
        if (in.peek().isWord() && CONDITION.contains(in.peek().text())) {
            in.next();
            if (in.peek().isWord("that")
                    || in.peek().isWord("all")
                    || in.peek().isWord("any")
                    || in.peek().isWord("some")
                    || in.peek().isWord("every")
                    || in.peek().isWord("each")) {
                in.next();
            }
            return true;
        }
        Token next = in.peek();
        boolean wide = next.gap() == Gap.WIDE
                && next.kind() != Kind.CLOSE
                && next.kind() != Kind.END
                && next.kind() != Kind.SYMBOL
                && conjunctionHere() == null;
        return comma || wide || isCondition();
    }

    /** Whether a condition in brackets is next: (k is an integer). */
    boolean isCondition() {
        return in.peek().isOpen("(")
                && (grammar.fences.hasRelation(in.position())
                        || grammar.domains.endsWithDomain(in.closing(in.position())));
    }

    /** A comma before the end of a line or a bracket. */
    private boolean isTrailingComma() {
        Token behind = in.peek(1);
        return behind.kind() == Kind.CLOSE
                || behind.kind() == Kind.END
                || (grammar.environments.isInside() && behind.isSymbol(Token.LINE_END));
    }

    /** "and", taken, for lists in brackets. */
    boolean acceptConjunction() {
        boolean found = conjunctionHere() == Separator.AND;
        in.moveTo(in.position() + (found ? 1 : 0));
        return found;
    }

    static boolean isConjunction(Token token) {
        return token.isWord("and") || token.isWord("or") || (token.isWord() && CONDITION.contains(token.text()));
    }

    private @Nullable Separator conjunctionHere() {
        Token token = in.peek();
        if (token.isSymbol("\u2227") || token.isWord("and")) {
            return Separator.AND;
        }
        // Of statements, as in x < 1 or x > 2, even the sign of a union says no more than "or".
        boolean or = token.isSymbol("\u2228") || token.isSymbol("\u222a") || token.isWord("or");
        return or ? Separator.OR : null;
    }

    /** One element of a list. */
    Node item() throws SyntaxFailure {
        if (in.peek().isCommand("ldots")) {
            in.next();
            return new Opaque("...");
        }
        Node choice = Choices.choice(grammar);
        if (choice == null) {
            choice = Choices.option(grammar);
        }
        if (choice != null) {
            return choice;
        }
        Node prose = grammar.domains.quantified();
        if (prose == null) {
            prose = grammar.prose.words();
        }
        return prose == null ? grammar.relations.relation() : prose;
    }
}
