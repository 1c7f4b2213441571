package dev.cooper.orchestrator;

import dev.cooper.orchestrator.webhook.Webhooks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks again and again whether somebody is to be told of something. */
final class WebhookLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookLoop.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);
    private static final Duration LAST_ATTEMPT = Duration.ofSeconds(5);

    private final Webhooks webhooks;
    private volatile @Nullable Thread thread;

    WebhookLoop(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("webhooks").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(look());
            }
        } catch (InterruptedException e) {
            LOG.debug("stops");
        }
    }

    /** How long to wait for the next look. */
    private Duration look() throws InterruptedException {
        try {
            webhooks.tick();
            return LOOK;
        } catch (RuntimeException e) {
            // The database is away, or there is a fault of ours; what is due stays due.
            LOG.warn("webhooks cannot be told for now: {}", e.toString());
            return AFTER_TROUBLE;
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(LAST_ATTEMPT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
