package dev.cooper.perturbation.pairing;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.SourceShare;
import java.util.List;

/**
 * What is left to chance in the pair of one group: a function of the run's seed, the step and the slot, and of the try.
 * Neither attempt nor fence nor time is in it, so a pair that is asked for again is the same.
 */
record Draws(long seed, long step, int slot) {

    static Draws of(SampleRequest request) {
        return new Draws(
                request.getSeed(),
                request.getGroup().getStep(),
                request.getGroup().getSlot());
    }

    /** One of the candidates to be the positive. */
    <T> T positive(List<T> candidates) {
        return one(candidates, "pairing positive");
    }

    /** One of the policy's own candidates to be the negative. */
    <T> T own(List<T> candidates) {
        return one(candidates, "pairing self");
    }

    /** The source of the negative, by the shares. */
    NegativeSource source(List<SourceShare> shares) {
        double total = shares.stream().mapToDouble(SourceShare::getShare).sum();
        double left = CounterRandom.uniform(key("pairing source", 0), 0) * total;
        for (SourceShare share : shares) {
            left -= share.getShare();
            if (left < 0) {
                return share.getSource();
            }
        }
        // Rounding may leave a little at the very end.
        return shares.getLast().getSource();
    }

    /** Whether the group is of this share of all, from 0 to 1, whose positives may be copied but for one number. */
    boolean mayBeCopied(double share) {
        return CounterRandom.uniform(key("pairing digit copy", 0), 0) < share;
    }

    /** Key of the noise of a rewrite. */
    long rewrite(int attempt) {
        return key("pairing rewrite", attempt);
    }

    /** Key of the choices of an edit. */
    long edit(int attempt) {
        return key("pairing edit", attempt);
    }

    private <T> T one(List<T> candidates, String purpose) {
        return candidates.get(CounterRandom.integer(key(purpose, 0), 0, candidates.size()));
    }

    private long key(String purpose, int attempt) {
        return CounterRandom.key(CounterRandom.key(seed, purpose), step, slot, attempt);
    }
}
