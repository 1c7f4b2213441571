package dev.cooper.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the class path of this test. */
final class JavaProcess {
    private JavaProcess() {}

    /**
     * How to start it; its standard error goes where its standard output does.
     *
     * @param options of the JVM, beside those that all of them need
     */
    static ProcessBuilder of(Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                // They live for seconds: what the second compiler would win, it would cost.
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                // As many as the processes that are compared: the sums of a product depend on it.
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
