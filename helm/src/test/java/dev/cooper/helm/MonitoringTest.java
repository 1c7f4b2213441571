package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What Prometheus' operator and Grafana's sidecar find. */
class MonitoringTest {

    private static final int LARGEST_CONFIG_MAP = 1 << 20;

    private static final String RULES = """
            groups:
              - name: cooper
                rules:
                  - alert: Something
                    expr: cooper_step > 1
                    for: 5m
                    labels: {severity: page}
                    annotations:
                      summary: "{{ $labels.run }} is at {{ $value }}"
            """;

    @Test
    void everyServiceIsWatchedWithTheTokenOfAViewer() {
        List<Manifest> manifests = Chart.render("production");
        JsonNode monitor =
                Manifest.one(manifests, "ServiceMonitor", "trainer-a").body();
        JsonNode endpoint = monitor.at("/spec/endpoints/0");

        assertThat(WorkloadTest.ofKind(manifests, "Service"))
                .hasSize(7)
                .allMatch(service -> monitor.at("/spec/selector/matchLabels").properties().stream()
                        .allMatch(label -> label.getValue()
                                .equals(service.body().at("/metadata/labels").path(label.getKey()))))
                .allMatch(service -> service.body()
                        .at("/spec/ports")
                        .valueStream()
                        .anyMatch(port -> port.path("name").equals(endpoint.path("port"))));
        assertThat(monitor.at("/metadata/labels/release").asString()).isEqualTo("prometheus");
        assertThat(endpoint.at("/authorization/credentials/name").asString()).isEqualTo("cooper-metrics");
        assertThat(endpoint.path("honorLabels").asBoolean()).isTrue();
        assertThat(endpoint.path("scheme").asString()).isEqualTo("https");
        assertThat(Manifest.one(manifests, "Certificate", "trainer-a-tls")
                        .body()
                        .at("/spec/dnsNames"))
                .contains(endpoint.at("/tlsConfig/serverName"));
        assertThat(Chart.render("minimal"))
                .noneMatch(manifest -> manifest.kind().equals("ServiceMonitor"));
    }

    @Test
    void rulesAndDashboardsAreTheFilesOfTheChart(@TempDir Path folder) throws IOException {
        String dashboard = "{\"title\": \"Run\", \"expr\": \"rate(x{a=\\\"{{b}}\\\"}[5m])\"}\n";
        Path chart = Chart.copyWith(
                folder, Map.of("monitoring/rules.yaml", RULES, "monitoring/dashboards/zz-own.json", dashboard));

        List<Manifest> manifests = Manifest.readAll(Chart.templateOf(chart)
                .withValuesFile(Chart.valuesFile("production"))
                .call());

        Manifest rule = Manifest.one(manifests, "PrometheusRule", "trainer-a");
        rule.requireValid();
        assertThat(rule.body().path("spec")).isEqualTo(YamlText.documents(RULES).getFirst());
        assertThat(rule.body().at("/metadata/labels/release").asString()).isEqualTo("prometheus");
        Manifest map = Manifest.one(manifests, "ConfigMap", "trainer-a-dashboard-zz-own");
        map.requireValid();
        assertThat(map.body().path("data").path("cooper-zz-own.json").asString())
                .isEqualTo(dashboard);
        assertThat(map.body().at("/metadata/labels/grafana_dashboard").asString())
                .isEqualTo("1");
        assertThat(map.body().at("/metadata/annotations/grafana_folder").asString())
                .isEqualTo("Cooper");
        assertThat(Chart.render("minimal"))
                .noneMatch(manifest -> manifest.kind().equals("PrometheusRule"))
                .noneMatch(manifest -> manifest.name().contains("-dashboard-"));
    }

    @Test
    void theChartsOwnRulesAndDashboardsAllArrive() throws IOException {
        Path monitoring = Chart.FOLDER.resolve("monitoring");
        assumeTrue(Files.isDirectory(monitoring), "the chart has no folder monitoring");
        List<Manifest> manifests = Chart.render("production");

        assertThat(Manifest.one(manifests, "PrometheusRule", "trainer-a").body().path("spec"))
                .isEqualTo(YamlText.documents(Files.readString(monitoring.resolve("rules.yaml")))
                        .getFirst());
        try (Stream<Path> dashboards = Files.list(monitoring.resolve("dashboards"))) {
            for (Path dashboard : dashboards.toList()) {
                String name = dashboard.getFileName().toString();
                JsonNode data = Manifest.one(manifests, "ConfigMap", "trainer-a-dashboard-" + name.replace(".json", ""))
                        .body()
                        .path("data");
                assertThat(data.path("cooper-" + name).asString()).isEqualTo(Files.readString(dashboard));
                assertThat(data.toString().length()).isLessThan(LARGEST_CONFIG_MAP);
            }
        }
    }
}
