package dev.cooper.orchestrator;

import dev.cooper.orchestrator.api.LiveProgress;
import dev.cooper.orchestrator.archive.ParquetStepArchive;
import dev.cooper.orchestrator.dataset.DataSets;
import dev.cooper.orchestrator.dataset.ShuffledPrompts;
import dev.cooper.orchestrator.ledger.PostgresRunLedger;
import dev.cooper.orchestrator.line.CountedDeadLetters;
import dev.cooper.orchestrator.line.GrpcTrainer;
import dev.cooper.orchestrator.line.KafkaClosedGroups;
import dev.cooper.orchestrator.line.OutboxRelay;
import dev.cooper.orchestrator.line.TracedTrainer;
import dev.cooper.orchestrator.preflight.Preflight;
import dev.cooper.orchestrator.run.ClosedGroups;
import dev.cooper.orchestrator.run.DriverPorts;
import dev.cooper.orchestrator.run.Prompts;
import dev.cooper.orchestrator.run.RunDriver;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.StallAlarm;
import dev.cooper.orchestrator.run.StartCheck;
import dev.cooper.orchestrator.run.Trainer;
import dev.cooper.orchestrator.schedule.EventBell;
import dev.cooper.orchestrator.schedule.RunDrivers;
import dev.cooper.orchestrator.schedule.RunScheduler;
import dev.cooper.orchestrator.spec.RunSpecReader;
import dev.cooper.platform.health.Workers;
import dev.cooper.platform.kafka.KafkaClients;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.service.CooperSettings;
import dev.cooper.platform.spec.FileRoots;
import dev.cooper.platform.stream.LineMetrics;
import dev.cooper.platform.tracing.Tracing;
import dev.cooper.proto.v1.ModelKind;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the orchestrator together. */
@Configuration(proxyBeanMethods = false)
class OrchestratorConfiguration {

    @Bean
    RunLedger runLedger(DataSource dataSource) {
        return new PostgresRunLedger(dataSource);
    }

    @Bean
    DataSets dataSets() {
        return new DataSets();
    }

    @Bean
    FileRoots fileRoots(OrchestratorSettings settings, CooperSettings cooper) {
        return settings.fileRoots(cooper.storageRoot());
    }

    @Bean
    RunSpecReader runSpecReader(OrchestratorSettings settings, FileRoots fileRoots, DataSets dataSets) {
        return new RunSpecReader(settings.filesRoot(), fileRoots, dataSets);
    }

    @Bean
    Prompts prompts(DataSets dataSets) {
        return new ShuffledPrompts(dataSets);
    }

    @Bean
    ParquetStepArchive stepArchive(CooperSettings settings, TopicNames topics) {
        return new ParquetStepArchive(settings.storageRoot(), topics);
    }

    @Bean
    KafkaClosedGroups closedGroups(TopicNames topics, KafkaRecords records, KafkaClients clients) {
        return new KafkaClosedGroups(topics, records, () -> clients.reader("closed-groups"));
    }

    @Bean(destroyMethod = "shutdownNow")
    ManagedChannel policyTrainerChannel(Channels channels, PolicyTrainerSettings settings) {
        return channels.open("cooper.policy-trainer.address", settings.address());
    }

    @Bean
    Trainer policyTrainer(ManagedChannel policyTrainerChannel, PolicyTrainerSettings settings, Tracing tracing) {
        return new TracedTrainer(
                new GrpcTrainer(ModelKind.POLICY, tracing.observed(policyTrainerChannel), settings.deadline()),
                tracing);
    }

    @Bean(destroyMethod = "shutdownNow")
    ManagedChannel rewardTrainerChannel(Channels channels, RewardTrainerSettings settings) {
        return channels.open("cooper.reward-trainer.address", settings.address());
    }

    @Bean
    Trainer rewardTrainer(ManagedChannel rewardTrainerChannel, RewardTrainerSettings settings, Tracing tracing) {
        return new TracedTrainer(
                new GrpcTrainer(ModelKind.REWARD, tracing.observed(rewardTrainerChannel), settings.deadline()),
                tracing);
    }

    @Bean
    EventBell eventBell() {
        return new EventBell();
    }

    @Bean
    RandomGenerator idRandom() {
        return new SecureRandom();
    }

    @Bean
    DriverPorts driverPorts(
            RunLedger ledger,
            ClosedGroups closedGroups,
            Trainer policyTrainer,
            Trainer rewardTrainer,
            Prompts prompts,
            ParquetStepArchive archive,
            StartCheck startCheck,
            TopicNames topics,
            Clock clock) {
        return new DriverPorts(
                ledger, closedGroups, policyTrainer, rewardTrainer, prompts, archive, startCheck, topics, clock);
    }

    @Bean
    StartCheck startCheck(Preflight preflight) {
        return preflight::check;
    }

    @Bean
    StallGauges stallGauges(MeterRegistry registry, Clock clock) {
        return new StallGauges(registry, clock);
    }

    @Bean
    RunDrivers runDrivers(DriverPorts ports, OrchestratorSettings settings, StallGauges stalls) {
        StallAlarm alarm = new StallAlarm(settings.stalledAfter(), stalls::show);
        return (runId, fence) -> new RunDriver(runId, fence, ports, alarm);
    }

    @Bean
    RunGauges runGauges(RunLedger ledger, MeterRegistry registry) {
        return new RunGauges(ledger, registry);
    }

    @Bean(destroyMethod = "")
    RunScheduler runScheduler(
            CooperSettings cooper,
            OrchestratorSettings settings,
            RunLedger ledger,
            RunDrivers drivers,
            RecordSink sink,
            LineMetrics metrics,
            EventBell bell,
            OutsideConfiguration.Followers followers,
            RandomGenerator idRandom,
            Clock clock) {
        String owner = cooper.instance() + "/" + Long.toHexString(idRandom.nextLong());
        OutboxRelay relay = new OutboxRelay(ledger, new CountedDeadLetters(sink, metrics));
        return new RunScheduler(owner, ledger, drivers, relay, bell, followers::moved, clock, settings.lease());
    }

    @Bean
    RunLoop runLoop(RunScheduler scheduler, Workers workers) {
        return new RunLoop(scheduler, workers);
    }

    @Bean
    LiveProgress liveProgress(RunScheduler scheduler) {
        return scheduler::progress;
    }

    @Bean("scheduler")
    HealthIndicator schedulerHealth(RunScheduler scheduler) {
        return new SchedulerHealth(scheduler);
    }
}
