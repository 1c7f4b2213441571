package dev.cooper.languagemodel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.model.Weights;
import dev.cooper.languagemodel.safetensors.SafetensorsFile;
import dev.cooper.languagemodel.safetensors.Tensor;
import dev.cooper.languagemodel.safetensors.TensorValues;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** AdamW on a model's float32 weights: moments and step count, saved and restored bit for bit. For one thread. */
public final class AdamW implements AutoCloseable {
    private static final String FIRST = "exp_avg.";
    private static final String SECOND = "exp_avg_sq.";
    private static final String STEPS = "steps";

    private final AdamWSettings settings;
    private final NDManager manager = TorchEngine.newManager();
    private final SortedMap<String, Parameter> parameters = new TreeMap<>();
    private long steps;

    private record Parameter(NDArray value, NDArray first, NDArray second, NDArray steps) {
        boolean decays() {
            return value.getShape().dimension() > 1;
        }
    }

    /** Begins to train weights: their gradients are recorded from now on. */
    public AdamW(Weights weights, AdamWSettings settings) {
        weights.requireOwned();
        this.settings = settings;
        weights.arrays().forEach((name, value) -> {
            value.setRequiresGradient(true);
            Shape shape = value.getShape();
            parameters.put(
                    name, new Parameter(value, manager.zeros(shape), manager.zeros(shape), manager.zeros(new Shape())));
        });
    }

    /** Number of updates so far. */
    public long steps() {
        return steps;
    }

    /**
     * Updates the weights by their gradients, clipped, and sets these to zero.
     *
     * @return the gradients' global norm before clipping
     * @throws ArithmeticException if that is not finite, naming the first tensor whose gradient is not; the weights are
     *     then unchanged, the gradients zero
     */
    public double step(double learningRate) {
        try (GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager()) {
            List<NDArray> gradients = gradients(scope);
            // Read back before anything changes: a gradient that is not finite must not reach the weights.
            double norm = Transfers.floats(Torch.clipGradientNorm(scope, gradients, settings.maxGradientNorm()))[0];
            if (!Double.isFinite(norm)) {
                String where = firstNotFinite(gradients);
                Torch.zero(gradients);
                throw new ArithmeticException(
                        "The gradient's norm is %s, first in %s; lower the learning rate".formatted(norm, where));
            }
            update(gradients, learningRate);
            steps++;
            Torch.zero(gradients);
            return norm;
        }
    }

    /** The tensor, in the order of their names; clipping leaves such a gradient as it is. */
    private String firstNotFinite(List<NDArray> gradients) {
        List<String> names = List.copyOf(parameters.keySet());
        for (int i = 0; i < names.size(); i++) {
            if (!Double.isFinite(Transfers.doubles(Torch.total(gradients.get(i)))[0])) {
                return names.get(i);
            }
        }
        return "their sum alone";
    }

    private void update(List<NDArray> gradients, double learningRate) {
        List<Parameter> all = List.copyOf(parameters.values());
        for (boolean decays : new boolean[] {true, false}) {
            List<Integer> chosen = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).decays() == decays) {
                    chosen.add(i);
                }
            }
            Torch.fusedAdamW(
                    new Torch.AdamWTensors(
                            chosen.stream().map(i -> all.get(i).value).toList(),
                            chosen.stream().map(gradients::get).toList(),
                            chosen.stream().map(i -> all.get(i).first).toList(),
                            chosen.stream().map(i -> all.get(i).second).toList(),
                            chosen.stream().map(i -> all.get(i).steps).toList()),
                    new Torch.AdamWRates(
                            learningRate,
                            settings.beta1(),
                            settings.beta2(),
                            decays ? settings.weightDecay() : 0,
                            settings.epsilon()));
        }
    }

    /** Writes moments and step count as a safetensors file, whole or not at all. */
    public void save(Path file) throws IOException {
        SortedMap<String, TensorValues> tensors = new TreeMap<>();
        parameters.forEach((name, parameter) -> {
            tensors.put(FIRST + name, Weights.valuesOf(parameter.first));
            tensors.put(SECOND + name, Weights.valuesOf(parameter.second));
        });
        SafetensorsFile.write(file, tensors, Map.of(STEPS, Long.toString(steps)));
    }

    /**
     * Takes moments and step count from a file that {@link #save} wrote.
     *
     * @throws InvalidModelException if it is of another model or damaged
     */
    public void restore(Path file) throws IOException {
        try (GradientMode _ = GradientMode.off();
                SafetensorsFile source = SafetensorsFile.open(file);
                NDManager scope = TorchEngine.newManager()) {
            long restored = steps(file, source);
            for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
                Parameter parameter = entry.getValue();
                assign(file, parameter.first, source.read(FIRST + entry.getKey()), scope);
                assign(file, parameter.second, source.read(SECOND + entry.getKey()), scope);
                Torch.assign(parameter.steps, Transfers.send(scope, new float[] {restored}, new Shape()));
            }
            steps = restored;
        }
    }

    private static void assign(Path file, NDArray target, Tensor source, NDManager scope) {
        Shape shape = new Shape(source.shape());
        if (!shape.equals(target.getShape())) {
            throw new InvalidModelException(
                    file, "has a moment of shape %s where the model has %s".formatted(shape, target.getShape()));
        }
        Torch.assign(target, Transfers.send(scope, source.values(), shape));
    }

    private static long steps(Path file, SafetensorsFile source) {
        try {
            return Long.parseLong(source.metadata().getOrDefault(STEPS, ""));
        } catch (NumberFormatException e) {
            throw new InvalidModelException(file, "has no step count in its header; it is no optimiser state", e);
        }
    }

    /** The weights and the optimiser's state as they are now: a copy, three times the weights' memory, until closed. */
    public Kept keep() {
        return new Kept();
    }

    /** What {@link #restore()} gives back bit for bit. */
    public final class Kept implements AutoCloseable {
        private final NDManager copies = TorchEngine.newManager();
        private final long keptSteps = steps;
        private final List<NDArray> kept;

        private Kept() {
            try (GradientMode _ = GradientMode.off()) {
                kept = state().map(array -> Transfers.copy(copies, array)).toList();
            }
        }

        /** Undoes the updates since. */
        public void restore() {
            try (GradientMode _ = GradientMode.off()) {
                List<NDArray> targets = state().toList();
                for (int i = 0; i < targets.size(); i++) {
                    Torch.assign(targets.get(i), kept.get(i));
                }
            }
            steps = keptSteps;
        }

        private Stream<NDArray> state() {
            return parameters.values().stream()
                    .flatMap(parameter ->
                            Stream.of(parameter.value, parameter.first, parameter.second, parameter.steps));
        }

        @Override
        public void close() {
            copies.close();
        }
    }

    /** Sets what was added up and not used, by a step that failed half-way, to zero. */
    public void discardGradients() {
        try (GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager()) {
            Torch.zero(gradients(scope));
        }
    }

    private List<NDArray> gradients(NDManager scope) {
        List<NDArray> gradients = new ArrayList<>();
        for (Parameter parameter : parameters.values()) {
            NDArray gradient = parameter.value.getGradient();
            gradient.attach(scope); // else it would belong to the weights, and stay
            gradients.add(gradient);
        }
        return gradients;
    }

    /** Frees the moments; the weights stay, and their gradients are no longer recorded. */
    @Override
    public void close() {
        parameters.values().forEach(parameter -> parameter.value.setRequiresGradient(false));
        manager.close();
    }
}
