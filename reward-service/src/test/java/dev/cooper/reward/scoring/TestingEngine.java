package dev.cooper.reward.scoring;

import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import java.util.ArrayList;
import java.util.List;

/** A token a character; the logit is the number of tokens. */
final class TestingEngine implements ScoringEngine {

    static final int POSITIONS = 100;

    /** Versions as they were chosen. */
    final List<Long> versions = new ArrayList<>();
    /** Number of texts in each batch. */
    final List<Integer> batches = new ArrayList<>();
    /** A version of this number does not load. */
    long damaged = -1;
    /** Texts of this length get no number. */
    int poison = -1;
    /** Runs within a batch; what it throws is the engine's fault. */
    Runnable whileScoring = () -> {};

    @Override
    public void use(String runId, ModelRef version) {
        if (version.getNumber() == damaged) {
            throw new CooperException(FailureReason.MODEL_FAULT, "version " + damaged + " is damaged");
        }
        versions.add(version.getNumber());
    }

    @Override
    public TokenIds tokens(String text) {
        if (text.length() > POSITIONS) {
            throw CooperException.badInput("reward.template", "too long");
        }
        return TokenIds.of(text.chars().toArray());
    }

    @Override
    public float[] logits(List<TokenIds> texts) {
        batches.add(texts.size());
        whileScoring.run();
        float[] logits = new float[texts.size()];
        for (int i = 0; i < logits.length; i++) {
            int length = texts.get(i).size();
            logits[i] = length == poison ? Float.NaN : length;
        }
        return logits;
    }

    @Override
    public void close() {}
}
