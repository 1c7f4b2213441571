package dev.cooper.verifier;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.stream.Line;
import dev.cooper.verifier.checking.GroupVerifier;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** Rollouts from the line to the verifier, and verdicts back. */
@Configuration(proxyBeanMethods = false)
class VerifierConfiguration {

    @Bean
    GroupVerifier groupVerifier() {
        return new GroupVerifier(new AnswerChecker());
    }

    @Bean
    Consumer<Message<byte[]>> rollouts(Line line, GroupVerifier verifier) {
        return line.stage("verifying", GroupMessage.ROLLOUTS, GroupMessage.VERIFIED, verifier);
    }
}
