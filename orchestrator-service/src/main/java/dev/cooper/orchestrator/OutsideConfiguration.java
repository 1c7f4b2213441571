package dev.cooper.orchestrator;

import dev.cooper.orchestrator.file.RunStorage;
import dev.cooper.orchestrator.ledger.PostgresNoticeBook;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.tensorboard.EventFiles;
import dev.cooper.orchestrator.webhook.NoticeBook;
import dev.cooper.orchestrator.webhook.Webhooks;
import dev.cooper.platform.tracing.Tracing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what tells others of runs: gauges, event files, webhooks. */
@Configuration(proxyBeanMethods = false)
class OutsideConfiguration {

    /** Told the id of a run after each of its moves. No Consumer: Spring Cloud Stream would bind it to a topic. */
    @FunctionalInterface
    interface Followers {
        void moved(String runId);
    }

    @Bean
    Followers followers(
            RunGauges gauges, RunLedger ledger, RunStorage storage, OrchestratorSettings settings, Tracing tracing) {
        List<Followers> all = new ArrayList<>(List.of(gauges::update));
        if (settings.tensorboard()) {
            all.add(new EventFiles(ledger, storage)::update);
        }
        if (tracing.isOn()) {
            all.add(new StepTraces(ledger, tracing)::update);
        }
        return runId -> all.forEach(follower -> follower.moved(runId));
    }

    @Bean
    RunsAskedFor runsAskedFor(Tracing tracing) {
        return new RunsAskedFor(tracing);
    }

    @Bean
    NoticeBook noticeBook(DataSource dataSource) {
        return new PostgresNoticeBook(dataSource);
    }

    @Bean
    Webhooks webhooks(
            RunLedger ledger, NoticeBook book, OrchestratorSettings settings, Clock clock, RandomGenerator idRandom) {
        return new Webhooks(ledger, book, settings.webhookSecret(), clock, idRandom);
    }

    @Bean
    WebhookLoop webhookLoop(Webhooks webhooks) {
        return new WebhookLoop(webhooks);
    }
}
