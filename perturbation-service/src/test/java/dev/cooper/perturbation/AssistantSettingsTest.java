package dev.cooper.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AssistantSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8000", "http://127.0.0.1:8000/", "http://127.0.0.1:8000/v1/"})
    void theUrlIsTheServersWithOrWithoutItsVersion(String url) {
        assertThat(bind(Map.of("url", url, "model", "tiny"))
                        .endpoint()
                        .orElseThrow()
                        .url())
                .isEqualTo(URI.create("http://127.0.0.1:8000/v1/chat/completions"));
    }

    @Test
    void withoutAUrlThereIsNoEndpoint() {
        assertThat(bind(Map.of()).endpoint()).isEmpty();
    }

    @Test
    void theKeyIsShownToNobody() {
        AssistantSettings settings = bind(Map.of("url", "http://a", "model", "tiny", "api-key", "sk-1"));

        assertThat(settings.endpoint().orElseThrow().apiKey()).isEqualTo("sk-1");
        assertThat(settings.toString()).doesNotContain("sk-1");
        assertThat(settings.endpoint().toString()).doesNotContain("sk-1");
    }

    @ParameterizedTest
    @CsvSource({
        "url, ftp://a, cooper.assistant.url",
        "url, 'not a url', cooper.assistant.url",
        "url, http://user:secret@a, cooper.assistant.url",
        "model, '', cooper.assistant.model",
        "max-concurrency, 0, cooper.assistant.max-concurrency",
        "rows, 0, cooper.assistant.rows",
        "context-length, 1, cooper.assistant.context-length",
        "timeout, 0s, cooper.assistant.timeout",
        "max-retries, -1, cooper.assistant.backoff",
        "longest-backoff, 10ms, cooper.assistant.backoff"
    })
    void aSettingThatDoesNotHoldIsNamed(String name, String value, String named) {
        Map<String, String> settings = new HashMap<>(Map.of("url", "http://a", "model", "tiny"));
        settings.put(name, value);

        assertThatThrownBy(() -> bind(settings).endpoint())
                .satisfies(refused -> assertThat(innermost(refused)).hasMessageContaining(named));
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !String.valueOf(cause.getMessage()).startsWith("cooper.")) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static AssistantSettings bind(Map<String, String> settings) {
        Map<String, String> full = new HashMap<>();
        settings.forEach((name, value) -> full.put("cooper.assistant." + name, value));
        return new Binder(new MapConfigurationPropertySource(full))
                .bindOrCreate("cooper.assistant", AssistantSettings.class);
    }
}
