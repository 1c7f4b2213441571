package dev.cooper.perturbation.pairing;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.perturbation.TestingScored;
import dev.cooper.perturbation.TestingVerifier;
import dev.cooper.perturbation.assistant.AbsentAssistant;
import dev.cooper.perturbation.assistant.EmbeddedAssistant;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.LengthRatio;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.SourceShare;
import dev.cooper.proto.v1.Verdicts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many pairs a second the embedded assistant and the rules make of the rollouts of a small model, and how many of
 * the groups get one. A program, not a test; see bench/pairing-speed.
 */
final class PairingBenchmark {

    private static final String RUN = "run-1";
    private static final String SOLVE = "{{question}}\n";
    private static final String REWRITE = "{{question}}\n{{solution}}\nRewrite it with a wrong answer:\n";
    private static final int GROUPS = 16;
    private static final int SAMPLES = 8;
    private static final int MAX_NEW_TOKENS = 64;
    private static final long SEED = 1;
    private static final double NANOS = 1e9;

    private final LanguageModel model;
    private final ModelRef version;
    private final WeightStore weights;
    private final List<JsonNode> problems;
    private final String only;

    private PairingBenchmark(
            LanguageModel model, ModelRef version, WeightStore weights, List<JsonNode> problems, String only) {
        this.model = model;
        this.version = version;
        this.weights = weights;
        this.problems = problems;
        this.only = only;
    }

    /** Arguments: the model's folder, a JSON Lines file of problems, steps (20), part of the names to measure (all). */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<JsonNode> problems;
        try (Stream<String> lines = Files.lines(Path.of(arguments[1]))) {
            problems = lines.map(JsonMapper.shared()::readTree).toList();
        }
        int steps = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        Path root = Files.createTempDirectory("pairing-benchmark");
        WeightStore weights = new WeightStore(root, each -> Checksum.of(each.resolve("model.safetensors")));
        try (LanguageModel model = LanguageModel.load(folder)) {
            ModelRef version = ModelRef.newBuilder()
                    .setChecksum(Checksum.of(folder.resolve("model.safetensors")))
                    .build();
            weights.publish(RUN, ModelKind.POLICY, version, model::save);
            new PairingBenchmark(model, version, weights, problems, arguments.length > 3 ? arguments[3] : "")
                    .run(steps);
        } finally {
            weights.delete(RUN);
            delete(root);
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    private void run(int steps) throws Exception {
        List<List<ScoredGroup>> rollouts = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            rollouts.add(step(step));
        }
        PairingSettings free = settings(NegativeSource.ASSISTANT).build();
        measure("assistant, no bounds, 1 at a time", rollouts, free, 1);
        measure("assistant, no bounds, 16 at a time", rollouts, free, GROUPS);
        for (double copies : new double[] {1, 0.5, 0}) {
            PairingSettings.Builder bounded = bounded(settings(NegativeSource.ASSISTANT), copies);
            measure("assistant, digit_copies " + copies, rollouts, bounded.build(), GROUPS);
        }
        measure("self", rollouts, bounded(settings(NegativeSource.SELF), 0.5).build(), GROUPS);
        measure("edit", rollouts, bounded(settings(NegativeSource.EDIT), 0.5).build(), GROUPS);
        PairingSettings.Builder mixture = bounded(settings(NegativeSource.ASSISTANT), 0.5)
                .addSources(
                        SourceShare.newBuilder().setSource(NegativeSource.SELF).setShare(0.5))
                .addSources(
                        SourceShare.newBuilder().setSource(NegativeSource.EDIT).setShare(0.5));
        measure("assistant 2 : self 1 : edit 1", rollouts, mixture.build(), GROUPS);
    }

    private PairingSettings.Builder settings(NegativeSource source) {
        return TestingScored.pairing(source)
                .setAssistant(AssistantKind.EMBEDDED)
                .setAssistantModel(version)
                .setExtraTokens(40)
                .setPrompt(REWRITE);
    }

    private static PairingSettings.Builder bounded(PairingSettings.Builder settings, double copies) {
        return settings.setLengthRatio(LengthRatio.newBuilder().setLeast(0.5).setMost(2))
                .setDigitCopies(copies)
                .setSameForm(true);
    }

    /** A step's groups, sampled at temperature 1 and judged. */
    private List<ScoredGroup> step(int step) {
        Sampler sampler = new Sampler(
                model.network(),
                model.tokenizer(),
                new SamplerLimits(64, model.config().maxPositions(), false));
        List<JsonNode> drawn = IntStream.range(0, GROUPS)
                .mapToObj(slot -> problems.get((step * GROUPS + slot) % problems.size()))
                .toList();
        List<SampleRequest> requests = IntStream.range(0, GROUPS)
                .mapToObj(slot -> SampleRequest.group(
                        model.tokenizer().encode(SOLVE.replace("{{question}}", question(drawn.get(slot)))),
                        SAMPLES,
                        SEED,
                        step,
                        slot))
                .toList();
        List<List<Completion>> groups = sampler.sample(requests, SamplingSettings.plain(MAX_NEW_TOKENS), () -> false)
                .groups();
        return IntStream.range(0, GROUPS)
                .mapToObj(slot -> scored(step, slot, drawn.get(slot), groups.get(slot)))
                .toList();
    }

    private static String question(JsonNode problem) {
        return problem.path("question").asString();
    }

