package dev.cooper.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.cli.docs.SettingsRecords.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/settings.md has every setting of every service, with the default and the meaning that its record says. */
class SettingsPageTest {

    private static final Path ROOT = Path.of("..");

    /** What a service takes for a default is not what its record says, in these. */
    private static final Map<String, String> TOLD_OTHERWISE = Map.of("cooper.instance", "host name, else `local`");

    @Test
    void everySettingIsOnThePageAsItsRecordSaysAndNoOtherIs() throws IOException {
        List<String> rows = SettingsRecords.below(ROOT).values().stream()
                .flatMap(List::stream)
                .map(SettingsPageTest::row)
                .toList();
        assertThat(rows).as("settings were found").hasSizeGreaterThan(40);

        List<String> written = Files.readAllLines(ROOT.resolve("docs/settings.md")).stream()
                .filter(line -> line.startsWith("| `cooper."))
                .toList();

        assertThat(String.join("\n", new TreeSet<>(written)))
                .as("the rows of docs/settings.md, sorted; write there what the records say")
                .isEqualTo(String.join("\n", new TreeSet<>(rows)));
    }

    @Test
    void everySettingSaysWhatItMeans() throws IOException {
        String silent = SettingsRecords.below(ROOT).values().stream()
                .flatMap(List::stream)
                .filter(setting -> setting.meaning().isBlank())
                .map(Setting::name)
                .collect(Collectors.joining(", "));
        assertThat(silent).as("settings whose record has no @param for them").isEmpty();
    }

    private static String row(Setting setting) {
        String value = TOLD_OTHERWISE.getOrDefault(
                setting.name(), setting.value().isEmpty() ? "" : "`" + setting.value() + "`");
        return "| `%s` | %s | %s |".formatted(setting.name(), value, setting.meaning());
    }
}
