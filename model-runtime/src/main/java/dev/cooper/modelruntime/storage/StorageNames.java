package dev.cooper.modelruntime.storage;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.ModelKind;
import java.util.regex.Pattern;

/** Names of folders made from what messages carry, so that none can point out of the storage root. */
public final class StorageNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private StorageNames() {}

    /**
     * Folder of a run.
     *
     * @throws CooperException BAD_INPUT unless it is letters, digits, dot, dash and underscore, 128 at most
     */
    public static String run(String runId) {
        return require("run_id", "run id", runId);
    }

    /** Who holds a pin: a name of the same letters. */
    static String holder(String holder) {
        return require("holder", "holder of a pin", holder);
    }

    private static String require(String field, String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw CooperException.badInput(
                    field,
                    what + " '" + name + "' cannot name a file: use letters, digits, '.', '-' and '_', 128 at most");
        }
        return name;
    }

    /**
     * Folder of a kind of model.
     *
     * @throws CooperException BAD_INPUT if the kind was left out
     */
    public static String kind(ModelKind kind) {
        return switch (kind) {
            case POLICY -> "policy";
            case REWARD -> "reward";
            case MODEL_KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw CooperException.badInput("kind", "the kind of model must be POLICY or REWARD, got " + kind);
        };
    }
}
