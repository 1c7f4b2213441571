package dev.cooper.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.RecordSeal;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.security.ServiceToken;
import dev.cooper.platform.security.TestingIssuer;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.testing.TestingLog;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifyRequest;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole service with all that guards it, and what an attacker would try. */
class SecuredServiceTest {

    private static final String BOOTSTRAP_SERVERS = TestingBroker.shared().bootstrapServers();
    private static final String PREFIX = "secured-test";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> TOKENS = Map.of(
            "viewer", "viewer-token-0123456789",
            "operator", "operator-token-0123456789",
            "admin", "admin-token-0123456789",
            "busy", "busy-token-0123456789");
    private static final int PER_MINUTE = 60;
    private static final int LARGEST_BODY = 2000;

    @TempDir
    static Path folder;

    private static TestingIssuer issuer;
    private static ConfigurableApplicationContext service;
    private static TestingLog log;

    @BeforeAll
    static void start() throws Exception {
        issuer = new TestingIssuer();
        Path tokens = Files.write(
                folder.resolve("tokens"),
                TOKENS.entrySet().stream()
                        .map(token -> token.getKey() + " " + token.getKey().replace("busy", "viewer") + " "
                                + token.getValue())
                        .toList());
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/cooper.security.limits.body-size"), LARGEST_BODY + "B\n");
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        service = TestingService.start(
                BOOTSTRAP_SERVERS,
                PREFIX,
                "--server.address=0.0.0.0",
                "--spring.grpc.server.address=0.0.0.0",
                "--cooper.security.tokens-file=" + tokens,
                "--cooper.security.jwt.issuer=" + TestingIssuer.NAME,
                "--cooper.security.jwt.jwk-set-uri=" + issuer.keysAddress(),
                "--cooper.security.jwt.audience=cooper",
                "--cooper.security.limits.requests-per-minute=" + PER_MINUTE,
                // As a secret is mounted: a file for each setting.
                "--spring.config.import=configtree:" + folder.resolve("secrets") + "/",
                "--cooper.security.service-token-file=" + secret,
                "--cooper.security.record-key-file=" + secret,
                "--cooper.security.tls-bundle=cooper",
                "--spring.ssl.bundle.pem.cooper.keystore.certificate=" + tls("service.crt"),
                "--spring.ssl.bundle.pem.cooper.keystore.private-key=" + tls("service.key"),
                "--spring.ssl.bundle.pem.cooper.truststore.certificate=" + tls("ca.crt"));
        log = new TestingLog(BOOTSTRAP_SERVERS, PREFIX, RecordSeal.of(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    @AfterAll
    static void stop() {
        log.close();
        service.close();
        issuer.close();
    }

    private static File tls(String name) {
        return Path.of("src/test/resources/tls", name).toAbsolutePath().toFile();
    }

    private static int port(String server) {
        return service.getEnvironment().getRequiredProperty("local." + server + ".port", Integer.class);
    }

    private static HttpResponse<String> ask(String method, String path, @Nullable String token, int bodyLength)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("server") + path))
                .header("Content-Type", "application/octet-stream")
                .method(method, BodyPublishers.ofByteArray(new byte[bodyLength]));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Anybody, a viewer, an operator, an admin.
        "GET, /actuator/health/liveness, 200, 200, 200, 200",
        "GET, /actuator/health/readiness, 200, 200, 200, 200",
        "GET, /actuator/prometheus, 401, 200, 200, 200",
        "GET, /actuator/health, 401, 403, 403, 200",
        "GET, /actuator, 401, 403, 403, 200",
        "GET, /actuator/env, 401, 403, 403, 404",
        "GET, /fail/input, 401, 400, 400, 400",
        "HEAD, /fail/input, 401, 400, 400, 400",
        "POST, /length, 401, 403, 200, 200",
        "POST, /export, 401, 403, 403, 200",
        "POST, /%65xport, 401, 403, 403, 200",
        "DELETE, /length, 401, 403, 403, 200",
        "PUT, /length, 401, 403, 403, 405",
        "POST, /actuator/health/liveness, 401, 403, 403, 405"
    })
    void eachRoleMayDoWhatItIsFor(String method, String path, int anybody, int viewer, int operator, int admin)
            throws Exception {
        int body = method.equals("POST") ? 1 : 0;
        assertThat(ask(method, path, null, body).statusCode()).as("anybody").isEqualTo(anybody);
        assertThat(ask(method, path, TOKENS.get("viewer"), body).statusCode())
                .as("viewer")
                .isEqualTo(viewer);
        assertThat(ask(method, path, TOKENS.get("operator"), body).statusCode())
                .as("operator")
                .isEqualTo(operator);
        assertThat(ask(method, path, TOKENS.get("admin"), body).statusCode())
                .as("admin")
                .isEqualTo(admin);
    }

    @Test
    void refusalsAreProblemsThatSayWhatToDo() throws Exception {
        HttpResponse<String> nobody = ask("GET", "/fail/input", null, 0);
        assertThat(nobody.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(nobody.body())
                .contains("\"type\":\"urn:cooper:problem:unauthorized\"", "\"status\":401", "Authorization: Bearer");

        HttpResponse<String> unknown = ask("GET", "/fail/input", "not-a-token", 0);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");

        HttpResponse<String> viewer = ask("DELETE", "/length", TOKENS.get("viewer"), 0);
        assertThat(viewer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(viewer.body()).contains("\"status\":403", "viewer may not DELETE this");
        assertThat(ask("GET", "/actuator/health/readiness", null, 0).body())
                .contains("UP")
                .doesNotContain("control");
    }

    @Test
    void issuedTokensCountWhileTheyAreRight() throws Exception {
        long soon = Instant.now().getEpochSecond() + 600;
        String right = claims(TestingIssuer.NAME, "cooper", soon, "operator");

        assertThat(ask("POST", "/length", issuer.token(right), 3).body()).isEqualTo("3");
        assertThat(ask("DELETE", "/length", issuer.token(right), 0).statusCode())
                .isEqualTo(403);
        assertThat(ask("GET", "/fail/input", issuer.token(right.replace("operator", "nothing")), 0)
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> expired =
                ask("POST", "/length", issuer.token(claims(TestingIssuer.NAME, "cooper", soon - 4000, "operator")), 0);
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(expired.body()).contains("expired");
        for (String wrong : List.of(
                issuer.token(claims("https://elsewhere", "cooper", soon, "operator")),
                issuer.token(claims(TestingIssuer.NAME, "another", soon, "operator")),
                TestingIssuer.unsigned(right),
                TestingIssuer.withClaims(issuer.token(right), right.replace("operator", "admin")))) {
            assertThat(ask("POST", "/length", wrong, 0).statusCode()).as(wrong).isEqualTo(401);
        }
        try (TestingIssuer other = new TestingIssuer()) {
            assertThat(ask("POST", "/length", other.token(right), 0).statusCode())
                    .isEqualTo(401);
        }
    }

    private static String claims(String issuedBy, String audience, long expires, String role) {
        return "{\"iss\": \"" + issuedBy + "\", \"aud\": \"" + audience + "\", \"sub\": \"anna\", \"exp\": " + expires
                + ", \"roles\": [\"" + role + "\"]}";
    }

    @Test
    void bodiesAreBoundedWhetherOrNotTheyTellTheirLength() throws Exception {
        String token = TOKENS.get("operator");
        assertThat(ask("POST", "/length", token, LARGEST_BODY).body()).isEqualTo("" + LARGEST_BODY);
        HttpResponse<String> told = ask("POST", "/length", token, LARGEST_BODY + 1);
        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(told.body()).contains("cooper.security.limits.body-size");

        HttpResponse<String> chunked =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("server") + "/length"))
                        .header("Content-Type", "application/octet-stream")
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofByteArrays(List.of(new byte[LARGEST_BODY], new byte[LARGEST_BODY])))
                        .build());
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains("cooper.security.limits.body-size");
    }

    @Test
    void whoAsksTooOftenWaits() throws Exception {
        List<Integer> answers = IntStream.range(0, 2 * PER_MINUTE + 2)
                .mapToObj(_ -> {
                    try {
                        return ask("GET", "/fail/input", TOKENS.get("busy"), 0).statusCode();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();

        // The minute may have changed on the way.
        assertThat(answers).contains(429);
        assertThat(ask("GET", "/fail/input", TOKENS.get("viewer"), 0).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"/%2e%2e/actuator/env", "/actuator;x=/env", "//actuator/env", "/fail/..%2f..%2fetc%2fpasswd"})
    void pathsThatHideWhereTheyLeadAreRefused(String path) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port("server"))) {
            socket.getOutputStream()
                    .write(("GET " + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                    + TOKENS.get("admin") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void grpcWantsACertificateAndTheServicesToken() throws Exception {
        ServiceToken right = new ServiceToken(Optional.of(SECRET));
        ServiceToken wrong = new ServiceToken(Optional.of(SECRET.replace('0', '1')));
        ServiceToken none = new ServiceToken(Optional.empty());
        ChannelCredentials ours = credentials("service");

        assertThat(answer(new Channels(ours, right))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(answer(service.getBean(Channels.class))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(answer(new Channels(ours, wrong))).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(answer(new Channels(ours, none))).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(answer(new Channels(credentials("stranger"), right))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(answer(new Channels(
                        TlsChannelCredentials.newBuilder()
                                .trustManager(tls("ca.crt"))
                                .build(),
                        right)))
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(answer(new Channels(InsecureChannelCredentials.create(), right)))
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    private static ChannelCredentials credentials(String name) throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(tls("ca.crt"))
                .keyManager(tls(name + ".crt"), tls(name + ".key"))
                .build();
    }

    private static Status.Code answer(Channels channels) {
        ManagedChannel channel = channels.open("verifier", "127.0.0.1:" + port("grpc.server"));
        try {
            VerifierGrpc.newBlockingStub(channel).verify(VerifyRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void forgedRecordsArePutAsideAndEndNoGroup() throws Exception {
        String run = "forged";
        log.post(TestingGroups.control(1).setRunId(run).build());
        var forged = GroupMessage.ROLLOUTS.record(
                TestingGroups.rollouts(TestingGroups.of(run, TestingGroups.group(0, 1)), "forged"));
        var honest = GroupMessage.ROLLOUTS.record(
                TestingGroups.rollouts(TestingGroups.of(run, TestingGroups.group(0, 1)), "honest"));
        RecordSeal guessed = RecordSeal.of("guessed".getBytes(StandardCharsets.UTF_8));
        try (TestingLog forger = new TestingLog(BOOTSTRAP_SERVERS, PREFIX);
                TestingLog guesser = new TestingLog(BOOTSTRAP_SERVERS, PREFIX, guessed)) {
            forger.post(TestingGroups.control(1).setRunId("forged-run").build());
            forger.send(forged);
            guesser.send(forged);
            forger.send(
                    GroupMessage.ROLLOUTS.record(
                            TestingGroups.rollouts(TestingGroups.of(run, TestingGroups.group(0, 1)))),
                    null);
        }
        log.send(honest);

        LogRecord only = log.read(Topic.VERIFIED, run, 1).getFirst();
        assertThat(log.read(Topic.VERIFIED, run, 1)).hasSize(1);
        assertThat(VerifiedGroup.parseFrom(only.value())
                        .getRollouts()
                        .getRollouts()
                        .getCompletions(0)
                        .getText())
                .isEqualTo("honest");
        assertThat(only.headers()).containsKey(RecordSeal.HEADER);
        assertThat(log.readDeadLetters(Topic.ROLLOUTS, 3))
                .hasSize(3)
                .allSatisfy(letter ->
                        assertThat(letter.headers().get("cooper-error")).startsWith("FORGED: header cooper-signature"));
        assertThat(service.getBean(ControlBoard.class).all())
                .extracting(control -> control.getRunId())
                .contains(run)
                .doesNotContain("forged-run");
        assertThat(ask("GET", "/actuator/prometheus", TOKENS.get("viewer"), 0).body())
                .contains("reason=\"forged\",service=\"testing-service\",topic=\"control\"} 1.0")
                .contains("reason=\"forged\",service=\"testing-service\",topic=\"rollouts\"} 3.0");
    }

    @Test
    void whoDidWhatIsKept() throws Exception {
        ask("POST", "/length?x=audited", TOKENS.get("operator"), 1);
        ask("DELETE", "/length", TOKENS.get("viewer"), 0);
        ask("DELETE", "/length", null, 0);

        List<String> kept = log.read(Topic.AUDIT, 2).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
        assertThat(kept)
                .anySatisfy(entry -> assertThat(entry)
                        .contains("\"who\":\"operator\"", "\"role\":\"operator\"", "\"method\":\"POST\"")
                        .contains("\"path\":\"/length\"", "\"status\":200", "\"service\":\"testing-service/local\""))
                .anySatisfy(entry ->
                        assertThat(entry).contains("\"who\":\"viewer\"", "\"method\":\"DELETE\"", "\"status\":403"))
                .noneSatisfy(entry -> assertThat(entry).contains("anonymous"));
    }

    @Test
    void serviceThatAnybodyCouldReachDoesNotStart() {
        assertThatThrownBy(() -> TestingService.start(BOOTSTRAP_SERVERS, PREFIX, "--server.address=0.0.0.0"))
                .rootCause()
                .hasMessageContaining("set cooper.security.tokens-file");
    }
}
