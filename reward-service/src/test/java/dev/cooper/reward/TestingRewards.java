package dev.cooper.reward;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.languagemodel.safetensors.SafetensorsFile;
import dev.cooper.languagemodel.safetensors.Tensor;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.PairSide;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reward models with random weights whose tokens are the words w2 to w31, and what they score and learn from. */
public final class TestingRewards {

    /** Words only: the standard template's tags would all be the same unknown token. */
    public static final ScoringSettings INPUT = ScoringSettings.newBuilder()
            .setTemplate("{{question}} {{reference}} {{completion}}")
            .build();

    public static final String WEIGHTS = "model.safetensors";

    private static final int VOCABULARY = 32;

    private TestingRewards() {}

    /** Writes a model in Hugging Face layout, of 128 positions, whose weights are a function of the seed. */
    public static Path write(Path folder, long seed) throws IOException {
        try (LanguageModel base = base(folder, seed);
                RewardModel model = RewardModel.fromBase(base, seed)) {
            model.save(folder);
        }
        return folder;
    }

    /** Writes the language model below it, which has no head. */
    public static Path writeBase(Path folder, long seed) throws IOException {
        try (LanguageModel base = base(folder, seed)) {
            base.save(folder);
        }
        return folder;
    }

    private static LanguageModel base(Path folder, long seed) throws IOException {
        Files.createDirectories(folder);
        ModelConfig config = new ModelConfig(VOCABULARY, 16, 24, 2, 4, 2, 4, 128, 1e-6, 10_000, true, 0.3);
        writeTokenizer(folder);
        return LanguageModel.initialise(config, Tokenizer.load(folder), seed);
    }

    /** Writes a tokenizer whose ids from 0 are &lt;pad&gt;, &lt;eos&gt;, w2, w3 and so on. */
    private static void writeTokenizer(Path folder) throws IOException {
        String words = IntStream.range(2, VOCABULARY)
                .mapToObj(i -> ", \"w%d\": %d".formatted(i, i))
                .collect(Collectors.joining());
        String special = "{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false,"
                + " \"rstrip\": false, \"normalized\": false, \"special\": true}";
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [%s, %s],
                 "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "<pad>", "vocab": {"<pad>": 0, "<eos>": 1%s}}}
                """.formatted(
                        special.formatted(0, "<pad>"), special.formatted(1, "<eos>"), words));
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<eos>\", \"pad_token\": \"<pad>\"}");
    }

    /** Changes the tensors of a model's folder. */
    public static void change(Path folder, Consumer<SortedMap<String, Tensor>> change) throws IOException {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            file.names().forEach(name -> tensors.put(name, file.read(name)));
        }
        change.accept(tensors);
        SafetensorsFile.write(folder.resolve(WEIGHTS), tensors, Map.of());
    }

    public static WeightStore store(Path root) {
        return new WeightStore(root, folder -> Checksum.of(folder.resolve(WEIGHTS)));
    }

    /** Publishes new random weights as a version of a run. */
    public static ModelRef publish(WeightStore store, String run, long number, long seed) throws IOException {
        Path made = Files.createTempDirectory("reward");
        write(made, seed);
        ModelRef version = ModelRef.newBuilder()
                .setNumber(number)
                .setChecksum(Checksum.of(made.resolve(WEIGHTS)))
                .build();
        store.publish(run, ModelKind.REWARD, version, target -> {
            for (String name : new String[] {"config.json", "tokenizer.json", "tokenizer_config.json", WEIGHTS}) {
                Files.copy(made.resolve(name), target.resolve(name));
            }
        });
        return version;
    }

    /** A group to be scored, all of whose completions are INCORRECT. */
    public static VerifiedGroup verified(GroupId group, Mode mode, ModelRef reward, String... completions) {
        var rollouts = TestingGroups.rollouts(group, completions).toBuilder();
        rollouts.getRequestBuilder()
                .setMode(mode)
                .setReward(reward)
                .setScoring(INPUT)
                .setProblem(Problem.newBuilder().setQuestion("w2 w3").setReferenceAnswer("w4"));
        Verdicts.Builder verdicts = Verdicts.newBuilder();
        for (int i = 0; i < completions.length; i++) {
            verdicts.addVerdicts(Verdict.newBuilder().setKind(VerdictKind.INCORRECT));
        }
        return VerifiedGroup.newBuilder()
                .setRollouts(rollouts)
                .setVerdicts(verdicts)
                .build();
    }

    /** What the pairing made of a group. */
    public static PairOutcome pair(GroupId group, String positive, String negative) {
        return PairOutcome.newBuilder()
                .setGroup(group)
                .setProblem(Problem.newBuilder().setQuestion("w2 w3").setReferenceAnswer("w4"))
                .setPair(Pair.newBuilder()
                        .setPositive(side(positive, VerdictKind.CORRECT))
                        .setNegative(side(negative, VerdictKind.INCORRECT)))
                .build();
    }

    private static PairSide side(String text, VerdictKind verdict) {
        return PairSide.newBuilder()
                .setText(text)
                .setVerdict(Verdict.newBuilder().setKind(verdict))
                .build();
    }
}
