package dev.cooper.verifier;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.stream.Line;
import dev.cooper.verifier.checking.CompletionCheck;
import dev.cooper.verifier.checking.VerifyingStage;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** Puts the verifier together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VerifierSettings.class)
class VerifierConfiguration {

    @Bean
    CompletionCheck completionCheck(VerifierSettings settings, MeterRegistry registry) {
        return new CompletionCheck(new AnswerChecker(settings.options()), new VerdictMetrics(registry));
    }

    /** The stream's function, bound to the topic of rollouts. */
    @Bean
    Consumer<Message<byte[]>> verify(Line line, CompletionCheck check) {
        return line.stage(VerifyingStage.NAME, GroupMessage.ROLLOUTS, GroupMessage.VERIFIED, new VerifyingStage(check));
    }
}
