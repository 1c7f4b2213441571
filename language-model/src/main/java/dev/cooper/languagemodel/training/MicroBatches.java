package dev.cooper.languagemodel.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Splits sequences into batches of similar lengths, as a function of the lengths only. */
public final class MicroBatches {
    private MicroBatches() {}

    /**
     * Places of the sequences of each batch, longest first; a batch has at most so many tokens, but for a sequence that
     * is longer alone. Neighbours of equal length, which attention computes at once, stay together.
     */
    public static List<List<Integer>> split(List<Integer> lengths, int tokenBudget) {
        List<Integer> byLength = IntStream.range(0, lengths.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -lengths.get(i)))
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> current = new ArrayList<>();
        long tokens = 0;
        for (int i : byLength) {
            if (!current.isEmpty() && tokens + lengths.get(i) > tokenBudget) {
                batches.add(List.copyOf(current));
                current.clear();
                tokens = 0;
            }
            current.add(i);
            tokens += lengths.get(i);
        }
        if (!current.isEmpty()) {
            batches.add(List.copyOf(current));
        }
        return List.copyOf(batches);
    }
}
