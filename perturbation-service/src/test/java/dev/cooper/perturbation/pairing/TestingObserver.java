package dev.cooper.perturbation.pairing;

import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told. */
final class TestingObserver implements PairingObserver {

    final List<NegativeSource> pairs = new CopyOnWriteArrayList<>();
    final List<NoPairReason> nones = new CopyOnWriteArrayList<>();
    final List<NegativeSource> tries = new CopyOnWriteArrayList<>();
    final List<NoPairReason> rejections = new CopyOnWriteArrayList<>();

    @Override
    public void paired(Pair pair) {
        pairs.add(pair.getSource());
    }

    @Override
    public void none(NoPair none) {
        nones.add(none.getReason());
    }

    @Override
    public void tried(NegativeSource source) {
        tries.add(source);
    }

    @Override
    public void rejected(NegativeSource source, NoPairReason reason) {
        rejections.add(reason);
    }
}
