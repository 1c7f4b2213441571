package dev.cooper.mathverifier.benchmark;

import com.sun.management.ThreadMXBean;
import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.CompiledReference;
import dev.cooper.mathverifier.Verdict;
import dev.cooper.mathverifier.corpus.LabelledPair;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Measures checks of the labelled corpus: latency on one thread, warm; throughput of two threads over one; long
 * responses; allocation. Processor time of the thread is given beside the clock's, as neighbours on the machine do not
 * disturb it. Run by {@code bench/verifier-speed}; arguments: rounds (100), seconds a throughput round (3).
 */
public final class VerifierBenchmark {
    private static final int WARM_UP_SECONDS = 10;
    private static final int WARM_UP_ROUNDS = 200;
    private static final int THROUGHPUT_ROUNDS = 5;
    private static final int SLOWEST = 8;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<LabelledPair> pairs;
    private final List<CompiledReference> references;
    private final AnswerChecker checker = new AnswerChecker();
    private final int rounds;
    private final int seconds;
    /** Keeps the verdicts alive for the compiler. */
    private final AtomicLong correct = new AtomicLong();

    private VerifierBenchmark(List<LabelledPair> pairs, int rounds, int seconds) {
        this.pairs = pairs;
        this.rounds = rounds;
        this.seconds = seconds;
        references =
                pairs.stream().map(pair -> checker.forReference(pair.gold())).toList();
    }

    /** Runs all measurements and prints them. */
    public static void main(String[] arguments) throws InterruptedException {
        List<LabelledPair> pairs = new ArrayList<>(LabelledPair.in(LabelledPair.OPEN));
        pairs.addAll(LabelledPair.in(LabelledPair.FROZEN));
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        new VerifierBenchmark(List.copyOf(pairs), rounds, seconds).run();
    }

    private void run() throws InterruptedException {
        System.out.printf(
                "%s, %d processors, %d pairs%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), pairs.size());
        warmUp();
        latency("check against a compiled reference", this::checkCompiled);
        latency("check with the reference's compilation", this::checkWhole);
        allocation();
        longResponses();
        throughput();
        System.out.println("(" + correct + " verdicts CORRECT in all)");
    }

    private void warmUp() {
        long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
        for (int round = 0; round < WARM_UP_ROUNDS || System.nanoTime() < end; round++) {
            for (int i = 0; i < pairs.size(); i++) {
                checkCompiled(i);
                checkWhole(i);
            }
        }
    }

    private void checkCompiled(int pair) {
        count(references.get(pair).check(pairs.get(pair).pred()));
    }

    private void checkWhole(int pair) {
        LabelledPair labelled = pairs.get(pair);
        count(checker.check(labelled.gold(), labelled.pred()));
    }

    private void count(Verdict verdict) {
        if (verdict instanceof Verdict.Correct) {
            correct.getAndIncrement();
        }
    }

    /** One of the operations on the pair of an index. */
    @FunctionalInterface
    private interface Check {
        void of(int pair);
    }

    private void latency(String name, Check check) {
        int n = pairs.size();
        long[] wall = new long[n * rounds];
        long[] cpu = new long[n * rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < n; i++) {
                int sample = i * rounds + round;
                long cpuBegin = THREADS.getCurrentThreadCpuTime();
                long begin = System.nanoTime();
                check.of(i);
                wall[sample] = System.nanoTime() - begin;
                cpu[sample] = THREADS.getCurrentThreadCpuTime() - cpuBegin;
            }
        }
        System.out.printf("%n%s, %,d samples, micros%n", name, wall.length);
        slowest(cpu);
        System.out.printf("  %6s  %12s  %12s%n", "", "clock", "processor");
        Arrays.sort(wall);
        Arrays.sort(cpu);
        for (double share : new double[] {0.5, 0.9, 0.99, 0.999, 1}) {
            System.out.printf(
                    "  %5.1f%%  %12.1f  %12.1f%n",
                    100 * share, quantile(wall, share) / 1000.0, quantile(cpu, share) / 1000.0);
        }
        System.out.printf("  %6s  %12.1f  %12.1f%n", "mean", mean(wall) / 1000, mean(cpu) / 1000);
    }

