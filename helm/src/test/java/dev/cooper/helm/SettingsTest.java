package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A service says nothing of a variable that it does not read: here is where a misspelt one is found. */
class SettingsTest {

    /** The modules whose settings records each image holds. */
    static final Map<String, List<String>> MODULES = Map.of(
            "cooper-policy-service", List.of("platform", "model-runtime", "policy-service"),
            "cooper-verifier-service", List.of("platform", "verifier-service"),
            "cooper-reward-service", List.of("platform", "reward-service"),
            "cooper-orchestrator-service", List.of("platform", "orchestrator-service"));

    static final List<String> IMAGES = List.copyOf(new TreeSet<>(MODULES.keySet()));

    @ParameterizedTest
    @FieldSource("IMAGES")
    void everyVariableOfTheChartIsASettingOfItsService(String image) {
        Set<String> known = ServiceSettings.of(MODULES.getOrDefault(image, List.of()));
        List<Manifest> manifests = Chart.render("minimal");

        List<Manifest> workloads = manifests.stream()
                .filter(manifest ->
                        manifest.runsOurImage() && manifest.imageName().equals(image))
                .toList();
        assertThat(workloads).isNotEmpty();
        for (Manifest workload : workloads) {
            assertThat(workload.environment(manifests).keySet())
                    .filteredOn(name -> name.startsWith("COOPER_"))
                    .as("%s; known are %s", workload, known)
                    .isNotEmpty()
                    .allMatch(name -> isKnown(name, known));
        }
    }

    private static boolean isKnown(String name, Set<String> known) {
        return known.contains(name)
                || known.stream()
                        .filter(pattern -> pattern.endsWith("_*"))
                        .anyMatch(pattern -> name.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
