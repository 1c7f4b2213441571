package dev.cooper.reward.scoring;

import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.ModelRef;
import java.util.List;

/** What scores texts. Used by one thread. */
public interface ScoringEngine extends AutoCloseable {

    /**
     * Makes sure that the version is the one that scores from now on.
     *
     * @throws CooperException MODEL_FAULT if it cannot be loaded
     */
    void use(String runId, ModelRef version);

    /**
     * Tokens of a text.
     *
     * @throws CooperException BAD_INPUT if it has none, or more than the model reads
     */
    TokenIds tokens(String text);

    /**
     * Raw outputs of texts in their order. They are a function of the texts and the version; of texts that are scored
     * together, up to rounding, of each text alone.
     */
    float[] logits(List<TokenIds> texts);

    @Override
    void close();
}
