package dev.cooper.reward;

import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.stream.Line;
import dev.cooper.reward.scoring.ScoringStage;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** Puts the service together. */
@Configuration(proxyBeanMethods = false)
class RewardConfiguration {

    /** The stream's function, bound to the topic of verified groups. */
    @Bean
    Consumer<Message<byte[]>> score(Line line) {
        return line.stage(ScoringStage.NAME, GroupMessage.VERIFIED, GroupMessage.SCORED, new ScoringStage());
    }
}
