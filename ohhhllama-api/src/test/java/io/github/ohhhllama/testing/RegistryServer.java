package io.github.ohhhllama.testing;

import io.github.ohhhllama.ModelName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves models over HTTP as a registry does, manifests and layers, on a loopback port of its own; the bytes of the layers
 * are real, may be asked for from anywhere on ({@code Range}), and come as fast as a {@link Pacing} allows.
 *
 * <p>Names of its models begin with {@link #host}, and are asked for without TLS:
 *
 * <pre>{@code
 * try (RegistryServer registry = RegistryServer.start();
 *         FakeOllama ollama = FakeOllama.start().fetchFrom(registry)) {
 *     FakeModel model = FakeModel.of(registry.host() + "/library/llama3", 3_000_000, 500);
 *     registry.offer(model);
 *     ollama.offer(model);
 * }
 * }</pre>
 *
 * <p>Thread-safe. Needs the JDK only. The digests are those that {@link FakeOllama} shows for the same {@link FakeModel};
 * they are not the SHA-256 of the bytes, which would have to be computed for models of any size: each byte follows from
 * the layer's digest and its place instead, and whoever fetches can tell a wrong one.
 *
 * @since 0.1.0
 */
public final class RegistryServer implements AutoCloseable {

    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
    private static final Pattern BLOB = Pattern.compile("/v2/.+/blobs/(sha256:[0-9a-f]{64})");
    private static final Pattern FROM = Pattern.compile("bytes=([0-9]+)-");
    private static final String MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json";
    private static final int PIECE = 16 * 1024;

    private final Map<ModelName, FakeModel> models = new ConcurrentHashMap<>();
    private final AtomicLong served = new AtomicLong();
    private final AtomicInteger transfers = new AtomicInteger();
    private final WireServer server = new WireServer(0, this::handle, request -> {});
    private volatile Pacing pacing = Pacing.unlimited();

    private RegistryServer() {}

    /**
     * Starts on a free port.
     *
     * @throws java.io.UncheckedIOException if there is none
     */
    public static RegistryServer start() {
        RegistryServer registry = new RegistryServer();
        registry.server.start();
        return registry;
    }

    /** Returns what the names of its models begin with: {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + server.port();
    }

    /**
     * Puts a model into the registry, in place of an earlier version.
     *
     * @param model the model, whose name begins with {@link #host}
     */
    public RegistryServer offer(FakeModel model) {
        models.put(model.name(), model);
        return this;
    }

    /**
     * Sets how fast layers come.
     *
     * @param pacing asked for every piece, in bytes; shared by all transfers
     */
    public RegistryServer pace(Pacing pacing) {
        this.pacing = pacing;
        return this;
    }

    /** Returns how many bytes of layers were sent so far. */
    public long served() {
        return served.get();
    }

    /** Returns how many layers are being sent. */
    public int transfers() {
        return transfers.get();
    }

    /** Hangs up on everybody and frees the port. */
    @Override
    public void close() {
        server.close();
    }

    private void handle(Exchange exchange) throws IOException, InterruptedException {
        exchange.readBody(piece -> {});
        Matcher manifest = MANIFEST.matcher(exchange.path());
        Matcher blob = BLOB.matcher(exchange.path());
        if (manifest.matches()) {
            String name = host() + '/' + manifest.group(1) + ':' + manifest.group(2);
            manifest(exchange, Optional.ofNullable(models.get(ModelName.parse(name))));
        } else if (blob.matches()) {
            blob(exchange, layer(blob.group(1)));
        } else {
            unknown(exchange);
        }
    }

    private static void manifest(Exchange exchange, Optional<FakeModel> model) throws IOException {
        if (model.isPresent()) {
            exchange.reply(200, MANIFEST_TYPE, model.get().manifestJson());
        } else {
            unknown(exchange);
        }
    }

    private void blob(Exchange exchange, Optional<FakeModel.Layer> layer) throws IOException, InterruptedException {
        if (layer.isEmpty()) {
            unknown(exchange);
            return;
        }
        Matcher range = FROM.matcher(exchange.field("Range").orElse("bytes=0-"));
        long from = range.matches() ? Long.parseLong(range.group(1)) : 0;
        if (from >= layer.get().size()) {
            exchange.reply(
                    416,
                    Exchange.TEXT,
                    "",
                    "Content-Range: bytes */" + layer.get().size());
            return;
        }
        transfers.incrementAndGet();
        try {
            send(layer.get(), from, exchange.bytes(layer.get().size() - from, from));
        } finally {
            transfers.decrementAndGet();
        }
    }

    private void send(FakeModel.Layer layer, long from, OutputStream out) throws IOException, InterruptedException {
        long sent = from;
        while (sent < layer.size()) {
            long count = pacing.next(Math.min(PIECE, layer.size() - sent));
            out.write(layer.bytes(sent, (int) count));
            out.flush();
            served.addAndGet(count);
            sent += count;
        }
    }

    private Optional<FakeModel.Layer> layer(String digest) {
        return models.values().stream()
                .flatMap(model -> model.layers().stream())
                .filter(layer -> layer.digest().equals(digest))
                .findFirst();
    }

    private static void unknown(Exchange exchange) throws IOException {
        exchange.json(404, "errors", List.of());
    }
}
