package dev.cooper.reward.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Runs actions that mostly wait, side by side. */
final class Senders {

    /**
     * Returns when all have ended.
     *
     * @param done told on this thread of each that succeeded, by its place
     * @throws RuntimeException the first failure, after all have ended
     */
    void runAll(List<Runnable> actions, IntConsumer done) {
        RuntimeException failure = null;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            actions.forEach(action -> running.add(threads.submit(action)));
            for (int i = 0; i < running.size(); i++) {
                RuntimeException thrown = await(running.get(i));
                if (thrown == null) {
                    done.accept(i);
                } else if (failure == null) {
                    failure = thrown;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException await(Future<?> action) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    action.get();
                    return null;
                } catch (InterruptedException e) {
                    interrupted = true; // a send that is under way ends by itself
                } catch (ExecutionException e) {
                    return e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
