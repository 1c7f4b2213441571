package dev.cooper.modelruntime.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EngineSettingsTest {
    @Test
    void oneThreadOnTheProcessorUnlessAskedFor() {
        assertThat(bound(Map.of())).isEqualTo(new EngineSettings(1, "cpu"));
        assertThat(bound(Map.of("cooper.engine.threads", "4", "cooper.engine.device", "cuda:1")))
                .isEqualTo(new EngineSettings(4, "cuda:1"));
    }

    @Test
    void whatDoesNotHoldIsNamed() {
        assertThatThrownBy(() -> new EngineSettings(0, "cpu"))
                .hasMessageContaining("cooper.engine.threads must be at least 1");
        assertThatThrownBy(() -> new EngineSettings(1, "gpu"))
                .hasMessageContaining("cooper.engine.device must be cpu, cuda, cuda:N or auto, is 'gpu'");
    }

    private static EngineSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("cooper.engine", EngineSettings.class);
    }
}
