package dev.cooper.pretraining.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of a corpus as tokens, and the 256 bytes below them for every other text. A word carries the space before
 * it, digits stand alone, and the opening of a box is one token, so decoding gives back the text exactly.
 *
 * @param ids the id of each token, in the order of ids; tokens are in the byte-level alphabet of GPT-2
 */
public record Vocabulary(Map<String, Integer> ids) {
    /** Pads sequences. Id 0. */
    public static final String PAD = "<|endoftext|>";

    /** Ends a solution. Id 1. */
    public static final String END = "<|im_end|>";

    /** The pieces that text is cut into before words are looked up; every character is in one of them. */
    static final String PIECES = " ?\\\\boxed\\{| ?[A-Za-z]+| ?[0-9]|\\n| ?[^\\sA-Za-z0-9]|\\s";

    private static final Pattern PIECE = Pattern.compile(PIECES);

    public Vocabulary {
        ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    }

    /** The vocabulary of all pieces that occur in the texts. */
    public static Vocabulary of(Stream<String> texts) {
        SortedSet<String> words = new TreeSet<>(List.of("\\boxed{"));
        for (int digit = 0; digit < 10; digit++) {
            words.add(" " + digit);
        }
        texts.forEach(text -> PIECE.matcher(text).results().forEach(piece -> words.add(piece.group())));
        List<String> tokens = new ArrayList<>(List.of(PAD, END));
        for (int value = 0; value < 256; value++) {
            tokens.add(String.valueOf(symbol(value)));
        }
        words.stream()
                .map(Vocabulary::spelled)
                .filter(word -> word.length() > 1)
                .forEach(tokens::add);
        Map<String, Integer> ids = new LinkedHashMap<>();
        tokens.forEach(token -> ids.put(token, ids.size()));
        return new Vocabulary(ids);
    }

    /** How many tokens there are. */
    public int size() {
        return ids.size();
    }

    /** The id of a token that the vocabulary must hold. */
    public int id(String token) {
        Integer id = ids.get(token);
        if (id == null) {
            throw new IllegalArgumentException("vocabulary: no token '" + token + "'");
        }
        return id;
    }

    private static String spelled(String word) {
        StringBuilder spelled = new StringBuilder();
        for (byte value : word.getBytes(StandardCharsets.UTF_8)) {
            spelled.append(symbol(Byte.toUnsignedInt(value)));
        }
        return spelled.toString();
    }

    /**
     * The printable character that stands for a byte in byte-level vocabularies: visible Latin-1 characters stand for
     * themselves, the others for 256, 257 and so on in their order.
     */
    static char symbol(int value) {
        return isVisible(value) ? (char) value : (char) (256 + invisibleBelow(value));
    }

    private static int invisibleBelow(int value) {
        int count = 0;
        for (int other = 0; other < value; other++) {
            count += isVisible(other) ? 0 : 1;
        }
        return count;
    }

    private static boolean isVisible(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || (value >= 0xAE && value <= 0xFF);
    }
}
