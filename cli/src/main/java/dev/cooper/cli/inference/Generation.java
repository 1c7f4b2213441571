package dev.cooper.cli.inference;

import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.FinishReason;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingListener;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.sampling.TextStream;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Draws completions of prompts and writes them: as text while they are drawn, or as JSON lines. */
public final class Generation {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Rows of sequences that are read before any are drawn. */
    private static final int READ_AHEAD = 16;

    private final Tokenizer tokenizer;
    private final CausalLanguageModel network;
    private final Sampler sampler;
    private final Plan plan;

    /**
     * What is drawn of each prompt.
     *
     * @param samples completions of a prompt
     * @param seed with the prompt's line and the sample's number, of all chance
     */
    public record Plan(SamplingSettings settings, SamplerLimits limits, int samples, long seed) {
        public Plan {
            if (samples < 1) {
                throw new IllegalArgumentException("--samples must be at least 1, not " + samples);
            }
        }
    }

    /** Prompts to hand to a sampler at once: enough that few rows wait for the last ones. */
    public static int promptsAtOnce(SamplerLimits limits, int samples) {
        return Math.max(1, READ_AHEAD * limits.rows() / samples);
    }

    /** Draws with a model, which the caller closes. */
    public Generation(LanguageModel model, Plan plan) {
        this.tokenizer = model.tokenizer();
        this.network = model.network();
        this.sampler = new Sampler(model.network(), tokenizer, plan.limits());
        this.plan = plan;
    }

    /** Writes the text of one completion while it is drawn, and ends the line behind it. */
    public void stream(TokenIds prompt, PrintWriter out) {
        TextStream text = new TextStream(tokenizer, plan.settings().stop());
        sample(List.of(request(prompt, 1)), new SamplingListener() {
            @Override
            public void drawn(int request, int sample, int token) {
                out.print(text.add(token));
                out.flush();
            }

            @Override
            public void completed(int request, List<Completion> completions) {
                out.println(text.end());
                out.flush();
            }
        });
    }

    /** Writes one line a sample of a single prompt. */
    public void lines(TokenIds prompt, PrintWriter out) {
        write(List.of(request(prompt, 1)), List.of(1), out);
    }

    /**
     * Writes one line a sample of the prompts of a file, in their order.
     *
     * @throws InvalidLineException for the first line that cannot be used; what those before it gave may be written
     */
    public void lines(JsonLines input, Prompts prompts, PrintWriter out) throws IOException {
        List<SampleRequest> requests = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        int most = promptsAtOnce(plan.limits(), plan.samples());
        for (var line = input.next(); line.isPresent(); line = input.next()) {
            requests.add(request(prompts.of(line.get()), line.get().number()));
            numbers.add(line.get().number());
            if (requests.size() == most) {
                write(requests, numbers, out);
                requests.clear();
                numbers.clear();
            }
        }
        write(requests, numbers, out);
    }

    private SampleRequest request(TokenIds prompt, int line) {
        return SampleRequest.group(prompt, plan.samples(), plan.seed(), 0, line);
    }

    private void write(List<SampleRequest> requests, List<Integer> numbers, PrintWriter out) {
        InOrder inOrder = new InOrder(requests.size(), (request, completions) -> {
            for (int sample = 0; sample < completions.size(); sample++) {
                out.println(MAPPER.writeValueAsString(object(numbers.get(request), sample, completions.get(sample))));
            }
            out.flush();
        });
        sample(requests, inOrder);
    }

    private void sample(List<SampleRequest> requests, SamplingListener listener) {
        SamplerLimits limits = plan.limits();
        int longest = requests.stream()
                .mapToInt(request -> request.prompt().size())
                .max()
                .orElse(0);
        int positions = limits.positions(longest, plan.settings().maxNewTokens());
        if (limits.fitting(network, positions) == 0) {
            throw new IllegalArgumentException(
                    "--cache-mib is too little: the keys and values of one completion with its prompt, %d tokens, take %d"
                                    .formatted(positions, limits.cacheBytes(network, positions))
                            + " bytes; raise it, or lower --max-new-tokens");
        }
        sampler.sample(requests, plan.settings(), () -> false, listener);
    }

    private ObjectNode object(int line, int sample, Completion completion) {
        ObjectNode object = MAPPER.createObjectNode()
                .put("line", line)
                .put("sample", sample)
                .put("text", plan.settings().stop().before(tokenizer.decodeText(completion.tokens())))
                .put("finish_reason", name(completion.finishReason()));
        var tokens = object.putArray("token_ids");
        var logProbs = object.putArray("logprobs");
        for (int i = 0; i < completion.tokens().size(); i++) {
            tokens.add(completion.tokens().get(i));
            logProbs.add(completion.logProbs().get(i));
        }
        return object;
    }

    private static String name(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
        };
    }
}
