package dev.cooper.reward.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.modelruntime.testing.TestingEndpoint;
import dev.cooper.modelruntime.testing.TestingEndpoint.Reply;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.labelled.LabelledExample;
import dev.cooper.platform.spec.SpecDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LlmJudgeTest {

    private static final List<LabelledExample> EXAMPLES = List.of(
            new LabelledExample("What is 40 + 2?", "42", "it is 42", true, ""),
            new LabelledExample("What is 40 + 2?", "42", "it is 41", false, ""),
            new LabelledExample("Which city?", "Paris", "that of light", true, ""));

    private TestingEndpoint endpoint;

    @BeforeEach
    void startEndpoint() throws IOException {
        endpoint = new TestingEndpoint();
        endpoint.model = request -> {
            String prompt = request.path("messages").path(0).path("content").asString();
            return prompt.contains("Paris") ? "who knows" : prompt.contains("is 42") ? "Yes." : "No.";
        };
    }

    @AfterEach
    void stopEndpoint() {
        endpoint.close();
    }

    private List<Optional<Opinion>> opinions(int mostUnanswered) throws InterruptedException {
        JudgeSpec spec = new AnnotationSpecReader(List.of(Path.of("")), Map.of())
                .readJudge(SpecDocument.yaml("""
                max_unanswered: %d
                data: {path: passed-over.jsonl}
                judge:
                  endpoint: {url: "%s", model: m, max_concurrency: 1, timeout: 20s, max_retries: 0}
                """.formatted(mostUnanswered, endpoint.url())));
        return new LlmJudge(spec, Clock.systemUTC()).opinions(EXAMPLES, _ -> {});
    }

    @Test
    void eachCompletionHasItsOpinion() throws Exception {
        assertThat(opinions(0))
                .containsExactly(Optional.of(Opinion.YES), Optional.of(Opinion.NO), Optional.of(Opinion.UNCLEAR));
    }

    @Test
    void anAnswerThatIsNoneLeavesItsPlaceEmptyUpToTheBound() throws Exception {
        endpoint.replies.add(Reply.of(200, "no chat completion"));

        assertThat(opinions(1))
                .containsExactly(Optional.empty(), Optional.of(Opinion.NO), Optional.of(Opinion.UNCLEAR));

        endpoint.replies.add(Reply.of(200, "no chat completion"));
        assertThatThrownBy(() -> opinions(0)).hasMessageContaining("max_unanswered is 0");
    }

    @Test
    void whatIsUnknownBesideTheJudgeIsRefused() {
        var reader = new AnnotationSpecReader(List.of(Path.of("")), Map.of());
        assertThatThrownBy(() -> reader.readJudge(SpecDocument.yaml("judges: {}")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("judges: is not a field")
                .hasMessageContaining("judge.model: is missing");
    }
}
