package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InferenceCommandsTest {
    private static final String TINY = "../examples/tiny-model";
    private static final String QUESTION =
            "A box holds 26 stickers. Mia puts in 16 more. How many stickers are in the" + " box now?\n";
    private static final int VOCABULARY = 32;
    private static final int POSITIONS = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void everyTokenIsScoredGivenThoseBeforeIt() throws IOException {
        List<String> lines = IntStream.range(0, 40)
                .mapToObj(i -> "{\"token_ids\": " + ids(1 + i % 13, i) + "}")
                .toList();

        assertThat(run("logprobs", "--model", bareModel(), "--jsonl", file(lines), "--token-budget", "20"))
                .isZero();

        List<JsonNode> together = json();
        assertThat(together).hasSize(40);
        for (int i = 0; i < 40; i++) {
            JsonNode logProbs = together.get(i).get("logprobs");
            assertThat(logProbs.size()).isEqualTo(1 + i % 13);
            assertThat(logProbs.get(0).isNull()).isTrue();
        }
        // Each alone, and from its first tokens only: later ones and other lines change nothing.
        assertThat(run(
                        "logprobs",
                        "--model",
                        bareModel(),
                        "--jsonl",
                        file(List.of("{\"token_ids\":" + ids(5, 12) + "}"))))
                .isZero();
        JsonNode alone = json().getFirst().get("logprobs");
        for (int i = 1; i < 5; i++) {
            assertThat(alone.get(i).doubleValue())
                    .isCloseTo(together.get(12).get("logprobs").get(i).doubleValue(), within(1e-5))
                    .isNegative();
        }
    }

    @Test
    void aTextIsScoredAsItsTokensAre() throws IOException {
        List<String> tokens = new ArrayList<>();
        try (LanguageModel model = LanguageModel.load(Path.of(TINY))) {
            tokens.add(Arrays.toString(model.tokenizer().encode(QUESTION).toArray()));
        }

        assertThat(run(
                        "logprobs",
                        "--model",
                        TINY,
                        "--jsonl",
                        file(List.of(
                                "{\"token_ids\":" + tokens.getFirst() + "}",
                                MAPPER.writeValueAsString(
                                        MAPPER.createObjectNode().put("text", QUESTION))))))
                .isZero();

        assertThat(json().getLast()).isEqualTo(json().getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{\"token_ids\": [1,2]            | it is not JSON",
                "[1,2]                            | it is not a JSON object",
                "''                               | it is blank",
                "{\"token_ids\": [1], \"text\": \"a\"} | it has both token_ids and text",
                "{\"tokens\": [1]}                | it has neither token_ids nor text",
                "{\"token_ids\": []}              | it has no tokens",
                "{\"token_ids\": [1, -2]}         | token_ids[1] is -2",
                "{\"token_ids\": [1, 2.5]}        | token_ids[1] is 2.5",
                "{\"token_ids\": 7}               | token_ids is 7",
                "{\"token_ids\": [1, 32]}         | the greatest id is 31",
                "{\"text\": \"a\"}                | no tokenizer.json",
                "{\"text\": 3}                    | text is 3",
            })
    void aLineThatCannotBeScoredIsNamedAfterThoseBeforeItAreWritten(String line, String reason) throws IOException {
        String path = file(List.of("{\"token_ids\": [1,2,3]}", line, "{\"token_ids\": [1]}"));

        assertThat(run("logprobs", "--model", bareModel(), "--jsonl", path)).isEqualTo(5);

        assertThat(errors.toString()).contains(path + ", line 2: ").contains(reason);
        assertThat(json()).hasSize(1);
    }

    @Test
    void aSequenceLongerThanTheModelIsRefused() throws IOException {
        String path = file(List.of("{\"token_ids\": " + ids(POSITIONS + 1, 1) + "}"));
        assertThat(run("logprobs", "--model", bareModel(), "--jsonl", path)).isEqualTo(5);
        assertThat(errors.toString()).contains("line 1: it has 65 tokens").contains("at most 64");
        String fitting = file(List.of("{\"token_ids\": " + ids(POSITIONS, 1) + "}"));
        assertThat(run("logprobs", "--model", bareModel(), "--jsonl", fitting)).isZero();
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThat(run("logprobs", "--model", bareModel(), "--jsonl", "nowhere.jsonl"))
                .isEqualTo(5);
        assertThat(errors.toString()).contains("nowhere.jsonl");
        assertThat(run("logprobs", "--model", "nowhere", "--jsonl", file(List.of())))
                .isEqualTo(5);
        assertThat(errors.toString()).contains("nowhere: no such folder");
        Files.write(folder.resolve("latin1.jsonl"), "{\"text\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(run(
                        "logprobs",
                        "--model",
                        TINY,
                        "--jsonl",
                        folder.resolve("latin1.jsonl").toString()))
                .isEqualTo(5);
        assertThat(errors.toString()).contains("not UTF-8");
    }

    @Test
    void theTextThatIsStreamedIsThatOfTheSample() {
        assertThat(generate("--prompt", QUESTION, "--seed", "3", "--max-new-tokens", "40"))
                .isZero();
        String streamed = out.toString();
        assertThat(generate("--prompt", QUESTION, "--seed", "3", "--max-new-tokens", "40", "--samples", "2"))
                .isZero();
        assertThat(json()).hasSize(2);
        assertThat(streamed).isEqualTo(json().getFirst().get("text").stringValue() + System.lineSeparator());
        assertThat(json().getFirst().get("token_ids").size())
                .isEqualTo(json().getFirst().get("logprobs").size());
    }

    @Test
    void samplesOfAFileComeInItsOrderAndDependOnTheSeedOnly() throws IOException {
        String path = file(IntStream.range(0, 9)
                .mapToObj(i -> "{\"token_ids\": " + ids(3 + i, i) + "}")
                .toList());
        assertThat(generate("--jsonl", path, "--samples", "3", "--max-new-tokens", "12", "--rows", "4"))
                .isZero();
        List<JsonNode> first = json();
        assertThat(first.stream()
                        .map(line -> line.get("line") + "." + line.get("sample"))
                        .toList())
                .isEqualTo(IntStream.range(0, 27)
                        .mapToObj(i -> (1 + i / 3) + "." + i % 3)
                        .toList());
        assertThat(generate("--jsonl", path, "--samples", "3", "--max-new-tokens", "12"))
                .isZero();
        assertThat(json().stream().map(line -> line.get("text")).toList())
                .isEqualTo(first.stream().map(line -> line.get("text")).toList());
        assertThat(generate("--jsonl", path, "--samples", "3", "--max-new-tokens", "12", "--seed", "2"))
                .isZero();
        assertThat(json().stream().map(line -> line.get("text")).toList())
                .isNotEqualTo(first.stream().map(line -> line.get("text")).toList());
    }

    @Test
    void aStopStringEndsTheText() {
        assertThat(generate("--prompt", QUESTION, "--temperature", "0")).isZero();
        String whole = out.toString();
        assertThat(whole).contains("\\boxed");
        assertThat(generate("--prompt", QUESTION, "--temperature", "0", "--stop", "never", "--stop", "\\boxed"))
                .isZero();
        assertThat(out.toString().stripTrailing())
                .isEqualTo(whole.substring(0, whole.indexOf("\\boxed")).stripTrailing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prompt,a,--jsonl,b     | mutually exclusive",
                "--seed,1                 | --prompt",
                "--prompt,''              | --prompt is empty",
                "--prompt,a,--stop,''     | --stop: stop string 0 is empty",
                "--prompt,a,--top-p,0     | --top-p must be above 0",
                "--prompt,a,--top-k,-1    | --top-k must be at least 0",
                "--prompt,a,--temperature,-1    | --temperature must be at least 0",
                "--prompt,a,--max-new-tokens,0  | --max-new-tokens must be at least 1",
                "--prompt,a,--samples,0   | --samples must be at least 1",
                "--prompt,a,--rows,0      | --rows must be at least 1",
                "--prompt,a,--cache-mib,0 | --cache-mib must be at least 1",
                "--prompt,a,--threads,0   | --threads must be at least 1",
                "--prompt,a,--device,gpu  | --device must be cpu",
            })
    void aSettingThatDoesNotHoldIsNamed(String arguments, String reason) {
        String[] options = Arrays.stream(arguments.split(",", -1))
                .map(option -> option.equals("''") ? "" : option)
                .toArray(String[]::new);
        assertThat(generate(options)).isEqualTo(2);
        assertThat(errors.toString()).contains(reason);
    }

    @Test
    void aPromptThatLeavesNoRoomIsRefused() throws IOException {
        assertThat(generate("--prompt", QUESTION.repeat(100))).isEqualTo(2);
        assertThat(errors.toString()).contains("--prompt has").contains("shorten it");
        String path = file(List.of("{\"prompt\": \"a\"}", "{\"prompt\": \"" + "ab ".repeat(500) + "\"}"));
        assertThat(generate("--jsonl", path)).isEqualTo(5);
        assertThat(errors.toString()).contains(path + ", line 2: it has");
        assertThat(generate("--jsonl", file(List.of("{\"prompt\": \"a\", \"token_ids\": [1]}"))))
                .isEqualTo(5);
        assertThat(errors.toString()).contains("line 1: it has several of prompt, text, token_ids");
    }

    @Test
    void aChatIsWrittenAsTheModelsTemplateHasIt() throws IOException {
        String model = modelWithTemplate("{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
                + "{% if add_generation_prompt %}assistant:{% endif %}");
        assertThat(run("generate", "--model", model, "--prompt", "user: 2 + {{ 3 }}?\nassistant:"))
                .isZero();
        String expected = out.toString();
        assertThat(run("generate", "--model", model, "--chat", "--prompt", "2 + {{ 3 }}?"))
                .isZero();
        assertThat(out.toString()).isEqualTo(expected);

        String plain = file(List.of("{\"prompt\": \"system: Add.\\nuser: 2 + 3?\\nassistant:\"}"));
        assertThat(run("generate", "--model", model, "--jsonl", plain)).isZero();
        List<JsonNode> drawn = json();
        String turns = file(List.of("{\"messages\": [{\"role\": \"system\", \"content\": \"Add.\"},"
                + " {\"role\": \"user\", \"content\": \"2 + 3?\"}]}"));
        assertThat(run("generate", "--model", model, "--chat", "--jsonl", turns))
                .isZero();
        assertThat(json()).isEqualTo(drawn);
    }

    @Test
    void aChatThatCannotBeWrittenIsNamed() throws IOException {
        assertThat(generate("--chat", "--prompt", "a")).isEqualTo(5);
        assertThat(errors.toString()).contains("tiny-model").contains("no chat template");

        String model = modelWithTemplate("{{ raise_exception('no turns like these') }}");
        String turns = file(List.of("{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}"));
        assertThat(run("generate", "--model", model, "--chat", "--jsonl", turns))
                .isEqualTo(5);
        assertThat(errors.toString()).contains(turns + ", line 1: ").contains("no turns like these");
        assertThat(run("generate", "--model", model, "--chat", "--prompt", "a")).isEqualTo(2);
        assertThat(errors.toString()).contains("no turns like these");

        for (String messages :
                List.of("3", "[]", "[{\"role\": \"user\"}]", "[{\"role\": \" \", \"content\": \"a\"}]")) {
            assertThat(run(
                            "generate",
                            "--model",
                            model,
                            "--chat",
                            "--jsonl",
                            file(List.of("{\"messages\":" + messages + "}"))))
                    .isEqualTo(5);
            assertThat(errors.toString()).contains("line 1: ").containsIgnoringCase("message");
        }
    }

    private String modelWithTemplate(String template) throws IOException {
        Path model = Files.createTempDirectory(folder, "chat");
        try (Stream<Path> files = Files.list(Path.of(TINY))) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        Files.writeString(model.resolve("chat_template.jinja"), template);
        return model.toString();
    }

    private int generate(String... options) {
        return run(Stream.concat(Stream.of("generate", "--model", TINY), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        return Cooper.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    private List<JsonNode> json() {
        return out.toString().lines().map(MAPPER::readTree).toList();
    }

    private String file(List<String> lines) throws IOException {
        Path file = Files.createTempFile(folder, "lines", ".jsonl");
        Files.write(file, lines);
        return file.toString();
    }

    private static String ids(int length, long seed) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf(CounterRandom.integer(seed, i, VOCABULARY)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** A model without tokenizer files. */
    private String bareModel() throws IOException {
        Path model = folder.resolve("bare");
        if (!Files.exists(model)) {
            Files.createDirectory(model);
            ModelConfig config = ModelConfig.small(new ModelConfig.Size(16, 24, 2, 4, 2), VOCABULARY, POSITIONS);
            try (CausalLanguageModel network = LanguageModel.initialiseNetwork(config, 7)) {
                Files.writeString(model.resolve("config.json"), config.toJson(new SpecialTokens(TokenIds.of(1), 0)));
                network.weights().write(model.resolve(LanguageModel.WEIGHTS_FILE));
            }
        }
        return model.toString();
    }
}
