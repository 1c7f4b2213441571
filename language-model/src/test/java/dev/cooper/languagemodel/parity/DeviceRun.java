package dev.cooper.languagemodel.parity;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.GrpoLossSettings;
import dev.cooper.languagemodel.training.PolicyMetrics;
import dev.cooper.languagemodel.training.PolicySequence;
import dev.cooper.languagemodel.training.PolicySettings;
import dev.cooper.languagemodel.training.PolicyTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is compared between devices, computed on the device of this process: one has one device. As a program, it writes
 * that to a file, or ends with {@value #NO_DEVICE} and says why its device is not there.
 */
final class DeviceRun {
    static final int NO_DEVICE = 3;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int CONTINUATION = 64;

    private DeviceRun() {}

    public static void main(String[] arguments) throws IOException {
        Path result = Path.of(arguments[0]);
        try {
            TorchEngine.start();
        } catch (IllegalArgumentException e) {
            Files.writeString(result, String.valueOf(e.getMessage()));
            System.exit(NO_DEVICE);
        }
        Files.writeString(result, MAPPER.writeValueAsString(compute()));
    }

    /** By the names of the checkpoints: logits, greedy tokens, and a policy update's loss, norm and checksum. */
    static ObjectNode compute() throws IOException {
        ObjectNode results = MAPPER.createObjectNode();
        results.put("device", TorchEngine.device().name());
        for (String name : Fixtures.checkpoints(false).toList()) {
            Checkpoint checkpoint = Checkpoint.of(name);
            try (CausalLanguageModel model = LanguageModel.loadNetwork(checkpoint.folder())) {
                ObjectNode result = results.putObject(name);
                result.set("logits", MAPPER.valueToTree(logits(model, checkpoint)));
                result.set("greedy", MAPPER.valueToTree(greedy(model, checkpoint)));
                PolicyMetrics metrics = update(model, checkpoint);
                result.put("loss", metrics.loss()).put("norm", metrics.gradientNorm());
                result.put("checksum", model.weights().checksum());
            }
        }
        return results;
    }

    private static float[] logits(CausalLanguageModel model, Checkpoint checkpoint) {
        List<TokenIds> sequences =
                checkpoint.sequences().stream().map(ScoredSequence::tokens).toList();
        try (GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager()) {
            return Transfers.floats(model.logits(scope, TokenBatch.reading(sequences)));
        }
    }

    private static int[] greedy(CausalLanguageModel model, Checkpoint checkpoint) {
        TokenIds prompt =
                Checkpoint.tokens(checkpoint.expected().required("greedy").required("prompt"));
        int none = model.config().vocabSize() - 1;
        Sampler sampler =
                new Sampler(model, new SpecialTokens(TokenIds.of(none), none), new SamplerLimits(2, 128, false));
        Completion completion = sampler.sample(
                        List.of(new SampleRequest(prompt, List.of(1L))),
                        new SamplingSettings(0, 1, 0, CONTINUATION),
                        () -> false)
                .groups()
                .getFirst()
                .getFirst();
        return completion.tokens().toArray();
    }

    /** In parts of one sequence, with activation checkpointing: the longest way. */
    private static PolicyMetrics update(CausalLanguageModel model, Checkpoint checkpoint) {
        PolicySettings settings = new PolicySettings(GrpoLossSettings.STANDARD, AdamWSettings.STANDARD, 1, 1, 1, true);
        List<PolicySequence> sequences = new ArrayList<>();
        for (ScoredSequence sequence : checkpoint.sequences()) {
            float[] sampled = new float[sequence.targets()];
            Arrays.fill(sampled, -2);
            TokenIds tokens = sequence.tokens();
            sequences.add(new PolicySequence(
                    tokens.slice(0, sequence.from()),
                    tokens.slice(sequence.from(), tokens.size()),
                    LogProbs.of(sampled),
                    sequences.size() % 2 == 0 ? 1 : -0.5));
        }
        try (PolicyTrainer trainer = new PolicyTrainer(model, Optional.empty(), settings)) {
            return trainer.update(sequences, 1e-4);
        }
    }
}
