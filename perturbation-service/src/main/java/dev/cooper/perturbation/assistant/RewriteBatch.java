package dev.cooper.perturbation.assistant;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.FinishReason;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.modelruntime.hosting.HostedFolder;
import dev.cooper.modelruntime.hosting.ModelHost;
import dev.cooper.perturbation.assistant.EmbeddedAssistant.Pending;
import dev.cooper.perturbation.assistant.EmbeddedAssistant.Shape;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Requests of one model and temperature, each with its own limit, from their prompts to their texts. */
final class RewriteBatch {

    private final List<Pending> requests;
    private final Shape shape;
    private final BooleanSupplier closed;

    /** Those whose prompts can be read, in the order given to the sampler. */
    private final List<Pending> written = new ArrayList<>();

    private final List<SampleRequest> prompts = new ArrayList<>();

    RewriteBatch(List<Pending> requests, Shape shape, BooleanSupplier closed) {
        this.requests = requests;
        this.shape = shape;
        this.closed = closed;
    }

    /** Answers every request, with a text or a failure. Throws nothing. */
    void run(ModelHost<HostedFolder<LanguageModel>> host) {
        try {
            RewriteRequest first = requests.getFirst().request();
            ModelRef version = first.model()
                    .orElseThrow(() -> CooperException.badInput(
                            "assistant_model", "an embedded assistant needs the version of the policy that rewrites"));
            LanguageModel model = host.ensure(first.runId(), version).model();
            requests.forEach(request -> read(request, model));
            if (!written.isEmpty()) {
                write(model, version, first);
            }
        } catch (CancellationException e) {
            failTheRest(new CooperException(FailureReason.CANCELLED, "nobody wants the rewrites any more", e));
        } catch (CooperException e) {
            failTheRest(e);
        } catch (RuntimeException | LinkageError e) {
            // A library that does not load here is no reason to leave those who wait without an answer.
            failTheRest(new CooperException(FailureReason.MODEL_FAULT, "the assistant failed: " + e, e));
        }
    }

    private void failTheRest(CooperException failure) {
        requests.forEach(request -> request.fail(failure));
    }

    private void read(Pending request, LanguageModel model) {
        TokenIds tokens = model.tokenizer().encode(request.request().prompt());
        int context = context(model);
        if (tokens.size() == 0) {
            request.fail(CooperException.badInput("pairing.prompt", "the assistant's prompt has no tokens"));
        } else if (tokens.size() >= context) {
            request.fail(CooperException.badInput(
                    "pairing.prompt",
                    "the assistant's prompt has " + tokens.size() + " tokens, and with its rewrite only " + context
                            + " fit: shorten pairing.prompt, or raise cooper.assistant.context-length if the model has"
                            + " more than that (it has " + model.config().maxPositions() + ")"));
        } else {
            written.add(request);
            prompts.add(new SampleRequest(
                    tokens,
                    List.of(request.request().seed()),
                    List.of(request.request().maxTokens())));
        }
    }

    private int context(LanguageModel model) {
        return Math.min(shape.contextLength(), model.config().maxPositions());
    }

    private void write(LanguageModel model, ModelRef version, RewriteRequest first) {
        Sampler sampler = new Sampler(
                model.network(),
                model.tokenizer().specialTokens(),
                new SamplerLimits(shape.rows(), context(model), true));
        int most = written.stream()
                .mapToInt(request -> request.request().maxTokens())
                .max()
                .orElseThrow();
        String writer = "embedded policy version " + version.getNumber() + " " + version.getChecksum();
        sampler.sample(
                prompts,
                new SamplingSettings(first.temperature(), 1, 0, most),
                this::nobodyWaits,
                (place, drawn) -> finish(written.get(place), drawn.getFirst(), model, writer));
    }

    private static void finish(Pending request, Completion drawn, LanguageModel model, String writer) {
        String text = model.tokenizer().decodeText(drawn.tokens()).strip();
        request.text().complete(new Rewrite(text, drawn.finishReason() == FinishReason.LENGTH, writer));
    }

    /** Asked between tokens. */
    private boolean nobodyWaits() {
        return closed.getAsBoolean()
                || written.stream()
                        .noneMatch(request -> !request.text().isDone()
                                && request.request().wanted().getAsBoolean());
    }
}