    private void slowest(long[] cpu) {
        List<long[]> medians = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            long[] ofPair = Arrays.copyOfRange(cpu, i * rounds, (i + 1) * rounds);
            Arrays.sort(ofPair);
            medians.add(new long[] {i, ofPair[rounds / 2]});
        }
        medians.sort(Comparator.comparingLong(m -> -m[1]));
        System.out.println(medians.stream()
                .limit(SLOWEST)
                .map(m -> "%s %.0f".formatted(pairs.get((int) m[0]).id(), m[1] / 1000.0))
                .collect(Collectors.joining(", ", "  slowest by the median of processor time: ", "")));
    }

    private static double mean(long[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static long quantile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) Math.ceil(share * sorted.length) - 1)];
    }

    private void allocation() {
        long id = Thread.currentThread().threadId();
        long[] bytes = new long[pairs.size()];
        for (int i = 0; i < bytes.length; i++) {
            long before = THREADS.getThreadAllocatedBytes(id);
            checkCompiled(i);
            bytes[i] = THREADS.getThreadAllocatedBytes(id) - before;
        }
        Arrays.sort(bytes);
        System.out.printf(
                "%nallocation a check, bytes: median %,d, mean %,.0f, 99%% %,d, most %,d%n",
                quantile(bytes, 0.5), mean(bytes), quantile(bytes, 0.99), quantile(bytes, 1));
    }

    private void longResponses() {
        System.out.println("\nlong responses, median micros of processor time by length");
        System.out.printf("  %-34s%10s%10s%10s%10s%n", "", "12,500", "25,000", "50,000", "100,000");
        CompiledReference reference = checker.forReference("\\frac{17}{4}");
        for (LongResponse kind : LongResponse.values()) {
            System.out.printf(
                    "  %-34s", kind.toString().toLowerCase(Locale.ROOT).replace('_', ' '));
            for (int length = 12_500; length <= 100_000; length *= 2) {
                String response = kind.ofLength(length);
                long[] nanos = new long[41];
                for (int i = 0; i < nanos.length; i++) {
                    long begin = THREADS.getCurrentThreadCpuTime();
                    count(reference.check(response));
                    nanos[i] = THREADS.getCurrentThreadCpuTime() - begin;
                }
                Arrays.sort(nanos);
                System.out.printf("%10.0f", nanos[nanos.length / 2] / 1000.0);
            }
            System.out.println();
        }
    }

    private void throughput() throws InterruptedException {
        List<Rate> one = new ArrayList<>();
        List<Rate> two = new ArrayList<>();
        for (int round = 0; round < THROUGHPUT_ROUNDS; round++) {
            one.add(rate(1));
            two.add(rate(2));
        }
        System.out.printf("%nchecks a second, median of %d rounds of %d s%n", THROUGHPUT_ROUNDS, seconds);
        System.out.printf("  %-28s%12s%14s%10s%n", "", "one thread", "two threads", "ratio");
        ratio("by the clock", one, two, Rate::bySecond, 1);
        // Threads that hinder each other do less in a second of processor time; neighbours on the machine do not count.
        ratio("by processor time", one, two, Rate::byProcessorSecond, 2);
    }

    private static void ratio(String name, List<Rate> one, List<Rate> two, ToDoubleFunction<Rate> rate, int times) {
        double single = median(one, rate);
        double both = times * median(two, rate);
        System.out.printf("  %-28s%,12.0f%,14.0f%10.2f%n", name, single, both, both / single);
    }

    private static double median(List<Rate> rates, ToDoubleFunction<Rate> rate) {
        double[] sorted = rates.stream().mapToDouble(rate).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** What threads did in a round: checks, seconds of the clock, seconds of processor time of all threads. */
    private record Rate(long checks, double seconds, double processorSeconds) {
        double bySecond() {
            return checks / seconds;
        }

        double byProcessorSecond() {
            return checks / processorSeconds;
        }
    }

    private Rate rate(int count) throws InterruptedException {
        var checks = new AtomicLong();
        var processor = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            int first = t * pairs.size() / count;
            threads.add(Thread.ofPlatform().start(() -> {
                checks.addAndGet(checkUntil(end, first));
                processor.addAndGet(THREADS.getCurrentThreadCpuTime());
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Rate(checks.get(), (System.nanoTime() - begin) / 1e9, processor.get() / 1e9);
    }

    private long checkUntil(long end, int first) {
        long done = 0;
        long right = 0;
        int i = first;
        while (System.nanoTime() - end < 0) {
            if (references.get(i).check(pairs.get(i).pred()) instanceof Verdict.Correct) {
                right++;
            }
            done++;
            i = (i + 1) % pairs.size();
        }
        correct.addAndGet(right);
        return done;
    }
}
