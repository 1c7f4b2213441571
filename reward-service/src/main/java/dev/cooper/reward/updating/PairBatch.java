package dev.cooper.reward.updating;

import dev.cooper.languagemodel.reward.LabelledTokens;
import dev.cooper.languagemodel.reward.TokenPair;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.reward.updating.Anchor.Drawn;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The pairs that a step trains on, in the order of slots.
 *
 * @param pairs those to learn from
 * @param cutEqual pairs left out because their sides are the same text once they are cut
 * @param anchor labelled examples that are learned with them
 */
record PairBatch(List<SlotPair> pairs, int cutEqual, Drawn anchor) {

    PairBatch {
        pairs = List.copyOf(pairs);
    }

    /** A pair of a slot. */
    record SlotPair(int slot, TokenPair tokens) {}

    List<TokenPair> tokens() {
        return pairs.stream().map(SlotPair::tokens).toList();
    }

    /**
     * SHA-256, lower-case hex, over slot and the tokens of both sides, and over tokens and labels of the anchor: what
     * the update depends on, and nothing of when or by whom it was written.
     */
    String sha256() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            for (SlotPair pair : pairs) {
                out.writeInt(pair.slot());
                write(out, pair.tokens().positive());
                write(out, pair.tokens().negative());
            }
            for (LabelledTokens example : anchor.term().examples()) {
                out.writeDouble(example.label());
                write(out, example.tokens());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a digest takes any bytes", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void write(DataOutputStream out, TokenIds tokens) throws IOException {
        out.writeInt(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            out.writeInt(tokens.get(i));
        }
    }
}
