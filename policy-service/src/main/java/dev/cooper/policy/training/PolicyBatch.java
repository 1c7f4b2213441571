package dev.cooper.policy.training;

import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.Advantages;
import dev.cooper.languagemodel.training.PolicySequence;
import dev.cooper.policy.training.RewardedGroup.LeftOut;
import dev.cooper.policy.training.RewardedGroup.Rewarded;
import dev.cooper.policy.training.RewardedGroup.Usable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The completions that a step trains on with their advantages, in the order of (slot, sample).
 *
 * @param groups as rewarded, those left out included
 * @param sequences those to train on: of usable groups, not masked
 * @param groupsWithoutSpread usable groups whose rewards are all equal
 */
record PolicyBatch(List<RewardedGroup> groups, List<PolicySequence> sequences, int groupsWithoutSpread) {

    PolicyBatch {
        groups = List.copyOf(groups);
        sequences = List.copyOf(sequences);
    }

    static PolicyBatch of(List<RewardedGroup> groups, Advantages.Options options) {
        List<PolicySequence> sequences = new ArrayList<>();
        int withoutSpread = 0;
        for (RewardedGroup group : groups) {
            switch (group) {
                case LeftOut _ -> {}
                case Usable usable -> {
                    List<PolicySequence> learned = sequences(usable, options);
                    sequences.addAll(learned);
                    withoutSpread += learned.stream().allMatch(sequence -> sequence.advantage() == 0) ? 1 : 0;
                }
            }
        }
        return new PolicyBatch(groups, sequences, withoutSpread);
    }

    private static List<PolicySequence> sequences(Usable group, Advantages.Options options) {
        List<OptionalDouble> advantages = group.advantages(options);
        List<PolicySequence> sequences = new ArrayList<>();
        for (int i = 0; i < advantages.size(); i++) {
            Rewarded completion = group.completions().get(i);
            advantages
                    .get(i)
                    .ifPresent(advantage -> sequences.add(
                            new PolicySequence(group.prompt(), completion.tokens(), completion.logProbs(), advantage)));
        }
        return sequences;
    }

    /** Whether any advantage is not zero; if none is, there is nothing to learn. */
    boolean teaches() {
        return sequences.stream().anyMatch(sequence -> sequence.advantage() != 0);
    }

    List<Usable> usable() {
        return groups.stream()
                .filter(Usable.class::isInstance)
                .map(Usable.class::cast)
                .toList();
    }

    /**
     * SHA-256, lower-case hex, over slot, prompt, and of each completion tokens, log-probabilities, reward and mask:
     * what the update depends on, and nothing of when or where it was sampled.
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
            for (Usable group : usable()) {
                out.writeInt(group.slot());
                write(out, group.prompt());
                out.writeInt(group.completions().size());
                for (Rewarded completion : group.completions()) {
                    write(out, completion.tokens());
                    write(out, completion.logProbs());
                    out.writeDouble(completion.reward());
                    out.writeBoolean(completion.masked());
                }
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

    private static void write(DataOutputStream out, LogProbs logProbs) throws IOException {
        for (int i = 0; i < logProbs.size(); i++) {
            out.writeFloat(logProbs.get(i));
        }
    }
}
