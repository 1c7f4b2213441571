package dev.cooper.policy.sampling;

import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** "Draws" one token, the seed modulo 1000, for each completion; a prompt's tokens are its characters. */
final class TestingEngine implements SamplingEngine {

    static final int CONTEXT = 16;

    final List<Integer> batches = new ArrayList<>();
    final List<Long> versions = new ArrayList<>();
    /** Runs before each prompt is finished, as time passes while a model decodes. */
    Runnable betweenPrompts = () -> {};

    boolean broken;

    @Override
    public void use(String runId, ModelRef version) {
        if (broken) {
            throw new CooperException(FailureReason.MODEL_FAULT, "weights/" + runId + " is missing");
        }
        versions.add(version.getNumber());
    }

    @Override
    public TokenIds encode(String prompt) {
        if (prompt.length() >= CONTEXT) {
            throw CooperException.badInput("prompt", "the prompt has " + prompt.length() + " tokens");
        }
        return TokenIds.of(prompt.chars().toArray());
    }

    @Override
    public void sample(List<Prompt> prompts, SamplingSettings settings, BooleanSupplier cancelled, Finished finished) {
        batches.add(prompts.size());
        for (int place = 0; place < prompts.size(); place++) {
            betweenPrompts.run();
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("cancelled");
            }
            finished.accept(
                    place,
                    prompts.get(place).seeds().stream()
                            .map(TestingEngine::completion)
                            .toList());
        }
    }

    private static Completion completion(long seed) {
        return Completion.newBuilder()
                .addTokenIds((int) Math.floorMod(seed, 1000L))
                .addLogProbs(-1)
                .setText("t")
                .setFinishReason(FinishReason.STOP)
                .build();
    }

    @Override
    public void close() {}
}
