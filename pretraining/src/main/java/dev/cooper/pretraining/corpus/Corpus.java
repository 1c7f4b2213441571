package dev.cooper.pretraining.corpus;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An endless sequence of examples of several tasks. Each round of the sequence holds as many examples of a task as its
 * weight, so keep weights small against a batch.
 *
 * @param shares the tasks and their weights
 */
public record Corpus(List<Share> shares) {

    /** A task and its weight among the others. */
    public record Share(Task task, int weight) {
        public Share {
            if (weight < 1) {
                throw new IllegalArgumentException("corpus: weight must be at least 1, is " + weight);
            }
        }
    }

    public Corpus {
        shares = List.copyOf(shares);
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("corpus: no tasks");
        }
    }

    /** The example of an index (from 0). */
    public Example example(long index) {
        long round = shares.stream().mapToLong(Share::weight).sum();
        long place = index % round;
        for (Share share : shares) {
            if (place < share.weight()) {
                return share.task().example(index / round * share.weight() + place);
            }
            place -= share.weight();
        }
        throw new IllegalStateException("corpus: index " + index + " falls in no share");
    }

    /** The first examples. */
    public Stream<Example> first(long count) {
        return LongStream.range(0, count).mapToObj(this::example);
    }
}
