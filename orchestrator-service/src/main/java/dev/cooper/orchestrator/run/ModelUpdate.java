package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelRef;
import java.util.Map;
import java.util.Optional;

/**
 * What a step does to one model: what it waited for, the records it is trained on, and the versions before and after.
 *
 * @param dispatch what is on its way: of the policy the training groups, and while EVALUATING the held-out ones; of the
 *     reward model the pairs, when the step trains it. Until the step is PAIRING only the offsets in it count
 * @param excluded why a slot is not in the manifest, by slot
 * @param manifest the records that the model is trained on, once they are frozen
 * @param before the version that sampled or scored, and that the update starts from. When a replay has given other
 *     bytes, those that the update was made from again; the records say who sampled and scored
 * @param after the version after the update; equal to {@code before} when there was nothing to learn
 * @param batchSha256 as the trainer hashed the batch; empty before, and when nothing was trained
 * @param origin where {@code before} has its weights from, when the step began by going back
 */
public record ModelUpdate(
        Optional<Dispatch> dispatch,
        Map<Integer, String> excluded,
        Optional<Manifest> manifest,
        ModelRef before,
        Optional<ModelRef> after,
        String batchSha256,
        Optional<Origin> origin) {
    public ModelUpdate {
        excluded = Map.copyOf(excluded);
    }

    /** Of a step that did not begin by going back. */
    public ModelUpdate(
            Optional<Dispatch> dispatch,
            Map<Integer, String> excluded,
            Optional<Manifest> manifest,
            ModelRef before,
            Optional<ModelRef> after,
            String batchSha256) {
        this(dispatch, excluded, manifest, before, after, batchSha256, Optional.empty());
    }

    static ModelUpdate from(ModelRef version) {
        return new ModelUpdate(Optional.empty(), Map.of(), Optional.empty(), version, Optional.empty(), "");
    }

    ModelUpdate sent(Dispatch next) {
        return new ModelUpdate(Optional.of(next), excluded, manifest, before, after, batchSha256, origin);
    }

    ModelUpdate frozen(Manifest records, Map<Integer, String> left) {
        return new ModelUpdate(dispatch, left, Optional.of(records), before, after, batchSha256, origin);
    }

    ModelUpdate made(ModelRef version, String batch) {
        return new ModelUpdate(dispatch, excluded, manifest, before, Optional.of(version), batch, origin);
    }

    /** Begins with the weights of an earlier version, under a number of its own. */
    ModelUpdate goingBack(Origin to, ModelRef becomes) {
        return new ModelUpdate(dispatch, excluded, manifest, becomes, after, batchSha256, Optional.of(to));
    }

    /** The version before has come out with other bytes. */
    ModelUpdate startingFrom(ModelRef other) {
        return new ModelUpdate(dispatch, excluded, manifest, other, after, batchSha256, origin);
    }

    /** What was frozen is void. */
    ModelUpdate thawed() {
        return new ModelUpdate(dispatch, Map.of(), Optional.empty(), before, after, batchSha256, origin);
    }

    /** The same batch, trained again, has given other bytes. */
    ModelUpdate remade(ModelRef base, ModelRef version) {
        return new ModelUpdate(dispatch, excluded, manifest, base, Optional.of(version), batchSha256, origin);
    }

    /** The version is the one before, unless an update has made another. */
    ModelUpdate closed() {
        return after.isPresent() ? this : made(before, batchSha256);
    }

    /** Whether the step changed the model. */
    public boolean updated() {
        return after.isPresent() && after.get().getNumber() != before.getNumber();
    }

    /** What stands for the manifest in messages and in REST; empty until it is frozen. */
    public String manifestSha256() {
        return manifest.map(FrozenGroups::sha256).orElse("");
    }
}
