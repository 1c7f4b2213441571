package dev.cooper.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.cli.client.SpecFile;
import dev.cooper.orchestrator.dataset.DataSets;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpecReader;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.RewriteStyle;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.SourceShare;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The specs of the paper's runs, with a row or an empty file in place of each file that they name. */
class PaperSpecsTest {
    private static final Path SPECS = Path.of("../examples/paper");
    private static final double PROBLEMS = 103_022;
    private static final int EPOCHS = 10;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void filesThatAReaderFetches() throws IOException, SQLException {
        Path data = Files.createDirectories(folder.resolve("data"));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("copy (select '1 + 1?' as question, '2' as final_answer, 5.0 as difficulty) to '"
                    + data.resolve("deepmath.parquet") + "' (format parquet)");
        }
        write(data, "gsm8k-test.jsonl", "{\"question\": \"1 + 1?\", \"answer\": \"So #### 2\"}");
        write(data, "svamp.json", "[{\"Body\": \"One pen.\", \"Question\": \"How many?\", \"Answer\": 1.0}]");
        write(data, "math500.jsonl", "{\"problem\": \"1 + 1?\", \"solution\": \"..\", \"answer\": \"2\"}");
        write(data, "olympiadbench-en.jsonl", "{\"question\": \"1 + 1?\", \"final_answer\": [\"$2$\"]}");
        write(data, "math-odyssey.jsonl", "{\"Problem_1\": {\"question\": \"1 + 1?\", \"answer\": \"2\"}}");
        for (String model :
                new String[] {"models/Qwen2.5-1.5B-Instruct", "models/Llama-3.2-1B-Instruct", "models/VerifyRM-1.5B"}) {
            Path of = Files.createDirectories(folder.resolve(model));
            write(of, "config.json", "{}");
            write(of, "tokenizer.json", "{}");
            write(of, "model.safetensors", "");
        }
    }

    private static void write(Path folder, String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private RunSpec read(String file) throws IOException {
        Path spec = Files.copy(SPECS.resolve(file), folder.resolve(file));
        return new RunSpecReader(Path.of(""), new DataSets())
                .readJson(SpecFile.read(spec, folder).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2.5-1.5b-instruct.yaml", "llama-3.2-1b-instruct.yaml"})
    void specHasEveryHyperparameterOfThePaper(String file) throws IOException {
        RunSpec spec = read(file);

        assertThat(spec.mode()).isEqualTo(Mode.COOPER);
        assertThat(spec.steps() * (double) spec.sampling().promptsPerStep() / PROBLEMS)
                .isBetween(EPOCHS - 0.01, EPOCHS + 0.01);
        assertThat(spec.sampling().promptsPerStep()).isEqualTo(512);
        SamplingSettings sampling = spec.sampling().settings();
        assertThat(sampling.getGroupSize()).isEqualTo(16);
        assertThat(sampling.getTemperature()).isEqualTo(1);
        assertThat(sampling.getTopP()).isEqualTo(1);
        assertThat(sampling.getMaxNewTokens()).isEqualTo(3072);
        TrainingSettings training = spec.training();
        assertThat(training.getLearningRate()).isEqualTo(1e-6);
        assertThat(training.getWarmupSteps()).isEqualTo(20);
        assertThat(training.getMaxGradientNorm()).isEqualTo(1);
        GrpoSettings grpo = training.getGrpo();
        assertThat(grpo.getKlCoefficient()).isEqualTo(0.001);
        assertThat(grpo.getClipLow()).isEqualTo(0.2);
        assertThat(grpo.getClipHigh()).isEqualTo(0.2);
        assertThat(grpo.getAdvantageEpsilon()).isEqualTo(1e-6);
        assertThat(grpo.getDivideByStd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2.5-1.5b-instruct.yaml", "llama-3.2-1b-instruct.yaml"})
    void rewardModelAndPairsAreThePapers(String file) throws IOException {
        RunSpec spec = read(file);

        RunSpec.Reward reward = spec.reward().orElseThrow();
        assertThat(reward.every()).isEqualTo(1);
        assertThat(reward.scoring().getTemplate()).as("VerifyRM's own").isEmpty();
        assertThat(reward.scoring().getCutOverCharacters()).isEqualTo(1500);
        assertThat(reward.scoring().getKeepFirstCharacters()).isEqualTo(500);
        assertThat(reward.scoring().getKeepLastCharacters()).isEqualTo(1000);
        TrainingSettings training = reward.training().orElseThrow();
        assertThat(training.getLearningRate()).isEqualTo(1e-5);
        assertThat(training.getWeightDecay()).isEqualTo(0.01);
        assertThat(training.getMaxGradientNorm()).isEqualTo(1);
        assertThat(training.getWarmupSteps()).as("1% of its updates").isEqualTo(spec.steps() / 100);
        PairingSettings pairing = spec.pairing().orElseThrow().settings();
        assertThat(pairing.getSourcesList())
                .extracting(SourceShare::getSource)
                .containsExactly(NegativeSource.ASSISTANT);
        assertThat(pairing.getStyle()).isEqualTo(RewriteStyle.WRONG_THROUGHOUT);
        assertThat(pairing.getAttempts()).isEqualTo(3);
        assertThat(pairing.getTemperature()).isEqualTo(0.7);
        assertThat(pairing.getExtraTokens()).isEqualTo(500);
        assertThat(pairing.getAssistant()).isEqualTo(AssistantKind.ENDPOINT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2.5-1.5b-instruct.yaml", "llama-3.2-1b-instruct.yaml"})
    void evaluationFollowsThePapersProtocolOnItsFiveBenchmarks(String file) throws IOException {
        RunSpec spec = read(file);

        assertThat(spec.data().heldout())
                .extracting(RunSpec.HeldOut::name)
                .containsExactly("gsm8k", "svamp", "math500", "olympiadbench-en", "math-odyssey");
        RunSpec.Evaluation evaluation = spec.evaluation().orElseThrow();
        assertThat(evaluation.problems()).as("all").isZero();
        assertThat(evaluation.settings().getGroupSize()).isEqualTo(8);
        assertThat(evaluation.settings().getTemperature()).isEqualTo(0.7);
        assertThat(evaluation.settings().getTopP()).isEqualTo(0.95);
        assertThat(evaluation.settings().getMaxNewTokens()).isEqualTo(3072);
    }
}
