package dev.cooper.reward;

import dev.cooper.platform.service.CooperSettings;
import dev.cooper.platform.spec.FileRoots;
import dev.cooper.platform.spec.SearchPath;
import dev.cooper.reward.jobs.AnnotationJobs;
import dev.cooper.reward.jobs.JobDesk;
import dev.cooper.reward.jobs.JobKind;
import dev.cooper.reward.jobs.RewardTrainingJobs;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The jobs of this instance, which another instance leaves alone: they go on where its storage has them. */
@Configuration(proxyBeanMethods = false)
@Conditional(RewardRole.Jobs.class)
@EnableConfigurationProperties(JobsSettings.class)
class JobsConfiguration {

    @Bean
    SearchPath jobPaths(JobsSettings jobs, CooperSettings settings) {
        List<Path> folders = Stream.concat(Stream.of(Path.of("")), jobs.filesRoots().stream())
                .toList();
        List<Path> roots = Stream.concat(folders.stream(), Stream.of(settings.storageRoot()))
                .toList();
        return new SearchPath(folders, FileRoots.below(roots, "cooper.jobs.files-roots"));
    }

    @Bean
    JobKind rewardTrainingJobs(SearchPath jobPaths, Clock clock) {
        return new RewardTrainingJobs(jobPaths, clock);
    }

    @Bean
    JobKind annotationJobs(SearchPath jobPaths, Clock clock) {
        return new AnnotationJobs(jobPaths, System.getenv(), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    JobDesk jobDesk(List<JobKind> kinds, JobsSettings jobs, CooperSettings settings, Clock clock) {
        Path root = settings.storageRoot().resolve("jobs").resolve(settings.instance());
        return new JobDesk(root, kinds, jobs.unfinished(), clock);
    }
}
