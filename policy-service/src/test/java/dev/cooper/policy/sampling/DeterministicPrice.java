package dev.cooper.policy.sampling;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.policy.sampling.SamplingEngine.Prompt;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.SamplingSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Prints what deterministic sampling costs on this machine, with real prompts, with as many rows as there are
 * completions and with more. Times are those of the processor in the sampling thread, so the engine must have one
 * thread: a busy machine disturbs little.
 */
public final class DeterministicPrice {

    private static final int PROMPTS = 16;
    private static final int GROUP_SIZE = 8;
    private static final int NEW_TOKENS = 64;
    private static final Pattern QUESTION = Pattern.compile("\"question\":\"([^\"]*)\"");
    private static final String RUN = "price";

    private final ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
    private final WeightStore store;
    private final ModelRef version;
    private final List<String> prompts;

    private DeterministicPrice(WeightStore store, ModelRef version, List<String> prompts) {
        this.store = store;
        this.version = version;
        this.prompts = prompts;
    }

    /** Arguments: a model's folder, a JSONL file with questions, repetitions. */
    public static void main(String[] arguments) throws IOException {
        Path root = Files.createTempDirectory("cooper-price");
        WeightStore store = new WeightStore(root, folder -> Checksum.of(folder.resolve("model.safetensors")));
        ModelRef version;
        try (LanguageModel model = LanguageModel.load(Path.of(arguments[0]))) {
            version = ModelRef.newBuilder().setChecksum(model.checksum()).build();
            store.publish(RUN, ModelKind.POLICY, version, model::save);
        }
        List<String> prompts = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[1])).subList(0, PROMPTS)) {
            Matcher question = QUESTION.matcher(line);
            if (question.find()) {
                prompts.add(question.group(1) + "\n");
            }
        }
        DeterministicPrice price = new DeterministicPrice(store, version, prompts);
        int repetitions = Integer.parseInt(arguments[2]);
        System.out.println(TorchEngine.describe() + ", best of " + repetitions);
        double free = price.measure(256, 4096, false, repetitions, 1);
        price.measure(PROMPTS * GROUP_SIZE, 4096, true, repetitions, free);
        price.measure(256, 4096, true, repetitions, free);
        store.delete(RUN);
    }

    /** Tokens a processor second of the fastest repetition. */
    private double measure(int rows, int context, boolean deterministic, int repetitions, double free) {
        SamplingSettings settings = SamplingSettings.newBuilder()
                .setTemperature(1)
                .setTopP(1)
                .setMaxNewTokens(NEW_TOKENS)
                .setDeterministic(deterministic)
                .build();
        double best = 0;
        AtomicLong tokens = new AtomicLong();
        try (PolicyEngine engine = new PolicyEngine(store, rows, context, 1L << 31)) {
            engine.use(RUN, version);
            for (int i = 0; i < repetitions; i++) {
                tokens.set(0);
                long start = cpu.getCurrentThreadCpuTime();
                engine.sample(
                        batch(engine),
                        settings,
                        () -> false,
                        (prompt, drawn) ->
                                drawn.forEach(completion -> tokens.addAndGet(completion.getTokenIdsCount())));
                best = Math.max(best, tokens.get() * 1e9 / (cpu.getCurrentThreadCpuTime() - start));
            }
        }
        System.out.printf(
                "deterministic=%b, %d rows, context %d: %d tokens, %.0f tokens a processor second, %.2f of the free one%n",
                deterministic, rows, context, tokens.get(), best, best / (free == 1 ? best : free));
        return best;
    }

    private List<Prompt> batch(PolicyEngine engine) {
        List<Prompt> batch = new ArrayList<>();
        for (int slot = 0; slot < prompts.size(); slot++) {
            long key = slot;
            List<Long> seeds = LongStream.range(0, GROUP_SIZE)
                    .mapToObj(sample -> CounterRandom.key(1, 1, key, sample))
                    .toList();
            batch.add(new Prompt(engine.encode(prompts.get(slot)), seeds));
        }
        return batch;
    }
}
