package dev.cooper.orchestrator;

import dev.cooper.orchestrator.api.EventStreams;
import dev.cooper.orchestrator.api.Forks;
import dev.cooper.orchestrator.api.HackingDesk;
import dev.cooper.orchestrator.api.LiveProgress;
import dev.cooper.orchestrator.api.ModelDesk;
import dev.cooper.orchestrator.api.RunDesk;
import dev.cooper.orchestrator.api.RunViews;
import dev.cooper.orchestrator.file.RunStorage;
import dev.cooper.orchestrator.hacking.SecondOpinion;
import dev.cooper.orchestrator.models.StoredModels;
import dev.cooper.orchestrator.preflight.Preflight;
import dev.cooper.orchestrator.preflight.Preflight.FreeSpace;
import dev.cooper.orchestrator.preflight.RecordLimit;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.schedule.EventBell;
import dev.cooper.orchestrator.spec.RunSpecReader;
import dev.cooper.platform.kafka.TopicSetup;
import dev.cooper.platform.security.AdminOnly;
import dev.cooper.platform.service.CooperSettings;
import dev.cooper.platform.spec.FileRoots;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what REST works with. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    /** How often a follower looks for events of a run that another orchestrator drives. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Bean
    RunStorage runStorage(CooperSettings settings) {
        return new RunStorage(settings.storageRoot());
    }

    @Bean
    StoredModels storedModels(CooperSettings settings) {
        return new StoredModels(settings.storageRoot());
    }

    @Bean
    Preflight preflight(CooperSettings settings, TopicSetup topics, Clock clock) {
        return new Preflight(
                settings.storageRoot(),
                FreeSpace.at(settings.storageRoot()),
                new RecordLimit(topics::recordLimits, clock));
    }

    @Bean
    RunDesk runDesk(
            RunLedger ledger,
            RunStorage storage,
            Preflight preflight,
            OrchestratorSettings settings,
            Clock clock,
            RandomGenerator idRandom) {
        RunDesk.Admission admission =
                new RunDesk.Admission(preflight, settings.quota().unfinishedRuns());
        return new RunDesk(ledger, storage, admission, clock, idRandom);
    }

    @Bean
    ModelDesk modelDesk(RunDesk runs, StoredModels models, OrchestratorSettings settings, FileRoots fileRoots) {
        return new ModelDesk(runs, models, settings.filesRoot(), fileRoots);
    }

    /** It writes to a folder that the request names. */
    @Bean
    AdminOnly exporting() {
        return new AdminOnly("/api/v1/runs/*/export");
    }

    @Bean
    Forks forks(RunDesk runs, ModelDesk desk, StoredModels models, RunSpecReader specs, RunStorage storage) {
        return new Forks(runs, desk, models, specs, storage);
    }

    @Bean
    RunViews runViews(RunLedger ledger, LiveProgress live, Clock clock) {
        return new RunViews(ledger, live, clock);
    }

    @Bean
    HackingDesk hackingDesk(RunDesk runs, RunLedger ledger) {
        return new HackingDesk(runs, ledger, SecondOpinion.NONE);
    }

    @Bean
    EventStreams eventStreams(RunLedger ledger, EventBell bell, Clock clock) {
        return new EventStreams(ledger, bell, clock, LOOK);
    }
}
