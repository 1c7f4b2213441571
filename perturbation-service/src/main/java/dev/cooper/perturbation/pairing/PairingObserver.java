package dev.cooper.perturbation.pairing;

import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;

/** Is told of every outcome that the log holds, and of every text that was checked. Called by any thread. */
public interface PairingObserver {

    void paired(Pair pair);

    void none(NoPair none);

    /** A text was written by the source to become a negative, good or not. */
    void tried(NegativeSource source);

    /** A text that was tried is no negative. */
    void rejected(NegativeSource source, NoPairReason reason);
}
