package dev.cooper.modelruntime.service;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Memory and use of the CUDA devices, as the driver's library NVML tells them: of the whole device, whoever uses it.
 * Libtorch's own figures are not reachable through DJL. Functions and structures are those of {@code nvml.h}.
 */
@SuppressWarnings("restricted") // native calls: Cooper runs with --enable-native-access
final class GpuFigures {

    /** Where the driver installs it, and NVIDIA's container runtime mounts it. */
    static final String LIBRARY = "libnvidia-ml.so.1";

    private static final int TOTAL = 0;
    private static final int USED = 2;
    private static final int MEMORY_FIELDS = 3;
    private static final int UTILIZATION_FIELDS = 2;
    private static final double PERCENT = 100;

    private final MethodHandle deviceByIndex;
    private final MethodHandle memoryInfo;
    private final MethodHandle utilizationRates;
    private final int devices;

    /**
     * Loads the library; it stays loaded.
     *
     * @throws IllegalArgumentException if there is no such library
     * @throws IllegalStateException if it does not answer
     */
    GpuFigures(String library) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        MethodHandle init = function(symbols, "nvmlInit_v2");
        MethodHandle count = function(symbols, "nvmlDeviceGetCount_v2", ValueLayout.ADDRESS);
        deviceByIndex = function(symbols, "nvmlDeviceGetHandleByIndex_v2", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
        memoryInfo = function(symbols, "nvmlDeviceGetMemoryInfo", ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        utilizationRates = function(symbols, "nvmlDeviceGetUtilizationRates", ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            check((int) init.invokeExact());
            check((int) count.invokeExact(number));
            devices = number.get(ValueLayout.JAVA_INT, 0);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** How many devices this process may see. */
    int devices() {
        return devices;
    }

    /** Bytes in use on the device. */
    double usedBytes(int device) {
        return memory(device, USED);
    }

    /** Bytes that the device has. */
    double maxBytes(int device) {
        return memory(device, TOTAL);
    }

    /** Share of the last moments in which the device computed something. */
    double busyShare(int device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rates = arena.allocate(ValueLayout.JAVA_INT, UTILIZATION_FIELDS);
            check((int) utilizationRates.invokeExact(handle(device, arena), rates));
            return rates.get(ValueLayout.JAVA_INT, 0) / PERCENT;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private double memory(int device, int field) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_LONG, MEMORY_FIELDS);
            check((int) memoryInfo.invokeExact(handle(device, arena), memory));
            return memory.getAtIndex(ValueLayout.JAVA_LONG, field);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private MemorySegment handle(int device, Arena arena) throws Throwable {
        MemorySegment handle = arena.allocate(ValueLayout.ADDRESS);
        check((int) deviceByIndex.invokeExact(device, handle));
        return handle.get(ValueLayout.ADDRESS, 0);
    }

    private static MethodHandle function(SymbolLookup symbols, String name, MemoryLayout... parameters) {
        MemorySegment address =
                symbols.find(name).orElseThrow(() -> new IllegalStateException(LIBRARY + " has no function " + name));
        return Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    }

    private static void check(int code) {
        if (code != 0) {
            throw new IllegalStateException("NVML answers with code " + code);
        }
    }

    private static RuntimeException failed(Throwable e) {
        return e instanceof RuntimeException known ? known : new IllegalStateException("NVML", e);
    }
}
