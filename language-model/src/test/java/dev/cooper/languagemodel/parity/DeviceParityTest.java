package dev.cooper.languagemodel.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cooper.languagemodel.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A process on another device computes the same as this one. */
class DeviceParityTest {
    private static final double TOLERANCE = 1e-3;

    @TempDir
    private Path folder;

    @Test
    void anotherProcessComputesTheSame() throws IOException, InterruptedException {
        JsonNode here = Fixtures.parsed(DeviceRun.compute());
        JsonNode there = on(TorchEngine.device().name());
        assertAgrees(there, here);
        if (TorchEngine.device().isCpu()) {
            assertThat(there).isEqualTo(here);
        }
    }

    @Test
    void cudaComputesWhatTheProcessorDoes() throws IOException, InterruptedException {
        JsonNode onCuda = on("cuda");
        assertThat(onCuda.required("device").asString()).isEqualTo("cuda:0");
        assertAgrees(onCuda, on("cpu"));
    }

    private static void assertAgrees(JsonNode found, JsonNode expected) {
        for (String name : Fixtures.checkpoints(false).toList()) {
            JsonNode result = found.required(name);
            JsonNode wanted = expected.required(name);
            assertThat(Agreement.largestDifference(floats(result), floats(wanted)))
                    .as(name)
                    .isLessThan(TOLERANCE);
            for (String figure : List.of("loss", "norm")) {
                double value = wanted.required(figure).asDouble();
                assertThat(result.required(figure).asDouble())
                        .as(name + " " + figure)
                        .isCloseTo(value, within(TOLERANCE * Math.max(1, Math.abs(value))));
            }
            boolean same = result.required("greedy").equals(wanted.required("greedy"));
            System.out.println(name + ": the greedy continuation is " + (same ? "the same" : "another"));
        }
    }

    private static float[] floats(JsonNode result) {
        JsonNode logits = result.required("logits");
        float[] values = new float[logits.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = logits.get(i).floatValue();
        }
        return values;
    }

    private JsonNode on(String device) throws IOException, InterruptedException {
        Path result = folder.resolve(device.replace(':', '-') + ".json");
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dcooper.torch.device=" + device,
                        "-Dcooper.torch.threads=" + TorchEngine.threads(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeviceRun.class.getName(),
                        result.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("The process on " + device + " does not end: " + Files.readString(log));
        }
        if (process.exitValue() == DeviceRun.NO_DEVICE) {
            abort("no CUDA device: " + Files.readString(result));
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return Fixtures.json(result);
    }
}
