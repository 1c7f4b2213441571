package dev.cooper.cli.command;

import dev.cooper.languagemodel.torch.TorchDevice;
import dev.cooper.languagemodel.torch.TorchEngine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that compute with a model in this process. */
final class EngineOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads inside one tensor operation (default: one a processor). Results of two runs are equal"
                            + " bit for bit only with equal threads.")
    private @Nullable Integer threads;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = "FLOAT32",
            description =
                    "What is computed in: float32, bfloat16, or stored: the type that the folder's weights have, which"
                            + " are then mapped into memory and not copied (default: float32).")
    private ComputedIn dtype = ComputedIn.FLOAT32;

    /** What is computed in. */
    enum ComputedIn {
        FLOAT32,
        BFLOAT16,
        STORED
    }

    ComputedIn dtype() {
        return dtype;
    }

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "Where to compute: " + TorchDevice.SETTINGS + " (default: ${DEFAULT-VALUE}).")
    private String device = "cpu";

    /** Takes effect if the engine has not started yet, and is not set by the system properties. */
    void apply() {
        apply(Runtime.getRuntime().availableProcessors());
    }

    /**
     * As {@link #apply()}, with another default.
     *
     * @param usual threads if {@code --threads} is not given
     */
    void apply(int usual) {
        int used = threads == null ? usual : threads;
        if (used < 1) {
            throw new IllegalArgumentException("--threads must be at least 1, not " + used);
        }
        if (!TorchDevice.isSetting(device)) {
            throw new IllegalArgumentException("--device must be %s, not '%s'".formatted(TorchDevice.SETTINGS, device));
        }
        setIfAbsent(TorchEngine.THREADS_PROPERTY, String.valueOf(used));
        setIfAbsent(TorchEngine.DEVICE_PROPERTY, device);
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
