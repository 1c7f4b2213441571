package dev.cooper.perturbation.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every assistant does. Its model's words are w2 to w31. */
abstract class AssistantContract {

    static final String PROMPT = "w2 w3 w4";
    private static final int PATIENCE = 20;

    private Assistant assistant;

    /** An assistant whose model can be had. */
    abstract Assistant open() throws Exception;

    /** A request that this assistant can answer; ten tokens. */
    abstract RewriteRequest request(String prompt, long seed, BooleanSupplier wanted);

    /** Makes the assistant's model such that it can never answer. */
    abstract void damage() throws Exception;

    /** Holds texts back from now on. */
    abstract void hold();

    /** Ends that. */
    abstract void release();

    final Assistant assistant() {
        return assistant;
    }

    @BeforeEach
    void openAssistant() throws Exception {
        assistant = open();
    }

    @AfterEach
    void closeAssistant() {
        release();
        assistant.close();
    }

    @Test
    void aTextDependsOnItsRequestAloneAndNotOnWhatIsAskedBesideIt() throws Exception {
        Rewrite alone = assistant.rewrite(request(PROMPT, 7));

        List<RewriteRequest> many = new ArrayList<>();
        IntStream.range(0, 20).forEach(seed -> many.add(request(PROMPT + " w5", 100 + seed)));
        many.add(request(PROMPT, 7));
        List<Rewrite> beside = rewriteAll(many);

        assertThat(beside.getLast()).isEqualTo(alone);
        assertThat(alone.text())
                .matches("(w\\d+( w\\d+)*)?")
                .isEqualTo(alone.text().strip());
        assertThat(alone.writer()).isNotBlank();
        assertThat(beside.stream().map(Rewrite::text).distinct().count()).isGreaterThan(10);
    }

    @Test
    void noTextIsLongerThanItsLimit() throws Exception {
        List<RewriteRequest> requests = IntStream.range(0, 20)
                .mapToObj(seed -> request(PROMPT, seed))
                .map(request -> new RewriteRequest(
                        request.runId(),
                        request.model(),
                        request.prompt(),
                        request.temperature(),
                        1 + (int) request.seed() % 4,
                        request.seed(),
                        request.wanted()))
                .toList();

        List<Rewrite> texts = rewriteAll(requests);

        for (int i = 0; i < requests.size(); i++) {
            assertThat(texts.get(i).text().split(" "))
                    .hasSizeLessThanOrEqualTo(requests.get(i).maxTokens());
        }
        assertThat(texts.stream().filter(Rewrite::truncated)).isNotEmpty();
    }

    @Test
    void aTextThatNobodyWantsIsNotWritten() {
        assertFailure(request(PROMPT, 7, () -> false), FailureReason.CANCELLED);
    }

    @Test
    void whoNoLongerWantsATextIsToldSoon() throws Exception {
        AtomicBoolean wanted = new AtomicBoolean(true);
        hold();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Rewrite> text = threads.submit(() -> assistant.rewrite(request(PROMPT, 7, wanted::get)));
            Thread.sleep(Duration.ofMillis(100));
            wanted.set(false);
            assertCancelled(text);
        }
    }

    @Test
    void aClosedAssistantWritesNothing() {
        assistant.close();

        assertFailure(request(PROMPT, 7), FailureReason.CANCELLED);
    }

    @Test
    void anInterruptedThreadDoesNotWait() throws Exception {
        hold();
        Thread thread = Thread.ofVirtual().unstarted(() -> {
            try {
                assistant.rewrite(request(PROMPT, 7));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        Thread.sleep(Duration.ofMillis(100));
        thread.interrupt();

        assertThat(thread.join(Duration.ofSeconds(PATIENCE))).isTrue();
    }

    @Test
    void aModelThatCannotAnswerIsAModelFault() throws Exception {
        damage();

        assertFailure(request(PROMPT, 7), FailureReason.MODEL_FAULT);
    }

    final RewriteRequest request(String prompt, long seed) {
        return request(prompt, seed, () -> true);
    }

    final CooperException assertFailure(RewriteRequest request, FailureReason reason) {
        List<CooperException> thrown = new ArrayList<>();
        assertThatThrownBy(() -> assistant.rewrite(request)).isInstanceOfSatisfying(CooperException.class, failure -> {
            assertThat(failure.reason()).as(failure.detail()).isEqualTo(reason);
            assertThat(failure.detail()).isNotBlank();
            thrown.add(failure);
        });
        return thrown.getFirst();
    }

    private static void assertCancelled(Future<Rewrite> text) {
        assertThatThrownBy(() -> text.get(PATIENCE, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.CANCELLED));
    }

    final List<Rewrite> rewriteAll(List<RewriteRequest> requests) throws Exception {
        List<Rewrite> texts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Rewrite>> waiting = requests.stream()
                    .map(request -> threads.submit(() -> assistant.rewrite(request)))
                    .toList();
            for (Future<Rewrite> text : waiting) {
                texts.add(text.get(PATIENCE, TimeUnit.SECONDS));
            }
        }
        return texts;
    }
}
