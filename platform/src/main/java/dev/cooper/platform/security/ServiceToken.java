package dev.cooper.platform.security;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret that the services of an installation share: clients of gRPC send it with every call, and servers answer no
 * call without it, health and reflection included. Without a secret nothing is sent or asked for.
 */
public final class ServiceToken implements ClientInterceptor, ServerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceToken.class);
    private static final Metadata.Key<String> HEADER =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Optional<String> bearer;

    /** @param secret ASCII */
    public ServiceToken(Optional<String> secret) {
        this.bearer = secret.map(token -> "Bearer " + token);
    }

    @Override
    public <I, O> ClientCall<I, O> interceptCall(MethodDescriptor<I, O> method, CallOptions options, Channel next) {
        ClientCall<I, O> call = next.newCall(method, options);
        return bearer.<ClientCall<I, O>>map(token -> new ForwardingClientCall.SimpleForwardingClientCall<>(call) {
                    @Override
                    public void start(Listener<O> listener, Metadata headers) {
                        headers.put(HEADER, token);
                        super.start(listener, headers);
                    }
                })
                .orElse(call);
    }

    @Override
    public <I, O> ServerCall.Listener<I> interceptCall(
            ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
        if (bearer.isEmpty() || isRight(headers.get(HEADER), bearer.get())) {
            return next.startCall(call, headers);
        }
        LOG.warn(
                "a call of {} from {} was refused: it has no valid service token",
                call.getMethodDescriptor().getFullMethodName(),
                call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        call.close(
                Status.UNAUTHENTICATED.withDescription("the call has no valid service token: give all services the"
                        + " same file as " + SecuritySettings.SERVICE_TOKEN_FILE),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private static boolean isRight(@Nullable String given, String right) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
