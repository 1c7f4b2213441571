package dev.cooper.reward;

import dev.cooper.modelruntime.service.ModelServiceConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What both roles use. The tensor engine starts with the first model: mode rule needs none. */
@Configuration(proxyBeanMethods = false)
@Import(ModelServiceConfiguration.class)
@EnableConfigurationProperties(ScoringSettings.class)
class RewardConfiguration {}
