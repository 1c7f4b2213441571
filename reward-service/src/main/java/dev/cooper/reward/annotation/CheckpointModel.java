package dev.cooper.reward.annotation;

import dev.cooper.languagemodel.chat.ChatMessage;
import dev.cooper.languagemodel.chat.ChatTemplate;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.FinishReason;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.reward.annotation.ModelChoice.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** A model of a folder, in this process. One thread uses it. */
final class CheckpointModel implements WritingModel {

    /** Rows of texts that are read before any are written: few rows wait for the last ones. */
    private static final int READ_AHEAD = 16;

    private final LanguageModel model;
    private final Optional<ChatTemplate> chat;
    private final SamplerLimits limits;
    private final String checksum;

    private CheckpointModel(LanguageModel model, Optional<ChatTemplate> chat, SamplerLimits limits) {
        this.model = model;
        this.chat = chat;
        this.limits = limits;
        this.checksum = model.checksum();
    }

    /**
     * Loads the model.
     *
     * @param clock tells the date to chat templates that ask for it
     * @throws dev.cooper.languagemodel.InvalidModelException naming the file and what is wrong with it
     */
    static CheckpointModel load(Checkpoint choice, Clock clock) {
        LanguageModel model = open(choice);
        try {
            int positions = model.config().maxPositions();
            int context = choice.contextLength() == 0 ? positions : Math.min(positions, choice.contextLength());
            return new CheckpointModel(
                    model,
                    choice.chat()
                            ? Optional.of(ChatTemplate.of(model.tokenizer().files(), clock))
                            : Optional.empty(),
                    new SamplerLimits(choice.rows(), context, choice.deterministic())
                            .in(model.network().precision()));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static LanguageModel open(Checkpoint choice) {
        try {
            return switch (choice.dtype()) {
                case FLOAT32 -> LanguageModel.load(choice.folder());
                case BFLOAT16 -> LanguageModel.load(choice.folder(), Precision.BFLOAT16);
                case STORED -> LanguageModel.map(choice.folder());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String checksum() {
        return checksum;
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public int textsAtOnce() {
        return READ_AHEAD * limits.rows();
    }

    @Override
    public void write(List<Prompt> prompts, SamplingSettings settings, Receiver receiver) throws InterruptedException {
        List<SampleRequest> requests = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            Prompt prompt = prompts.get(i);
            TokenIds tokens = encode(prompt.text());
            if (tokens.size() < limits.contextLength()) {
                requests.add(new SampleRequest(tokens, prompt.seeds()));
                places.add(i);
            } else {
                for (int text = 0; text < prompt.seeds().size(); text++) {
                    receiver.written(i, text, Reply.NO_ROOM);
                }
            }
        }
        if (requests.isEmpty()) {
            return;
        }
        try {
            new Sampler(model.network(), model.tokenizer(), limits)
                    .sample(requests, settings, Thread.currentThread()::isInterrupted, (request, completions) -> {
                        for (int text = 0; text < completions.size(); text++) {
                            receiver.written(places.get(request), text, reply(completions.get(text)));
                        }
                    });
        } catch (CancellationException _) {
            throw new InterruptedException("sampling was interrupted");
        }
    }

    private TokenIds encode(String prompt) {
        return chat.map(template -> template.encode(model.tokenizer(), List.of(ChatMessage.user(prompt)), true))
                .orElseGet(() -> model.tokenizer().encodeWithSpecialTokens(prompt));
    }

    private Reply reply(Completion completion) {
        return new Reply(
                model.tokenizer().decodeText(completion.tokens()),
                completion.finishReason() == FinishReason.STOP ? Reply.Ending.FINISHED : Reply.Ending.TRUNCATED);
    }

    @Override
    public void close() {
        model.close();
    }
}
