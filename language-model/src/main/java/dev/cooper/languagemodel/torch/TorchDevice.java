package dev.cooper.languagemodel.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where tensors are and are computed: the processor, or one CUDA device.
 *
 * @param name as libtorch writes it, {@code cpu} or {@code cuda:0}
 * @param device as DJL has it
 */
public record TorchDevice(String name, Device device) {
    /** The processor. */
    public static final TorchDevice CPU = new TorchDevice("cpu", Device.cpu());

    private static final String AUTO = "auto";
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    private static final String SET_BY = "--device, cooper.engine.device or -D" + TorchEngine.DEVICE_PROPERTY;

    /** The settings that there are, for messages. */
    public static final String SETTINGS = "cpu, cuda, cuda:N or auto";

    /** Whether it is the processor, whose memory is the host's. */
    public boolean isCpu() {
        return !device.isGpu();
    }

    /** Whether a setting is one of {@value #SETTINGS}, whatever this machine has. */
    public static boolean isSetting(String setting) {
        return setting.equals(CPU.name) || setting.equals(AUTO) || cuda(setting).isPresent();
    }

    /**
     * The device that a setting means: {@code cpu}, {@code cuda} (the first), {@code cuda:N}, or {@code auto}: the
     * first CUDA device, or the processor where there is none.
     *
     * @throws IllegalArgumentException if this machine, or this build of libtorch, does not have it
     */
    static TorchDevice find(String setting) {
        if (!isSetting(setting)) {
            throw new IllegalArgumentException(
                    "The device (%s) is '%s'; it must be %s".formatted(SET_BY, setting, SETTINGS));
        }
        if (setting.equals(AUTO)) {
            TorchDevice first = cuda(0);
            return first.fault().isEmpty() ? first : CPU;
        }
        TorchDevice wanted = cuda(setting).orElse(CPU);
        wanted.fault().ifPresent(fault -> {
            throw new IllegalArgumentException(wanted.isMissing(setting, fault));
        });
        return wanted;
    }

    private static Optional<TorchDevice> cuda(String setting) {
        Matcher matcher = CUDA.matcher(setting);
        return matcher.matches()
                ? Optional.of(cuda(matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1))))
                : Optional.empty();
    }

    private static TorchDevice cuda(int index) {
        return new TorchDevice("cuda:" + index, Device.gpu(index));
    }

    /**
     * What libtorch says when a tensor is put there. DJL's own count asks for a libcudart that need not be installed.
     */
    private Optional<String> fault() {
        if (isCpu()) {
            return Optional.empty();
        }
        try (NDManager trial = NDManager.newBaseManager(device, TorchEngine.ENGINE)) {
            trial.zeros(new Shape(1));
            return Optional.empty();
        } catch (EngineException e) {
            return Optional.of(
                    String.valueOf(e.getMessage()).split("\\.\\s", 2)[0].strip());
        }
    }

    private String isMissing(String setting, String fault) {
        Engine engine = Engine.getEngine(TorchEngine.ENGINE);
        String found = engine.hasCapability("CUDA")
                ? "there are CUDA devices, but no " + name
                : "libtorch %s finds no CUDA device, because it is built without CUDA or there is no driver"
                        .formatted(engine.getVersion());
        return ("The device (%s) is '%s', but %s: %s. Set it to %s, or run with a CUDA build of libtorch;"
                        + " docs/language-model.md, \"Devices and precision\", says how")
                .formatted(SET_BY, setting, found, fault, CPU.name);
    }
}
