package dev.cooper.policy.sampling;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.StopStrings;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.modelruntime.hosting.HostedFolder;
import dev.cooper.modelruntime.hosting.ModelHost;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.SamplingSettings;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Samples with a language model, whose versions come from the weight store. */
public final class PolicyEngine implements SamplingEngine {

    private final ModelHost<HostedFolder<LanguageModel>> host;
    private final int maxRows;
    private final int maxContext;
    private final long cacheBytes;
    private @Nullable HostedFolder<LanguageModel> policy;

    /**
     * An engine without a model yet.
     *
     * @param maxRows completions that are decoded at the same time
     * @param maxContext longest prompt with its completion, in tokens; a model with fewer positions sets a lower bound
     * @param cacheBytes memory for the keys and values of those; fewer are decoded at the same time if they do not fit
     */
    public PolicyEngine(WeightStore weights, int maxRows, int maxContext, long cacheBytes) {
        this.host =
                new ModelHost<>(ModelKind.POLICY, weights, folder -> new HostedFolder<>(LanguageModel.load(folder)));
        this.maxRows = maxRows;
        this.maxContext = maxContext;
        this.cacheBytes = cacheBytes;
    }

    @Override
    public void use(String runId, ModelRef version) {
        policy = null;
        policy = host.ensure(runId, version);
    }

    private LanguageModel model() {
        if (policy == null) {
            throw new IllegalStateException("no version was chosen to sample with");
        }
        return policy.model();
    }

    private int context() {
        return Math.min(maxContext, model().config().maxPositions());
    }

    @Override
    public TokenIds encode(String prompt) {
        TokenIds tokens = model().tokenizer().encode(prompt);
        if (tokens.size() == 0) {
            throw CooperException.badInput("prompt", "the prompt has no tokens: the question or its template is empty");
        }
        if (tokens.size() >= context()) {
            throw CooperException.badInput(
                    "prompt",
                    "the prompt has " + tokens.size() + " tokens, and with its completion only " + context()
                            + " fit: shorten it, or raise cooper.sampling.context-length if the model has more than"
                            + " that (it has " + model().config().maxPositions() + ")");
        }
        return tokens;
    }

    @Override
    public void sample(List<Prompt> prompts, SamplingSettings settings, BooleanSupplier cancelled, Finished finished) {
        SamplerLimits limits =
                new SamplerLimits(maxRows, context(), settings.getDeterministic(), precision(settings), cacheBytes);
        requireMemory(limits, prompts, settings);
        Tokenizer tokenizer = model().tokenizer();
        dev.cooper.languagemodel.sampling.SamplingSettings drawing = drawing(settings);
        Completions completions = new Completions(tokenizer, drawing.stop());
        Sampler sampler = new Sampler(model().network(), tokenizer, limits);
        List<SampleRequest> requests = prompts.stream()
                .map(prompt -> new SampleRequest(prompt.tokens(), prompt.seeds()))
                .toList();
        sampler.sample(requests, drawing, cancelled, (request, drawn) -> {
            List<Completion> messages = drawn.stream().map(completions::of).toList();
            finished.accept(request, messages);
        });
    }

    private static Precision precision(SamplingSettings settings) {
        return switch (settings.getPrecision()) {
            case "", "float32" -> Precision.FLOAT32;
            case "bfloat16" -> Precision.BFLOAT16;
            default ->
                throw CooperException.badInput(
                        "sampling.precision", "must be float32 or bfloat16, got " + settings.getPrecision());
        };
    }

    private void requireMemory(SamplerLimits limits, List<Prompt> prompts, SamplingSettings settings) {
        int longest = prompts.stream()
                .mapToInt(prompt -> prompt.tokens().size())
                .max()
                .orElse(0);
        int positions = limits.positions(longest, settings.getMaxNewTokens());
        if (limits.fitting(model().network(), positions) == 0) {
            throw CooperException.badInput(
                    "sampling",
                    "the keys and values of one completion with " + positions + " tokens take "
                            + limits.cacheBytes(model().network(), positions)
                            + " bytes, more than cooper.sampling.cache-memory (" + cacheBytes
                            + "): raise it, or lower sampling.max_new_tokens");
        }
    }

    private static dev.cooper.languagemodel.sampling.SamplingSettings drawing(SamplingSettings settings) {
        try {
            return new dev.cooper.languagemodel.sampling.SamplingSettings(
                    settings.getTemperature(),
                    settings.getTopP(),
                    settings.getTopK(),
                    settings.getMaxNewTokens(),
                    new StopStrings(settings.getStopStringsList()));
        } catch (IllegalArgumentException e) {
            throw CooperException.badInput("sampling", "the sampling settings do not hold: " + e.getMessage());
        }
    }

    /** Number of the version that is loaded; empty while there is none. Any thread may ask. */
    public OptionalLong version() {
        return host.version();
    }

    @Override
    public void close() {
        policy = null;
        host.close();
    }
}
