package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.NumberSet;
import dev.cooper.mathverifier.syntax.Node.NumberSet.Domain;
import dev.cooper.mathverifier.syntax.Node.Relation;
import dev.cooper.mathverifier.syntax.Node.Symbol;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets of numbers in words: "all real numbers", "where k is an integer", "for any integer n". */
final class Domains {
    private static final int LONGEST_PHRASE = 6;
    private static final Set<String> DOMAIN_WORDS = Vocabulary.words(
            "is are an any all every integer integers natural real positive negative number numbers arbitrary rational");
    private static final Map<String, NumberSet> DOMAINS = Map.ofEntries(
            domain("integer", Domain.INTEGERS, 0),
            domain("integers", Domain.INTEGERS, 0),
            domain("positive integer", Domain.INTEGERS, 1),
            domain("positive integers", Domain.INTEGERS, 1),
            domain("negative integer", Domain.INTEGERS, -1),
            domain("natural number", Domain.NATURALS, 0),
            domain("natural numbers", Domain.NATURALS, 0),
            domain("real number", Domain.REALS, 0),
            domain("real numbers", Domain.REALS, 0),
            domain("real", Domain.REALS, 0),
            domain("reals", Domain.REALS, 0),
            domain("positive real number", Domain.REALS, 1),
            domain("positive real numbers", Domain.REALS, 1),
            domain("rational number", Domain.RATIONALS, 0),
            domain("rational numbers", Domain.RATIONALS, 0));
    private static final List<String> ARTICLES = List.of(
            "is an arbitrary ",
            "is any ",
            "is an ",
            "is a ",
            "are arbitrary ",
            "are any ",
            "are ",
            "any ",
            "an ",
            "a ",
            "all ",
            "is ",
            "the set of all ",
            "the set of ",
            "set of all ");

    private final Grammar grammar;
    private final TokenStream in;

    Domains(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    private static Map.Entry<String, NumberSet> domain(String words, Domain domain, int sign) {
        return Map.entry(words, new NumberSet(domain, sign));
    }

    /** Whether a word may belong to a phrase such as "is any real number". */
    static boolean isWord(String word) {
        return DOMAIN_WORDS.contains(word);
    }

    /** The set that {@code words} name, with an article or a verb in front if any; null if they name none. */
    static @Nullable NumberSet named(String words) {
        return DOMAINS.get(withoutArticle(words));
    }

    private static String withoutArticle(String text) {
        for (String article : ARTICLES) {
            if (text.startsWith(article)) {
                return text.substring(article.length());
            }
        }
        return text;
    }

    /** "integer n", as behind "for any", taken; null if nothing of the kind is next. */
    @Nullable
    Node quantified() {
        int end = in.position();
        while (isWord(in.at(end).text()) && in.at(end).isWord() && end - in.position() < LONGEST_PHRASE) {
            end++;
        }
        if (end == in.position() || in.at(end).kind() != Kind.LETTER || !Prose.isBorder(in.at(end + 1))) {
            return null;
        }
        NumberSet set = named(grammar.prose.text(in.position(), end));
        if (set == null) {
            return null;
        }
        in.moveTo(end + 1);
        return new Relation(List.of(new Symbol(in.at(end).text()), set), List.of(Relation.Sign.ELEMENT_OF));
    }

    /** Whether a word for a set of numbers stands before the bracket at {@code close}. */
    boolean endsWithDomain(int close) {
        Token last = in.at(close - 1);
        return last.isWord() && DOMAINS.containsKey(last.text());
    }

    /** "is an integer" and its like, taken; null if nothing of the kind is next. */
    @Nullable
    NumberSet domainBehind() {
        if (!in.peek().isWord() || !isWord(in.peek().text().toLowerCase(Locale.ROOT))) {
            return null;
        }
        int end = in.position();
        while (in.at(end).isWord() && !Statements.isConjunction(in.at(end)) && end - in.position() < LONGEST_PHRASE) {
            end++;
        }
        NumberSet set = named(grammar.prose.text(in.position(), end));
        if (set != null) {
            in.moveTo(end);
        }
        return set;
    }
}
