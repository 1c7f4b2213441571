package dev.cooper.languagemodel.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.TorchBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Starts libtorch once per JVM: offline, on the device of {@value #DEVICE_PROPERTY}, with {@value #THREADS_PROPERTY}
 * threads inside an operation (default 1). Natives come from the class path; DJL unpacks them under
 * {@code DJL_CACHE_DIR} or the user's home.
 */
public final class TorchEngine {
    /**
     * System property: threads inside one operation. Results of two runs are equal bit for bit only with equal threads.
     */
    public static final String THREADS_PROPERTY = "cooper.torch.threads";

    /**
     * System property: where tensors are and are computed, as {@link TorchDevice} reads it (default cpu). The whole JVM
     * has one device.
     */
    public static final String DEVICE_PROPERTY = "cooper.torch.device";

    static final String ENGINE = "PyTorch";

    private static volatile @Nullable Started started;

    /** Whether this platform's libtorch has oneDNN's products with packed matrices. */
    static final boolean PACKING = System.getProperty("os.arch").equals("amd64");

    private TorchEngine() {}

    /**
     * Starts the engine if it is not running; everything else in this package does so too.
     *
     * @throws IllegalArgumentException if the device that was asked for is not there, naming setting and fix
     */
    public static void start() {
        started().check();
    }

    /** A manager without a parent, on the engine's device: the caller owns it and closes it. */
    public static NDManager newManager() {
        Started engine = started();
        return engine.manager.newSubManager(engine.device.device());
    }

    /** What arrays in the host's memory begin with; it lives as long as the engine. */
    static NDManager hostManager() {
        return started().manager;
    }

    /** Threads inside one operation. */
    public static int threads() {
        return started().threads;
    }

    /** Where tensors are and are computed. */
    public static TorchDevice device() {
        return started().device;
    }

    /** What computed a result, for records that must say so: engine, version, device, architecture, threads. */
    public static String describe() {
        Started engine = started();
        return "%s %s on %s, %s, %d thread(s)"
                .formatted(ENGINE, engine.version, engine.device.name(), System.getProperty("os.arch"), engine.threads);
    }

    static PtSymbolBlock operations() {
        return started().operations;
    }

    private static Started started() {
        Started engine = started;
        return engine == null ? startOnce() : engine;
    }

    private static synchronized Started startOnce() {
        Started engine = started;
        if (engine == null) {
            engine = new Started();
            started = engine;
        }
        return engine;
    }

    private static final class Started {
        final NDManager manager;
        final PtSymbolBlock operations;
        final TorchDevice device;
        final int threads;
        final String version;

        Started() {
            setIfAbsent("ai.djl.offline", "true");
            // OpenMP threads that wait by spinning take the cores from their neighbours: one thread unless asked for.
            setIfAbsent("ai.djl.pytorch.num_threads", System.getProperty(THREADS_PROPERTY, "1"));
            setIfAbsent("ai.djl.pytorch.num_interop_threads", "1");
            Engine engine = Engine.getEngine(ENGINE);
            version = engine.getVersion();
            device = TorchDevice.find(System.getProperty(DEVICE_PROPERTY, TorchDevice.CPU.name()));
            manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
            threads = JniUtils.getNumThreads();
            try {
                operations = TorchBridge.load(
                        manager, TorchScriptArchive.of(TorchOperations.CLASS_NAME, TorchOperations.source(PACKING)));
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
