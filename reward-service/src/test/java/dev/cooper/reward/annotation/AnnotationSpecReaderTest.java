package dev.cooper.reward.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.BadInputException;
import dev.cooper.reward.annotation.AnnotationSpec.Source;
import dev.cooper.reward.annotation.ModelChoice.Checkpoint;
import dev.cooper.reward.annotation.ModelChoice.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationSpecReaderTest {

    private static final String WHOLE = """
            seed: 7
            max_unanswered: 3
            data:
              path: problems.jsonl
              limit: 10
              columns: {id: id, question: "{{Body}} {{Question}}", answer: Answer, answer_type: kind}
            sources:
              - model: tiny
                prompt: "Q: {{question}}"
                samples: 2
                temperature: 0.7
                top_p: 0.95
                max_new_tokens: 64
                rows: 8
                deterministic: true
              - name: big
                endpoint:
                  url: http://127.0.0.1:8000/v1
                  model: qwen
                  api_key_env: MY_API_KEY
                  timeout: 90s
                  max_retries: 1
                  max_concurrency: 3
            judge:
              model: tiny
              chat: true
              dtype: stored
              prompt: "{{completion}}?"
              after: "</think>"
              word: last
              yes: [ja]
              no: [nein]
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.writeString(folder.resolve("problems.jsonl"), "{}\n");
        Files.createDirectory(folder.resolve("tiny"));
        Files.writeString(folder.resolve("tiny/config.json"), "{}");
    }

    private AnnotationSpec read(String text) {
        return new AnnotationSpecReader(List.of(folder), Map.of("MY_API_KEY", " sk-1 ")).readYaml(text);
    }

    @Test
    void everyFieldArrives() {
        AnnotationSpec spec = read(WHOLE);

        assertThat(spec.seed()).isEqualTo(7);
        assertThat(spec.mostUnanswered()).isEqualTo(3);
        assertThat(spec.data().path()).isEqualTo(folder.resolve("problems.jsonl"));
        assertThat(spec.data().limit()).isEqualTo(10);
        assertThat(spec.data().columns())
                .isEqualTo(new ProblemFile.Columns("id", "{{Body}} {{Question}}", "Answer", "kind", ""));
        Source tiny = spec.sources().getFirst();
        assertThat(tiny.name()).isEqualTo("tiny");
        assertThat(tiny.model())
                .isEqualTo(new Checkpoint(folder.resolve("tiny"), false, ModelChoice.DataType.FLOAT32, 8, 0, true));
        assertThat(tiny.samples()).isEqualTo(2);
        assertThat(tiny.sampling().temperature()).isEqualTo(0.7);
        assertThat(tiny.sampling().topP()).isEqualTo(0.95);
        assertThat(tiny.sampling().maxNewTokens()).isEqualTo(64);
        Endpoint big = (Endpoint) spec.sources().getLast().model();
        assertThat(big.options().url()).hasToString("http://127.0.0.1:8000/v1/chat/completions");
        assertThat(big.options().apiKey()).isEqualTo("sk-1");
        assertThat(big.options().timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(big.options().backoff().maxRetries()).isEqualTo(1);
        assertThat(big.options().names().setting().apply("max-retries")).isEqualTo("sources[1].endpoint.max_retries");
        assertThat(spec.judge().sampling().temperature()).isZero();
        assertThat(spec.judge().reading())
                .isEqualTo(new JudgeReading(List.of("ja"), List.of("nein"), JudgeReading.Taken.LAST, "</think>"));
    }

    @Test
    void aSpecNeedsLittle() {
        AnnotationSpec spec = read("""
                data: {path: problems.jsonl}
                sources: [{model: tiny}]
                judge: {model: tiny}
                """);

        assertThat(spec.judge().prompt()).isEqualTo(PromptTemplate.JUDGE);
        assertThat(spec.judge().reading()).isEqualTo(JudgeReading.STANDARD);
        assertThat(spec.sources().getFirst().prompt()).isEqualTo(PromptTemplate.QUESTION);
        assertThat(spec.data().columns().question()).isEqualTo("question");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path: problems.jsonl | path: none.jsonl | data.path",
                "limit: 10 | limit: -1 | data.limit",
                "columns: {id: id, | columns: {idd: id, | data.columns.idd",
                "- model: tiny | - model: huge | sources[0].model",
                "samples: 2 | samples: 0 | sources[0].samples",
                "top_p: 0.95 | top_p: 0 | sources[0].top_p",
                "Q: {{question}} | Q: {{answer}} | sources[0].prompt",
                "name: big | name: tiny | sources[1].name",
                "name: big | name: a/b | sources[1].name",
                "url: http://127.0.0.1:8000/v1 | url: ftp://a | sources[1].endpoint.url",
                "model: qwen | modell: qwen | sources[1].endpoint.model",
                "MY_API_KEY | OTHER_API_KEY | sources[1].endpoint.api_key_env",
                "MY_API_KEY | HOME | sources[1].endpoint.api_key_env",
                "timeout: 90s | timeout: 90 | sources[1].endpoint.timeout",
                "dtype: stored | dtype: int8 | judge.dtype",
                "{{completion}}? | Well? | judge.prompt",
                "word: last | word: second | judge.word",
                "yes: [ja] | yes: [nein] | judge.yes",
                "seed: 7 | seed: x | seed",
                "seed: 7 | sead: 7 | sead"
            })
    void whatDoesNotHoldIsNamed(String good, String bad, String field) {
        assertThat(WHOLE).contains(good);

        assertThatThrownBy(() -> read(WHOLE.replaceFirst(Pattern.quote(good), bad)))
                .isInstanceOfSatisfying(
                        BadInputException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(BadInputException.FieldProblem::field)
                                .contains(field));
    }

    @Test
    void aModelIsAFolderOrAnEndpoint() {
        assertThatThrownBy(() -> read("""
                data: {path: problems.jsonl}
                sources: [{name: a}, {model: tiny, endpoint: {url: "http://a", model: b}}]
                judge: {}
                """))
                .hasMessageContaining("sources[0].model")
                .hasMessageContaining("sources[1].endpoint")
                .hasMessageContaining("judge.model");
    }
}
