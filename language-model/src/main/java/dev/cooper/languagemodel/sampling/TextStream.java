package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The text of one completion while it is drawn, without special tokens. A token may hold a part of a character, and the
 * begin of a stop string: what is not certain yet is held back until it is.
 *
 * <p>Only the last tokens are decoded anew for each token. That is exact for tokenizers whose text is that of their
 * tokens' bytes, one after the other, as those of Qwen and Llama 3.
 */
public final class TextStream {
    /** The decoder's character for bytes that are none; at the end of a text they may be the begin of one. */
    private static final char UNDECODED = '\uFFFD';

    /** Tokens from which on the window moves, as soon as a character ends with the last one. */
    private static final int WINDOW = 16;

    /** Tokens after which it moves anyway: the longest character has four bytes. */
    private static final int LONGEST_WINDOW = 32;

    /** Tokens that are decoded again as the context of the next ones, for decoders that look at the neighbour. */
    private static final int CONTEXT = 4;

    private final Tokenizer tokenizer;
    private final StopStrings stop;
    private final int[] window = new int[LONGEST_WINDOW];
    private int size;

    /** Characters of the window's text that were taken. */
    private int taken;

    /** Taken, but perhaps the begin of a stop string. */
    private String held = "";

    private boolean stopped;

    /** The stream of a completion that has no token yet. */
    public TextStream(Tokenizer tokenizer, StopStrings stop) {
        this.tokenizer = tokenizer;
        this.stop = stop;
    }

    /** Takes the next token; returns the text that is certain now and was not before. */
    public String add(int token) {
        window[size++] = token;
        String text = decode();
        int certain = text.length();
        while (certain > taken && text.charAt(certain - 1) == UNDECODED) {
            certain--;
        }
        String added = text.substring(Math.min(taken, certain), certain);
        taken = Math.max(taken, certain);
        if (certain == text.length() && size >= WINDOW) {
            slide();
        } else if (size == LONGEST_WINDOW) {
            added += text.substring(certain);
            slide();
        }
        return release(added);
    }

    /** Whether a stop string ended the text; nothing comes after it. */
    public boolean stopped() {
        return stopped;
    }

    /** What was held back, now that no token follows. */
    public String end() {
        String text = decode();
        String rest = release(text.substring(Math.min(taken, text.length())));
        taken = text.length();
        String last = stopped ? "" : held;
        held = "";
        return rest + last;
    }

    private String decode() {
        return tokenizer.decodeText(TokenIds.of(Arrays.copyOf(window, size)));
    }

    private void slide() {
        System.arraycopy(window, size - CONTEXT, window, 0, CONTEXT);
        size = CONTEXT;
        taken = decode().length();
    }

    private String release(String added) {
        if (stopped || stop.isEmpty()) {
            return stopped ? "" : added;
        }
        String text = held + added;
        OptionalInt first = stop.firstIn(text);
        stopped = first.isPresent();
        int end = stopped ? first.getAsInt() : text.length() - stop.opened(text);
        held = stopped ? "" : text.substring(end);
        return text.substring(0, end);
    }
}
