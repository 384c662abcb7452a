package io.github.ohhhllama.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** Fetches a layer from a {@link RegistryServer}, from some byte on. Used by one thread, whose interruption ends it. */
final class LayerDownload implements LayerSource {

    private static final int MOST = 64 * 1024;

    private final FakeModel.Layer layer;
    private final SocketChannel channel;
    private final InputStream in;
    private long here;

    private LayerDownload(FakeModel.Layer layer, long from, SocketChannel channel) {
        this.layer = layer;
        this.here = from;
        this.channel = channel;
        // Unlike a socket's own, a channel's stream ends when its reader is interrupted.
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    /**
     * Asks for a layer.
     *
     * @param host where the registry listens: {@code 127.0.0.1:port}
     * @param layer which one
     * @param from how many bytes of it are here
     */
    static LayerDownload open(String host, FakeModel.Layer layer, long from) throws IOException {
        int colon = host.lastIndexOf(':');
        InetSocketAddress address =
                new InetSocketAddress(host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)));
        LayerDownload download = new LayerDownload(layer, from, SocketChannel.open(address));
        download.ask(host);
        return download;
    }

    @Override
    public long next(long wanted) throws IOException {
        byte[] bytes = new byte[(int) Math.min(MOST, wanted)];
        int count = in.read(bytes);
        if (count < 0) {
            throw new EOFException("the registry hung up after " + here + " of " + layer.size() + " bytes");
        }
        if (!Arrays.equals(Arrays.copyOf(bytes, count), layer.bytes(here, count))) {
            throw new IOException("digest mismatch, file must be downloaded again");
        }
        here += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void ask(String host) throws IOException {
        String request = "GET /v2/library/any/blobs/" + layer.digest() + " HTTP/1.1\r\nHost: " + host
                + "\r\nRange: bytes=" + here + "-\r\nConnection: close\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
        RequestHead answer = RequestHead.read(in);
        if (answer == null || !answer.target().startsWith("206 ")) {
            throw new ProtocolException("the registry did not send the bytes from " + here + " on: " + answer);
        }
    }
}
