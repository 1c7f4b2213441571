package dev.cooper.platform.service;

import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.kafka.KafkaRecordSink;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.GroupWork;
import dev.cooper.platform.line.LogScope;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.security.AdminOnly;
import dev.cooper.platform.stream.Line;
import dev.cooper.platform.stream.WorkQueue;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifyReply;
import dev.cooper.proto.v1.VerifyRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.grpc.server.service.GrpcService;
import org.springframework.messaging.Message;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A service with a stage, a queue, a REST and a gRPC interface, whose sink fails as often as a test wants. */
@CooperService
public class TestingService {

    static ConfigurableApplicationContext start(String bootstrapServers, String prefix, String... more) {
        return new SpringApplicationBuilder(TestingService.class)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "spring.config.name", "testing-service",
                        "cooper.topic-prefix", prefix,
                        "cooper.kafka.bootstrap-servers", bootstrapServers))
                .run(more);
    }

    /** Says nothing of any group, at the length that a test wants. */
    static final class Fat implements GroupWork<RolloutGroup, VerifiedGroup> {
        volatile int padding;

        @Override
        public VerifiedGroup process(RolloutGroup input) {
            return VerifiedGroup.newBuilder()
                    .setRollouts(input)
                    .setVerdicts(Verdicts.newBuilder()
                            .addVerdicts(Verdict.newBuilder().setExplanation(" ".repeat(padding))))
                    .build();
        }

        @Override
        public VerifiedGroup failed(RolloutGroup input, Failure failure) {
            return VerifiedGroup.newBuilder()
                    .setRollouts(input)
                    .setFailure(failure)
                    .build();
        }
    }

    static final class FlakySink implements RecordSink {

        final AtomicInteger failures = new AtomicInteger();
        /** What the log's context said at each record, by the record's topic. */
        final Map<Topic, Map<String, String>> contexts = new ConcurrentHashMap<>();

        private final RecordSink log;

        FlakySink(RecordSink log) {
            this.log = log;
        }

        @Override
        public void send(OutgoingRecord record) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new CooperException(FailureReason.TIMEOUT, "the log is away");
            }
            contexts.put(record.topic(), LogScope.current());
            log.send(record);
        }
    }

    @Bean
    @Primary
    FlakySink flakySink(KafkaRecordSink log) {
        return new FlakySink(log);
    }

    @Bean
    Fat fat() {
        return new Fat();
    }

    @Bean
    Consumer<Message<byte[]>> verify(Line line, Fat fat) {
        return line.stage("verifying", GroupMessage.ROLLOUTS, GroupMessage.VERIFIED, fat);
    }

    @Bean
    WorkQueue<SampleRequest, RolloutGroup> prompts(Line line) {
        return line.queue("sampling", GroupMessage.REQUEST, GroupMessage.ROLLOUTS);
    }

    @Bean
    AdminOnly exporting() {
        return new AdminOnly("/export");
    }

    @RestController
    static class Failing {
        @PostMapping({"/length", "/export"})
        int length(@RequestBody byte[] body) {
            return body.length;
        }

        @DeleteMapping("/length")
        void delete() {}

        @GetMapping("/fail/{how}")
        String fail(@PathVariable String how) {
            throw switch (how) {
                case "input" -> new BadInputException(List.of(new FieldProblem("steps", "must be at least 1")));
                case "timeout" -> new CooperException(FailureReason.TIMEOUT, "too late");
                default -> new IllegalStateException("secret");
            };
        }
    }

    @GrpcService
    static class FailingVerifier extends VerifierGrpc.VerifierImplBase {
        @Override
        public void verify(VerifyRequest request, StreamObserver<VerifyReply> observer) {
            if (request.getReferenceAnswer().equals("version")) {
                observer.onError(PreconditionException.wrongVersion(
                        ModelRef.newBuilder().setNumber(3).build(),
                        ModelRef.newBuilder().setNumber(2).build()));
                return;
            }
            throw CooperException.badInput("reference_answer", "reference_answer is empty");
        }
    }
}
