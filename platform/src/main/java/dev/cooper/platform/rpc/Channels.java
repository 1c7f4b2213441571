package dev.cooper.platform.rpc;

import dev.cooper.platform.failure.CooperException;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Opens gRPC channels to other services of the installation. */
public final class Channels {

    private static final Pattern ADDRESS = Pattern.compile("(?:dns:///?)?[^\\s:/]+:\\d{1,5}");
    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    private Channels() {}

    /**
     * A channel that connects when it is first used and again whenever it is cut, so that the other side may start
     * later. The caller shuts it down. Traffic is not encrypted.
     *
     * @param setting name of the setting that holds the address, for the error
     * @param address host:port
     * @throws CooperException BAD_INPUT if the address cannot be one
     */
    public static ManagedChannel open(String setting, String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw CooperException.badInput(setting, setting + " must be host:port, is '" + address + "'");
        }
        return Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .maxInboundMessageSize(LARGEST_MESSAGE)
                // Calls to a trainer last minutes: a dead connection must be noticed before the deadline.
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .build();
    }
}
