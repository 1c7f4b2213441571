package dev.cooper.modelruntime.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuGaugesTest {

    /** What NVML's header declares, for one device: 80 GB, of which 20 GB are in use, half busy. */
    private static final String DRIVER = """
            typedef struct { unsigned long long total, free, used; } memory_t;
            typedef struct { unsigned int gpu, memory; } utilization_t;
            static int device;
            int nvmlInit_v2(void) { return 0; }
            int nvmlDeviceGetCount_v2(unsigned int *count) { *count = 1; return 0; }
            int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **handle) {
              *handle = &device;
              return index == 0 ? 0 : 2;
            }
            int nvmlDeviceGetMemoryInfo(void *handle, memory_t *memory) {
              memory->total = 80000000000ull; memory->free = 60000000000ull; memory->used = 20000000000ull;
              return handle == &device ? 0 : 2;
            }
            int nvmlDeviceGetUtilizationRates(void *handle, utilization_t *rates) {
              rates->gpu = 50; rates->memory = 10;
              return handle == &device ? 0 : 2;
            }
            """;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatTheDriverTellsIsShownForEachDevice() throws Exception {
        new GpuGauges("cuda", driver().toString()).bindTo(registry);

        assertThat(value("cooper.gpu.memory.used")).isEqualTo(20e9);
        assertThat(value("cooper.gpu.memory.max")).isEqualTo(80e9);
        assertThat(value("cooper.gpu.busy.share")).isEqualTo(0.5);
    }

    @Test
    void withoutADriverOrOnTheProcessorThereAreNone() {
        new GpuGauges("auto", folder.resolve("no-such-library.so").toString()).bindTo(registry);
        new GpuGauges("cpu", GpuFigures.LIBRARY).bindTo(registry);

        assertThat(registry.getMeters()).isEmpty();
    }

    private double value(String name) {
        return registry.get(name).tag("gpu", "0").gauge().value();
    }

    private Path driver() throws IOException, InterruptedException {
        assumeThat(Stream.of(System.getenv("PATH").split(":")))
                .as("a C compiler, cc, is there to make a driver's library that tells known figures")
                .anyMatch(path -> Files.isExecutable(Path.of(path, "cc")));
        Path source = Files.writeString(folder.resolve("driver.c"), DRIVER);
        Path library = folder.resolve("driver.so");
        Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return library;
    }
}
