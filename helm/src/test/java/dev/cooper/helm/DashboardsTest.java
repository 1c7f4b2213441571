package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards are whole, of Grafana's form, and ask for nothing but documented series. */
class DashboardsTest {

    private static final int COLUMNS = 24;
    private static final Pattern OURS = Pattern.compile("\\bcooper_\\w+");
    /** What a counter, a timer or a histogram adds to its name. */
    private static final Pattern SUFFIX = Pattern.compile("_(bucket|sum|count)$");
    /** What comes before the name of a step's metric. */
    private static final Pattern OF_STEP = Pattern.compile("^cooper_((policy|reward)_)?");

    private static final Path TYPES = Chart.ROOT.resolve("tools/dashboards");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theyHaveNamesOfTheirOwn() {
        List<String> ids = Monitoring.dashboards().stream()
                .map(file -> Monitoring.json(file).path("uid").asString())
                .toList();

        assertThat(ids).hasSize(4).doesNotHaveDuplicates().allMatch(id -> id.startsWith("cooper-"));
    }

    @ParameterizedTest
    @MethodSource("dev.cooper.helm.Monitoring#dashboards")
    void panelsAreSaidToBeSomethingAndCoverNoOther(Path file) {
        JsonNode dashboard = Monitoring.json(file);
        List<Integer> ids = dashboard
                .path("panels")
                .valueStream()
                .map(panel -> panel.path("id").asInt())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        Set<List<Integer>> taken = new HashSet<>();
        assertThat(dashboard.path("panels").valueStream()).allSatisfy(panel -> {
            String title = panel.path("title").asString();
            assertThat(title).isNotBlank();
            assertThat(cells(panel)).allSatisfy(cell -> {
                assertThat(cell.getFirst()).as(title).isLessThan(COLUMNS);
                assertThat(taken.add(cell)).as("%s covers another panel", title).isTrue();
            });
        });
        assertThat(Monitoring.panels(dashboard)).allSatisfy(panel -> {
            assertThat(panel.path("description").asString()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.cooper.helm.Monitoring#dashboards")
    void everySeriesThatIsAskedForIsDocumented(Path file) {
        String page = Monitoring.page("metrics.md");
        Stream<String> names = Monitoring.queries(Monitoring.json(file))
                .flatMap(query -> OURS.matcher(query).results().map(MatchResult::group));

        assertThat(names).isNotEmpty().allSatisfy(name -> {
            String meter = SUFFIX.matcher(name).replaceFirst("");
            String metric = OF_STEP.matcher(meter).replaceFirst("");
            assertThat(page).containsPattern("`(" + meter + "|" + metric + "|reward_" + metric + ")[`{]");
        });
    }

    /** As recorded series, since promtool reads queries in rules only. */
    @ParameterizedTest
    @MethodSource("dev.cooper.helm.Monitoring#dashboards")
    void everyQueryCanBeRead(Path file) throws IOException, InterruptedException {
        List<Map<String, String>> rules = new ArrayList<>();
        Monitoring.queries(Monitoring.json(file))
                .map(query -> query.replace("$__rate_interval", "5m").replace("$run", ".*"))
                .forEach(query -> rules.add(Map.of("record", "panel:" + rules.size(), "expr", query)));
        // JSON is YAML.
        Files.writeString(
                folder.resolve("queries.yaml"),
                new JsonMapper()
                        .writeValueAsString(Map.of("groups", List.of(Map.of("name", "panels", "rules", rules)))));

        Monitoring.agrees("A panel's query", List.of("promtool", "check", "rules", "queries.yaml"), folder);
    }

    @Test
    void theyAreWhatGrafanasSchemaSays() throws IOException, InterruptedException {
        assumeThat(TYPES.resolve("node_modules"))
                .as("the dashboards' types are checked where `npm install` was run in tools/dashboards")
                .isDirectory();

        Monitoring.agrees("The dashboards' form", List.of("node", "check.js"), TYPES);
    }

    private static List<List<Integer>> cells(JsonNode panel) {
        JsonNode at = panel.path("gridPos");
        List<List<Integer>> cells = new ArrayList<>();
        for (int x = at.path("x").asInt();
                x < at.path("x").asInt() + at.path("w").asInt();
                x++) {
            for (int y = at.path("y").asInt();
                    y < at.path("y").asInt() + at.path("h").asInt();
                    y++) {
                cells.add(List.of(x, y));
            }
        }
        return cells;
    }
}