    private ScoredGroup scored(int step, int slot, JsonNode problem, List<Completion> completions) {
        String reference = problem.path("answer").asString();
        String[] texts = completions.stream()
                .map(completion ->
                        model.tokenizer().decodeText(completion.tokens()).strip())
                .toArray(String[]::new);
        GroupId id = TestingGroups.group(slot, 1).toBuilder().setStep(step).build();
        ScoredGroup.Builder group = TestingScored.group(id, PairingSettings.getDefaultInstance(), texts).toBuilder();
        group.getVerifiedBuilder()
                .getRolloutsBuilder()
                .getRequestBuilder()
                .setSeed(SEED)
                .getProblemBuilder()
                .setQuestion(question(problem))
                .setReferenceAnswer(reference);
        group.getVerifiedBuilder()
                .setVerdicts(Verdicts.newBuilder()
                        .addAllVerdicts(Arrays.stream(texts)
                                .map(text -> TestingVerifier.verdict(reference, text))
                                .toList()));
        return group.build();
    }

    /** The first step warms up and is not counted. */
    private void measure(String name, List<List<ScoredGroup>> rollouts, PairingSettings settings, int atOnce)
            throws Exception {
        if (!name.contains(only)) {
            return;
        }
        List<PairOutcome> outcomes = new ArrayList<>();
        long wall = 0;
        long cpu = 0;
        EmbeddedAssistant.Shape shape = new EmbeddedAssistant.Shape(
                GROUPS, Math.min(4096, model.config().maxPositions()));
        try (EmbeddedAssistant assistant = EmbeddedAssistant.start(weights, shape);
                ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            GroupPairing pairing = new GroupPairing(
                    assistant,
                    new AbsentAssistant(),
                    TestingVerifier::verdict,
                    new TopicNames("bench"),
                    new TestingObserver());
            for (int step = 0; step < rollouts.size(); step++) {
                List<Callable<PairOutcome>> groups = rollouts.get(step).stream()
                        .<Callable<PairOutcome>>map(group ->
                                () -> pairing.pair(new TestingWork(with(group, settings)), () -> true)
                                        .orElseThrow())
                        .toList();
                long started = System.nanoTime();
                long used = cpuNanos();
                List<PairOutcome> made = new ArrayList<>();
                for (Future<PairOutcome> one : threads.invokeAll(groups)) {
                    made.add(one.get());
                }
                if (step > 0) {
                    wall += System.nanoTime() - started;
                    cpu += cpuNanos() - used;
                    outcomes.addAll(made);
                }
            }
        }
        tell(name, outcomes, wall / NANOS, cpu / NANOS);
    }

    private static ScoredGroup with(ScoredGroup group, PairingSettings settings) {
        ScoredGroup.Builder paired = group.toBuilder();
        paired.getVerifiedBuilder().getRolloutsBuilder().getRequestBuilder().setPairing(settings);
        return paired.build();
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static void tell(String name, List<PairOutcome> outcomes, double wall, double cpu) {
        outcomes.stream().filter(PairOutcome::hasFailure).findFirst().ifPresent(failed -> {
            throw new IllegalStateException("a group failed: " + failed.getFailure());
        });
        List<Pair> pairs = outcomes.stream()
                .filter(PairOutcome::hasPair)
                .map(PairOutcome::getPair)
                .toList();
        List<NoPair> nones = outcomes.stream()
                .filter(PairOutcome::hasNone)
                .map(PairOutcome::getNone)
                .toList();
        int texts = pairs.stream().mapToInt(Pair::getAttempts).sum()
                + nones.stream().mapToInt(NoPair::getAttempts).sum();
        System.out.printf(
                Locale.ROOT,
                "%-36s %3d groups, %3d pairs (%.1f%%), %.1f pairs/s, %.1f texts/s, %.0f ms of processor a pair%n",
                name,
                outcomes.size(),
                pairs.size(),
                100.0 * pairs.size() / outcomes.size(),
                pairs.size() / wall,
                texts / wall,
                1000 * cpu / pairs.size());
        Map<String, Long> sources = counted(pairs.stream()
                .map(pair -> pair.getSource() + (pair.getAttempts() > 0 ? " at " + pair.getAttempts() : "")));
        System.out.printf(
                Locale.ROOT,
                "    %s; length ratio %.3f, digit copies %.3f; none %s; rejected %s%n",
                sources,
                pairs.stream().mapToDouble(Pair::getLengthRatio).average().orElse(Double.NaN),
                (double) pairs.stream().filter(Pair::getDigitCopy).count() / pairs.size(),
                counted(nones.stream().map(NoPair::getReason)),
                counted(Stream.concat(
                                pairs.stream().map(Pair::getRejectedList),
                                nones.stream().map(NoPair::getRejectedList))
                        .<NoPairReason>mapMulti(Iterable::forEach)));
        System.out.printf("    texts %s%n", digest(pairs));
    }

    /** So that two runs can be told to have made the same. */
    private static String digest(List<Pair> pairs) {
        return Integer.toHexString(pairs.stream()
                .map(pair -> pair.getNegative().getText())
                .collect(Collectors.joining("\n"))
                .hashCode());
    }

    private static <T> Map<T, Long> counted(Stream<T> values) {
        return values.collect(Collectors.groupingBy(value -> value, TreeMap::new, Collectors.counting()));
    }
}
