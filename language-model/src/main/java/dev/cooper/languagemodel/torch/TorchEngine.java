package dev.cooper.languagemodel.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.TorchBridge;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Starts libtorch once per JVM: offline, with {@value #THREADS_PROPERTY} threads inside an operation (default 1).
 * Natives come from the class path; DJL unpacks them under {@code DJL_CACHE_DIR} or the user's home.
 */
public final class TorchEngine {
    /**
     * System property: threads inside one operation. Results of two runs are equal bit for bit only with equal threads.
     */
    public static final String THREADS_PROPERTY = "cooper.torch.threads";

    private static final String ENGINE = "PyTorch";

    private TorchEngine() {}

    /** Starts the engine if it is not running; everything else in this package does so too. */
    public static void start() {
        Started.INSTANCE.check();
    }

    /** A manager without a parent, on the CPU: the caller owns it and closes it. */
    public static NDManager newManager() {
        return Started.INSTANCE.manager.newSubManager(Device.cpu());
    }

    /** Threads inside one operation. */
    public static int threads() {
        return Started.INSTANCE.threads;
    }

    /** What computed a result, for records that must say so: engine, version, processor architecture, threads. */
    public static String describe() {
        Started started = Started.INSTANCE;
        return "%s %s, %s, %d thread(s)"
                .formatted(ENGINE, started.version, System.getProperty("os.arch"), started.threads);
    }

    static PtSymbolBlock operations() {
        return Started.INSTANCE.operations;
    }

    private static final class Started {
        static final Started INSTANCE = new Started();

        final NDManager manager;
        final PtSymbolBlock operations;
        final int threads;
        final String version;

        Started() {
            setIfAbsent("ai.djl.offline", "true");
            // OpenMP threads that wait by spinning take the cores from their neighbours: one thread unless asked for.
            setIfAbsent("ai.djl.pytorch.num_threads", System.getProperty(THREADS_PROPERTY, "1"));
            setIfAbsent("ai.djl.pytorch.num_interop_threads", "1");
            Engine engine = Engine.getEngine(ENGINE);
            version = engine.getVersion();
            manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
            threads = JniUtils.getNumThreads();
            try {
                operations = TorchBridge.load(
                        manager, TorchScriptArchive.of(TorchOperations.CLASS_NAME, TorchOperations.SOURCE));
            } catch (IOException e) {
                throw new UncheckedIOException("The tensor operations could not be loaded into libtorch", e);
            }
        }

        void check() {
            if (!manager.isOpen()) {
                throw new IllegalStateException("The engine's memory was released");
            }
        }

        private static void setIfAbsent(String property, String value) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        }
    }
}
