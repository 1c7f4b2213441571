package dev.cooper.policy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.policy.TestingPolicies;
import dev.cooper.policy.sampling.SamplingEngine.Prompt;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.SamplingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyEngineTest {

    private static final SamplingSettings SETTINGS = SamplingSettings.newBuilder()
            .setTemperature(1)
            .setTopP(1)
            .setMaxNewTokens(12)
            .build();

    @TempDir
    Path root;

    private WeightStore store;
    private PolicyEngine engine;

    @BeforeEach
    void open() {
        store = new WeightStore(root, folder -> Checksum.of(folder.resolve("model.safetensors")));
        engine = new PolicyEngine(store, 16, 40, 1 << 20);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void samplesWithTheVersionThatIsWanted() throws IOException {
        ModelRef zero = publish(0, 7);
        ModelRef one = publish(1, 8);

        engine.use("run", zero);
        List<Completion> first = sample(SETTINGS);
        engine.use("run", one);
        List<Completion> second = sample(SETTINGS);
        engine.use("run", zero);

        assertThat(sample(SETTINGS)).isEqualTo(first).isNotEqualTo(second);
        assertThat(first).hasSize(6).allSatisfy(completion -> {
            assertThat(completion.getTokenIdsCount()).isEqualTo(completion.getLogProbsCount());
            boolean ended = completion.getTokenIds(completion.getTokenIdsCount() - 1) == 1;
            assertThat(completion.getFinishReason()).isEqualTo(ended ? FinishReason.STOP : FinishReason.LENGTH);
            assertThat(completion.getText()).doesNotContain("<eos>");
        });
    }

    @Test
    void aStopStringEndsACompletionAtTheTokenThatCompletesIt() throws IOException {
        engine.use("run", publish(0, 7));
        Completion free = sample(SETTINGS).stream()
                .filter(completion -> completion.getTokenIdsCount() > 4)
                .findFirst()
                .orElseThrow();
        String stop = "w" + free.getTokenIds(2) + " ";

        Completion cut = sample(SETTINGS.toBuilder().addStopStrings(stop).build()).stream()
                .filter(completion -> completion.getTokenIds(0) == free.getTokenIds(0)
                        && completion.getTokenIds(1) == free.getTokenIds(1))
                .findFirst()
                .orElseThrow();

        assertThat(cut.getFinishReason()).isEqualTo(FinishReason.STOP);
        assertThat(cut.getTokenIdsCount()).isLessThan(free.getTokenIdsCount());
        assertThat(free.getTokenIdsList()).startsWith(cut.getTokenIdsList().toArray(Integer[]::new));
        assertThat(cut.getText()).doesNotContain(stop);
        assertThat(free.getText()).startsWith(cut.getText());
    }

    @Test
    void deterministicCompletionsDoNotDependOnTheirBatch() throws IOException {
        engine.use("run", publish(0, 7));
        SamplingSettings deterministic =
                SETTINGS.toBuilder().setDeterministic(true).build();
        Prompt prompt = new Prompt(
                engine.encode("w2 w3 w4"), LongStream.range(0, 6).boxed().toList());
        Prompt other = new Prompt(
                engine.encode("w5 w6"), LongStream.range(6, 14).boxed().toList());

        assertThat(sample(List.of(other, prompt), deterministic).getLast())
                .isEqualTo(sample(List.of(prompt), deterministic).getFirst());
    }

    @Test
    void deterministicGroupsOfOtherLengthsEachHaveTheirOwnShapeAndPlace() throws IOException {
        engine.use("run", publish(0, 7));
        SamplingSettings deterministic =
                SETTINGS.toBuilder().setDeterministic(true).build();
        List<Prompt> prompts = new ArrayList<>();
        for (String text : List.of("w2 ".repeat(25), "w3 w4", "w5 ".repeat(26), "w6")) {
            prompts.add(new Prompt(
                    engine.encode(text), LongStream.range(0, 3).boxed().toList()));
        }

        List<List<Completion>> together = sample(prompts, deterministic);

        assertThat(together).allSatisfy(group -> assertThat(group).hasSize(3));
        for (int place = 0; place < prompts.size(); place++) {
            assertThat(sample(List.of(prompts.get(place)), deterministic).getFirst())
                    .isEqualTo(together.get(place));
        }
    }

    @Test
    void aPromptWithoutRoomIsRefusedWithTheNumbers() throws IOException {
        engine.use("run", publish(0, 7));

        assertThatThrownBy(() -> engine.encode("w2 ".repeat(40)))
                .hasMessageContaining("40 tokens")
                .hasMessageContaining("cooper.sampling.context-length");
        assertThatThrownBy(() -> engine.encode("")).hasMessageContaining("no tokens");
    }

    @Test
    void aVersionThatIsMissingIsNamedWithItsFolder() {
        ModelRef missing = ModelRef.newBuilder().setNumber(3).setChecksum("abc").build();

        assertThatThrownBy(() -> engine.use("run", missing)).hasMessageContaining("weights/run/policy/0/3");
    }

    @Test
    void aVersionWithOtherBytesIsNotUsed() throws IOException {
        ModelRef zero = publish(0, 7);
        ModelRef one = publish(1, 8);
        engine.use("run", zero);
        ModelRef confused = one.toBuilder().setChecksum("abc").build();

        assertThatThrownBy(() -> engine.use("run", confused)).hasMessageContaining("abc");
        engine.use("run", one);
        assertThat(sample(SETTINGS)).hasSize(6);
    }

    @Test
    void aCompletionThatDoesNotFitInTheCachesMemoryIsRefusedWithTheSetting() throws IOException {
        ModelRef zero = publish(0, 7);
        try (PolicyEngine small = new PolicyEngine(store, 16, 40, 100)) {
            small.use("run", zero);
            Prompt prompt = new Prompt(small.encode("w2 w3 w4"), List.of(1L));

            assertThatThrownBy(() -> small.sample(List.of(prompt), SETTINGS, () -> false, (place, drawn) -> {}))
                    .hasMessageContaining("15 tokens")
                    .hasMessageContaining("cooper.sampling.cache-memory");
        }
    }

    private ModelRef publish(long number, long seed) throws IOException {
        Path folder = TestingPolicies.write(Files.createTempDirectory(root, "model"), seed);
        ModelRef version = ModelRef.newBuilder()
                .setNumber(number)
                .setChecksum(Checksum.of(folder.resolve("model.safetensors")))
                .build();
        try (LanguageModel model = LanguageModel.load(folder)) {
            store.publish("run", ModelKind.POLICY, version, model::save);
        }
        return version;
    }

    private List<Completion> sample(SamplingSettings settings) {
        Prompt prompt = new Prompt(
                engine.encode("w2 w3 w4"), LongStream.range(0, 6).boxed().toList());
        return sample(List.of(prompt), settings).getFirst();
    }

    private List<List<Completion>> sample(List<Prompt> prompts, SamplingSettings settings) {
        List<List<Completion>> groups = new ArrayList<>();
        prompts.forEach(_ -> groups.add(List.of()));
        engine.sample(prompts, settings, () -> false, groups::set);
        return groups;
    }
}
