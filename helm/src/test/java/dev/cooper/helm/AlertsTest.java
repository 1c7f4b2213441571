package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The alerts fire when they should and only then, and each has a page that says what to do. */
class AlertsTest {

    private static final Path TESTS = Path.of("src/test/resources/rules-test.yaml");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void eachFiresWhenItShouldAndKeepsStillOtherwise() throws IOException, InterruptedException {
        Files.copy(Monitoring.RULES, folder.resolve("rules.yaml"));
        Files.copy(TESTS, folder.resolve("rules-test.yaml"));

        Monitoring.agrees("The form of the alerts", List.of("promtool", "check", "rules", "rules.yaml"), folder);
        Monitoring.agrees("When alerts fire", List.of("promtool", "test", "rules", "rules-test.yaml"), folder);
    }

    @Test
    void eachIsTestedToFire() {
        Set<String> fired = YamlText.documents(Monitoring.text(TESTS))
                .getFirst()
                .path("tests")
                .valueStream()
                .flatMap(test -> test.path("alert_rule_test").valueStream())
                .filter(test -> !test.path("exp_alerts").isEmpty())
                .map(test -> test.path("alertname").asString())
                .collect(Collectors.toSet());

        assertThat(alerts().map(AlertsTest::name)).isNotEmpty().isSubsetOf(fired);
    }

    @Test
    void eachTellsHowUrgentItIsAndHasAPage() {
        String page = Monitoring.page("monitoring.md");

        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.path("labels").path("severity").asString()).isIn("warning", "critical");
            JsonNode annotations = alert.path("annotations");
            assertThat(annotations.path("summary").asString()).isNotBlank();
            assertThat(annotations.path("description").asString()).isNotBlank();
            assertThat(annotations.path("runbook").asString())
                    .isEqualTo("docs/monitoring.md#" + name(alert).toLowerCase(Locale.ROOT));
            assertThat(page).contains("### " + name(alert) + "\n");
        });
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asString();
    }

    private static Stream<JsonNode> alerts() {
        return YamlText.documents(Monitoring.text(Monitoring.RULES))
                .getFirst()
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream());
    }
}
