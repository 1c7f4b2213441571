package dev.cooper.reward.scoring;

import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.modelruntime.hosting.HostedFolder;
import dev.cooper.modelruntime.hosting.ModelHost;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Scores with a reward model, whose versions come from the weight store. Nothing is loaded before the first is asked
 * for.
 */
public final class RewardEngine implements ScoringEngine {

    private final ModelHost<HostedFolder<RewardModel>> host;
    private final int batchTokens;
    private @Nullable HostedFolder<RewardModel> reward;

    /**
     * An engine without a model yet.
     *
     * @param batchTokens most tokens that are computed at once
     */
    public RewardEngine(WeightStore weights, int batchTokens) {
        this.host = new ModelHost<>(ModelKind.REWARD, weights, folder -> new HostedFolder<>(RewardModel.load(folder)));
        this.batchTokens = batchTokens;
    }

    @Override
    public void use(String runId, ModelRef version) {
        reward = null;
        reward = host.ensure(runId, version);
    }

    private RewardModel model() {
        if (reward == null) {
            throw new IllegalStateException("no version was chosen to score with");
        }
        return reward.model();
    }

    @Override
    public TokenIds tokens(String text) {
        try {
            return model().tokens(text);
        } catch (IllegalArgumentException e) {
            throw new CooperException(FailureReason.BAD_INPUT, String.valueOf(e.getMessage()), e, "reward.template");
        }
    }

    @Override
    public float[] logits(List<TokenIds> texts) {
        return model().logits(texts, batchTokens);
    }

    /** Number of the version that is loaded; empty while there is none. Any thread may ask. */
    public OptionalLong version() {
        return host.version();
    }

    @Override
    public void close() {
        reward = null;
        host.close();
    }
}
