package dev.cooper.cli.command;

import dev.cooper.languagemodel.torch.TorchEngine;
import picocli.CommandLine.Option;

/** The option of commands that compute with a model in this process. */
final class EngineOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads inside one tensor operation (default: one a processor). Results of two runs are equal"
                            + " bit for bit only with equal threads.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Takes effect if the engine has not started yet, and is not set by the system property. */
    void apply() {
        if (threads < 1) {
            throw new IllegalArgumentException("--threads must be at least 1, not " + threads);
        }
        if (System.getProperty(TorchEngine.THREADS_PROPERTY) == null) {
            System.setProperty(TorchEngine.THREADS_PROPERTY, String.valueOf(threads));
        }
    }
}
