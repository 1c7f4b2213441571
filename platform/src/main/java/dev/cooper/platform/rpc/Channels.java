package dev.cooper.platform.rpc;

import dev.cooper.platform.failure.CooperException;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Opens gRPC channels to other services of the installation. */
public final class Channels {

    private static final Pattern ADDRESS = Pattern.compile("(?:dns:///?)?[^\\s:/]+:\\d{1,5}");
    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    private final ChannelCredentials credentials;
    private final List<ClientInterceptor> interceptors;

    /**
     * Opens channels with these credentials.
     *
     * @param interceptors of every call, such as one that sends a token
     */
    public Channels(ChannelCredentials credentials, ClientInterceptor... interceptors) {
        this.credentials = credentials;
        this.interceptors = List.of(interceptors);
    }

    /** Opens channels that nothing protects. */
    public static Channels plain() {
        return new Channels(InsecureChannelCredentials.create());
    }

    /**
     * A channel that connects when it is first used and again whenever it is cut, so that the other side may start
     * later. The caller shuts it down.
     *
     * @param setting name of the setting that holds the address, for the error
     * @param address host:port
     * @throws CooperException BAD_INPUT if the address cannot be one
     */
    public ManagedChannel open(String setting, String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw CooperException.badInput(setting, setting + " must be host:port, is '" + address + "'");
        }
        return Grpc.newChannelBuilder(address, credentials)
                .intercept(interceptors)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                // Calls to a trainer last minutes: a dead connection must be noticed before the deadline.
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .build();
    }
}
