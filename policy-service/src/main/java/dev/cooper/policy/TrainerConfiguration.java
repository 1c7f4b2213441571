package dev.cooper.policy;

import dev.cooper.modelruntime.service.TrainedModels;
import dev.cooper.modelruntime.service.TrainerHostConfiguration;
import dev.cooper.policy.training.PolicyModels;
import dev.cooper.proto.v1.ModelKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The trainer of the policy behind its gRPC endpoint. */
@Configuration(proxyBeanMethods = false)
@Conditional(PolicyRole.Trainer.class)
@Import(TrainerHostConfiguration.class)
class TrainerConfiguration {

    @Bean
    TrainedModels trainedModels() {
        return new TrainedModels(ModelKind.POLICY, new PolicyModels());
    }
}
