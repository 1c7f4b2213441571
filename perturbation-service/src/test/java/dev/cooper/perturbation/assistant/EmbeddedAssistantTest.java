package dev.cooper.perturbation.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.perturbation.TestingPolicies;
import dev.cooper.perturbation.assistant.EmbeddedAssistant.Shape;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedAssistantTest extends AssistantContract {

    private static final int CONTEXT = 64;
    private static final String RUN = "run-1";

    @TempDir
    static Path root;

    private static WeightStore weights = new WeightStore(Path.of("nowhere"), _ -> "");
    private static ModelRef zero = ModelRef.getDefaultInstance();
    private volatile boolean held;
    private ModelRef version = ModelRef.getDefaultInstance();

    @BeforeAll
    static void publish() throws IOException {
        weights = new WeightStore(root, folder -> Checksum.of(folder.resolve("model.safetensors")));
        zero = publish(0, 7);
    }

    private static ModelRef publish(long number, long seed) throws IOException {
        Path folder = TestingPolicies.write(Files.createTempDirectory(root, "model"), seed);
        ModelRef published = ModelRef.newBuilder()
                .setNumber(number)
                .setChecksum(Checksum.of(folder.resolve("model.safetensors")))
                .build();
        try (LanguageModel model = LanguageModel.load(folder)) {
            weights.publish(RUN, ModelKind.POLICY, published, model::save);
        }
        return published;
    }

    @Override
    Assistant open() {
        version = zero;
        return EmbeddedAssistant.start(weights, new Shape(4, CONTEXT));
    }

    @Override
    RewriteRequest request(String prompt, long seed, BooleanSupplier wanted) {
        return request(version, prompt, seed, 10, () -> {
            while (held && wanted.getAsBoolean()) {
                Thread.onSpinWait();
            }
            return wanted.getAsBoolean();
        });
    }

    private static RewriteRequest request(
            ModelRef version, String prompt, long seed, int maxTokens, BooleanSupplier wanted) {
        return new RewriteRequest(RUN, Optional.of(version), prompt, 1, maxTokens, seed, wanted);
    }

    @Override
    void damage() throws IOException {
        version = publish(9, 8);
        Path file = weights.folder(RUN, ModelKind.POLICY, version).resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    @Override
    void hold() {
        held = true;
    }

    @Override
    void release() {
        held = false;
    }

    @Test
    void aTextSaysWhichVersionWroteIt() throws Exception {
        assertThat(assistant().rewrite(request(PROMPT, 7)).writer())
                .isEqualTo("embedded policy version 0 " + zero.getChecksum());
    }

    @Test
    void aVersionThatIsNotInTheStoreIsNamed() {
        ModelRef missing =
                ModelRef.newBuilder().setNumber(77).setChecksum("abc").build();

        CooperException failure = assertFailure(request(missing, PROMPT, 7, 10, () -> true), FailureReason.MODEL_FAULT);

        assertThat(failure).hasMessageContaining("weights/run-1/policy/0/77");
    }

    @Test
    void requestsOfSeveralVersionsAndTemperaturesAreAllAnswered() throws Exception {
        ModelRef one = publish(1, 9);
        RewriteRequest cold = new RewriteRequest(RUN, Optional.of(zero), PROMPT, 0, 10, 7, () -> true);

        List<Rewrite> texts = rewriteAll(
                List.of(request(PROMPT, 7), request(one, PROMPT, 7, 10, () -> true), cold, request(PROMPT, 8), cold));

        assertThat(texts.get(0)).isEqualTo(assistant().rewrite(request(PROMPT, 7)));
        assertThat(texts.get(1).writer()).contains("version 1 ");
        assertThat(texts.get(2)).isEqualTo(texts.get(4));
    }

    @Test
    void aPromptThatLeavesNoRoomIsRefusedAndDoesNotTroubleTheOthers() throws Exception {
        CooperException failure = assertFailure(request("w2 ".repeat(CONTEXT), 7), FailureReason.BAD_INPUT);
        assertThat(failure).hasMessageContaining("64 tokens").hasMessageContaining("cooper.assistant.context-length");
        assertFailure(request("", 7), FailureReason.BAD_INPUT);

        assertThat(assistant().rewrite(request(PROMPT, 7)).writer()).isNotBlank();
    }

    @Test
    void theContextBoundsATextWhoseLimitIsLonger() throws Exception {
        List<Rewrite> texts = rewriteAll(List.of(
                request(zero, "w2 ".repeat(CONTEXT - 4), 7, 1000, () -> true),
                request(zero, "w3 ".repeat(CONTEXT - 4), 8, 1000, () -> true),
                request(zero, "w4 ".repeat(CONTEXT - 4), 9, 1000, () -> true)));

        assertThat(texts).allSatisfy(text -> assertThat(text.text().split(" ")).hasSizeLessThanOrEqualTo(4));
        assertThat(texts.stream().filter(Rewrite::truncated)).isNotEmpty();
    }
}
