package dev.cooper.languagemodel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The sums of the parts of a step, kept on the device until all of them are read back at once. */
public final class PartSums implements AutoCloseable {
    private final NDManager manager = TorchEngine.newManager();
    private final List<NDArray> parts = new ArrayList<>();

    /** Keeps a part's sums, [n] float64, as many as the others have. */
    public void add(NDArray sums) {
        sums.attach(manager);
        parts.add(sums);
    }

    /** Reads all back: for each part its sums, in their order. */
    public List<double[]> read() {
        if (parts.isEmpty()) {
            return List.of();
        }
        double[] all = Transfers.doubles(Torch.join(manager, parts));
        int width = all.length / parts.size();
        List<double[]> rows = new ArrayList<>();
        for (int from = 0; from < all.length; from += width) {
            rows.add(Arrays.copyOfRange(all, from, from + width));
        }
        return rows;
    }

    /** Reads all back, and adds them up. */
    public double[] total() {
        List<double[]> rows = read();
        double[] total = new double[rows.getFirst().length];
        for (double[] row : rows) {
            for (int i = 0; i < total.length; i++) {
                total[i] += row[i];
            }
        }
        return total;
    }

    @Override
    public void close() {
        manager.close();
    }
}
