package dev.cooper.languagemodel.parity;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.StoredTypes;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Saves every checkpoint of the tests as this engine does, with the engine's numbers beside it, for
 * tools/check_saved.py to load them in transformers: {@code java dev.cooper.languagemodel.parity.SavedCheckpoints
 * TARGET} with the test class path.
 */
final class SavedCheckpoints {
    private SavedCheckpoints() {}

    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        for (StoredTypes types : StoredTypes.values()) {
            for (String name : Fixtures.checkpoints(false).toList()) {
                saveLanguageModel(Checkpoint.of(name), folder(target, name, types), types);
            }
            for (String name : Fixtures.checkpoints(true).toList()) {
                saveRewardModel(Checkpoint.of(name), folder(target, name, types), types);
            }
        }
    }

    private static Path folder(Path target, String name, StoredTypes types) throws IOException {
        return Files.createDirectories(target.resolve(name + (types == StoredTypes.AS_READ ? "-as-read" : "")));
    }

    private static void saveLanguageModel(Checkpoint checkpoint, Path folder, StoredTypes types) throws IOException {
        try (LanguageModel model = LanguageModel.load(checkpoint.withTokenizer(source(checkpoint)))) {
            model.save(folder, types);
            write(
                    checkpoint,
                    folder,
                    types,
                    tokens -> Map.of(
                            "tokens", tokens.toArray(), "logits", EngineLogits.decoded(model.network(), tokens, 0)));
        }
    }

    private static void saveRewardModel(Checkpoint checkpoint, Path folder, StoredTypes types) throws IOException {
        try (RewardModel model = RewardModel.load(checkpoint.withTokenizer(source(checkpoint)))) {
            model.save(folder, types);
            write(
                    checkpoint,
                    folder,
                    types,
                    tokens -> Map.of("tokens", tokens.toArray(), "output", model.logits(List.of(tokens), 1000)[0]));
        }
    }

    private static Path source(Checkpoint checkpoint) throws IOException {
        return Files.createTempDirectory(checkpoint.folder().getFileName().toString());
    }

    @FunctionalInterface
    private interface Numbers {
        Map<String, Object> of(TokenIds tokens);
    }

    private static void write(Checkpoint checkpoint, Path folder, StoredTypes types, Numbers numbers)
            throws IOException {
        List<Map<String, Object>> sequences = checkpoint.sequences().stream()
                .map(ScoredSequence::tokens)
                .map(numbers::of)
                .toList();
        Map<String, Object> ours = Map.of(
                "source",
                checkpoint.folder().toString(),
                "asRead",
                types == StoredTypes.AS_READ,
                "sequences",
                sequences);
        Files.writeString(folder.resolve("ours.json"), new JsonMapper().writeValueAsString(ours));
        System.out.println(folder + " " + Arrays.toString(folder.toFile().list()));
    }
}
