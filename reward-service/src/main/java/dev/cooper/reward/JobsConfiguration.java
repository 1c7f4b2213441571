package dev.cooper.reward;

import dev.cooper.platform.service.CooperSettings;
import dev.cooper.reward.jobs.AnnotationJobs;
import dev.cooper.reward.jobs.JobDesk;
import dev.cooper.reward.jobs.JobKind;
import dev.cooper.reward.jobs.RewardTrainingJobs;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The jobs of this instance, which another instance leaves alone: they go on where its storage has them. */
@Configuration(proxyBeanMethods = false)
@Conditional(RewardRole.Jobs.class)
class JobsConfiguration {

    @Bean
    JobKind rewardTrainingJobs(Clock clock) {
        return new RewardTrainingJobs(Path.of("").toAbsolutePath(), clock);
    }

    @Bean
    JobKind annotationJobs(Clock clock) {
        return new AnnotationJobs(Path.of("").toAbsolutePath(), System.getenv(), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    JobDesk jobDesk(List<JobKind> kinds, CooperSettings settings, Clock clock) {
        return new JobDesk(settings.storageRoot().resolve("jobs").resolve(settings.instance()), kinds, clock);
    }
}
