package dev.cooper.cli.local;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes traces in as a collector does, by OTLP over HTTP. The messages are read by the numbers of their fields. */
final class TraceCollector implements AutoCloseable {

    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT_ID = 4;
    private static final int NAME = 5;
    private static final int LINKS = 13;

    private final HttpServer server;
    private final List<Collected> spans = new CopyOnWriteArrayList<>();

    /**
     * A span that arrived.
     *
     * @param parentId empty for none
     * @param links trace ids that it links to
     */
    record Collected(String traceId, String spanId, String parentId, String name, List<String> links) {}

    TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    List<Collected> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        UnknownFieldSet request = UnknownFieldSet.parseFrom(exchange.getRequestBody());
        for (UnknownFieldSet resource : messages(request, RESOURCE_SPANS)) {
            for (UnknownFieldSet scope : messages(resource, SCOPE_SPANS)) {
                for (UnknownFieldSet span : messages(scope, SPANS)) {
                    spans.add(collected(span));
                }
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Collected collected(UnknownFieldSet span) throws InvalidProtocolBufferException {
        List<String> links =
                messages(span, LINKS).stream().map(link -> hex(link, TRACE_ID)).toList();
        String name = span.getField(NAME).getLengthDelimitedList().getFirst().toStringUtf8();
        return new Collected(hex(span, TRACE_ID), hex(span, SPAN_ID), hex(span, PARENT_ID), name, links);
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field)
            throws InvalidProtocolBufferException {
        List<UnknownFieldSet> all = new CopyOnWriteArrayList<>();
        for (ByteString bytes : message.getField(field).getLengthDelimitedList()) {
            all.add(UnknownFieldSet.parseFrom(bytes));
        }
        return all;
    }

    private static String hex(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(bytes -> HexFormat.of().formatHex(bytes.toByteArray()))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
