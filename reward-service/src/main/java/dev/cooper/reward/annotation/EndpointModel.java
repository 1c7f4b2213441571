package dev.cooper.reward.annotation;

import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.modelruntime.endpoint.ChatRequest;
import dev.cooper.modelruntime.endpoint.ChatText;
import dev.cooper.modelruntime.endpoint.EndpointClient;
import dev.cooper.modelruntime.endpoint.EndpointOptions;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A model behind an endpoint, asked for several texts at the same time. */
final class EndpointModel implements WritingModel {

    /** Texts of each request under way: few of them wait for the slowest ones. */
    private static final int READ_AHEAD = 64;

    private final EndpointOptions options;
    private final EndpointClient client;

    EndpointModel(EndpointOptions options, Clock clock) {
        this.options = options;
        this.client = new EndpointClient(options, clock, Thread::sleep, () -> {});
    }

    @Override
    public String checksum() {
        return "";
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public int textsAtOnce() {
        return READ_AHEAD * options.maxConcurrency();
    }

    private record Call(int prompt, int text, long seed) {}

    @Override
    public void write(List<Prompt> prompts, SamplingSettings settings, Receiver receiver) throws InterruptedException {
        Queue<Call> open = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < prompts.size(); i++) {
            for (int text = 0; text < prompts.get(i).seeds().size(); text++) {
                open.add(new Call(i, text, prompts.get(i).seeds().get(text)));
            }
        }
        int texts = open.size();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean wanted = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(options.maxConcurrency(), texts); i++) {
                workers.add(threads.submit(() -> {
                    work(open, prompts, settings, receiver, ended, wanted);
                    return null;
                }));
            }
            join(workers, threads, wanted);
        }
    }

    /** A failure ends it once those that were asked already have answered: nobody is asked twice for the same. */
    private static void join(List<Future<?>> workers, ExecutorService threads, AtomicBoolean wanted)
            throws InterruptedException {
        CooperException failure = null;
        for (Future<?> worker : workers) {
            try {
                worker.get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                failure = failure == null ? CooperException.of(cause) : failure;
            } catch (InterruptedException e) {
                wanted.set(false);
                threads.shutdownNow();
                throw e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void work(
            Queue<Call> open,
            List<Prompt> prompts,
            SamplingSettings settings,
            Receiver receiver,
            AtomicBoolean ended,
            AtomicBoolean wanted)
            throws InterruptedException {
        try {
            for (Call call = open.poll(); call != null && !ended.get(); call = open.poll()) {
                ask(call, prompts.get(call.prompt()).text(), settings, receiver, wanted);
            }
        } catch (RuntimeException e) {
            ended.set(true);
            throw e;
        }
    }

    private void ask(Call call, String prompt, SamplingSettings settings, Receiver receiver, AtomicBoolean wanted)
            throws InterruptedException {
        try {
            ChatText text = client.complete(new ChatRequest(
                    prompt,
                    settings.temperature(),
                    settings.topP(),
                    settings.maxNewTokens(),
                    call.seed(),
                    wanted::get));
            Reply.Ending ending = text.truncated() ? Reply.Ending.TRUNCATED : Reply.Ending.FINISHED;
            receiver.written(call.prompt(), call.text(), new Reply(text.text(), ending));
        } catch (CooperException e) {
            if (!isOfThisTextOnly(e)) {
                throw e;
            }
            receiver.unanswered(e);
        }
    }

    /** A wrong key or address fails every request; so does a server that is away, whose retries are used up. */
    private boolean isOfThisTextOnly(CooperException failure) {
        String model = options.names().setting().apply("model");
        return failure.reason() == FailureReason.TIMEOUT
                || failure.reason() == FailureReason.MODEL_FAULT
                || failure.field().filter(model::equals).isPresent();
    }

    @Override
    public void close() {
        client.close();
    }
}
