package dev.cooper.perturbation.checking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.modelruntime.endpoint.Backoff;
import dev.cooper.perturbation.TestingVerifier;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.VerdictKind;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifierClientTest {

    private static final Backoff BACKOFF = new Backoff(2, Duration.ofSeconds(1), Duration.ofSeconds(60));

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private TestingVerifier verifier;
    private ManagedChannel channel;
    private VerifierClient client;

    @BeforeEach
    void start() throws IOException {
        verifier = new TestingVerifier();
        channel = Channels.plain().open("verifier", verifier.address());
        client = new VerifierClient(channel, Duration.ofSeconds(5), BACKOFF, pauses::add);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        verifier.close();
    }

    @Test
    void aTextIsCheckedAgainstTheReference() throws Exception {
        assertThat(client.check("42", "it is 41").getKind()).isEqualTo(VerdictKind.INCORRECT);
        assertThat(client.check("42", "it is 42").getKind()).isEqualTo(VerdictKind.CORRECT);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aVerifierThatIsAwayForAWhileIsAskedAgainAfterGrowingPauses() throws Exception {
        verifier.refusals.addAll(List.of(Status.UNAVAILABLE, Status.RESOURCE_EXHAUSTED));

        assertThat(client.check("42", "it is 41").getKind()).isEqualTo(VerdictKind.INCORRECT);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aVerifierThatStaysAwayIsNoCapacity() {
        verifier.close();

        assertFailure(FailureReason.NO_CAPACITY, "cooper.verifier.address");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void aVerifierThatStartsLateIsFoundBeforeTheChannelWouldLookForItByItself() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ManagedChannel early = Channels.plain().open("verifier", "127.0.0.1:" + port);
        List<TestingVerifier> late = new ArrayList<>();
        VerifierClient patient = new VerifierClient(early, Duration.ofSeconds(5), BACKOFF, pause -> {
            if (late.isEmpty()) {
                late.add(start(port));
            }
            // Much less than the channel's own second.
            Thread.sleep(100);
        });
        try {
            assertThat(patient.check("42", "it is 41").getKind()).isEqualTo(VerdictKind.INCORRECT);
        } finally {
            early.shutdownNow();
            late.forEach(TestingVerifier::close);
        }
    }

    private static TestingVerifier start(int port) {
        try {
            return new TestingVerifier(port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aVerifierThatHangsIsATimeout() {
        CountDownLatch never = new CountDownLatch(1);
        verifier.before = () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        client = new VerifierClient(channel, Duration.ofMillis(50), BACKOFF, pauses::add);

        assertFailure(FailureReason.TIMEOUT, "3 tries");
        never.countDown();
    }

    @Test
    void aQuestionThatIsRefusedIsNotAskedAgain() {
        verifier.refusals.add(Status.INVALID_ARGUMENT.withDescription("no such thing"));

        assertFailure(FailureReason.BAD_INPUT, "no such thing");
        assertThat(verifier.calls).hasValue(1);
    }

    private void assertFailure(FailureReason reason, String text) {
        assertThatThrownBy(() -> client.check("42", "it is 41"))
                .isInstanceOfSatisfying(CooperException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(reason);
                    assertThat(failure.detail()).contains(text);
                });
    }
}
