package dev.cooper.reward;

import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.stream.Line;
import dev.cooper.reward.scoring.RuleScoring;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** Verified groups from the line to the scorer, and scored groups back. */
@Configuration(proxyBeanMethods = false)
class RewardConfiguration {

    @Bean
    Consumer<Message<byte[]>> verified(Line line) {
        return line.stage("scoring", GroupMessage.VERIFIED, GroupMessage.SCORED, new RuleScoring());
    }
}
