package dev.cooper.reward;

import dev.cooper.modelruntime.service.TrainedModels;
import dev.cooper.modelruntime.service.TrainerHostConfiguration;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.reward.updating.RewardModels;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The trainer of the reward model behind its gRPC endpoint. */
@Configuration(proxyBeanMethods = false)
@Conditional(RewardRole.Trainer.class)
@Import(TrainerHostConfiguration.class)
class TrainerConfiguration {

    @Bean
    TrainedModels trainedModels() {
        return new TrainedModels(ModelKind.REWARD, new RewardModels());
    }
}
