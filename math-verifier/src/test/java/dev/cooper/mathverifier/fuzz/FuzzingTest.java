package dev.cooper.mathverifier.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fuzzes with Jazzer, each target in a JVM of its own, for {@code -Dcooper.fuzz.seconds} (60). A failing input is left
 * in {@code target/fuzz}; its two texts belong into {@code fuzz/findings.jsonl} once the fault is mended.
 */
@Tag("long")
class FuzzingTest {
    private static final int SECONDS = Integer.getInteger("cooper.fuzz.seconds", 60);
    /** For one text, instrumented, on a loaded machine; without end is what it must not be. */
    private static final int MOST_SECONDS_A_TEXT = 10;

    private static final int MOST_BYTES = 600;
    private static final int SHOWN = 2500;

    @ParameterizedTest
    @ValueSource(classes = {ExtractionFuzzTarget.class, ParserFuzzTarget.class, ComparisonFuzzTarget.class})
    void noTextBreaksALaw(Class<?> target, @TempDir Path folder) throws IOException, InterruptedException {
        Path findings = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()));
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        Path log = findings.resolve("fuzz.log");
        FuzzSeeds.write(seeds);
        Process process = new ProcessBuilder(command(target, seeds, findings))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(SECONDS + 120, TimeUnit.SECONDS);
            assertThat(ended).as("fuzzing ended in time, see %s", log).isTrue();
        } finally {
            process.destroyForcibly();
        }
        System.out.println(target.getSimpleName() + ": " + lastOf(log, "DONE"));
        assertThat(process.exitValue()).as("the fuzzer found: %s", endOf(log)).isZero();
    }

    private static List<String> command(Class<?> target, Path seeds, Path findings) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Jazzer.class.getName(),
                "--target_class=" + target.getName(),
                "--instrumentation_includes=dev.cooper.mathverifier.**",
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/",
                "-max_total_time=" + SECONDS,
                "-timeout=" + MOST_SECONDS_A_TEXT,
                "-max_len=" + MOST_BYTES,
                "-print_final_stats=1",
                seeds.toString());
    }

    private static String lastOf(Path log, String part) {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(part))
                    .reduce((_, later) -> later)
                    .orElse("no line with " + part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String endOf(Path log) throws IOException {
        String all = Files.readString(log);
        int found = all.indexOf("== Java Exception");
        return found >= 0
                ? all.substring(found, Math.min(all.length(), found + SHOWN))
                : all.substring(Math.max(0, all.length() - SHOWN));
    }
}
