package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.protocol.http.PipeliningBufferingStreamSinkConduit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Lets answers through at once where Undertow would keep them until a client that sent requests ahead has all of them, as
 * its listeners do by default.
 */
final class UnbufferedPipeline extends PipeliningBufferingStreamSinkConduit {

    private UnbufferedPipeline(StreamSinkConduit next, ByteBufferPool pool) {
        super(next, pool);
    }

    /**
     * Takes the place of the buffer of a connection, if it has one.
     *
     * @throws IOException if the client does not take what is in there
     */
    static void lay(HttpServerConnection connection) throws IOException {
        PipeliningBufferingStreamSinkConduit buffer = connection.getPipelineBuffer();
        if (buffer == null || buffer instanceof UnbufferedPipeline) {
            return;
        }
        if (!buffer.flushPipelinedData()) {
            throw new IOException("the client sends requests ahead and does not read the answers");
        }
        UnbufferedPipeline pipeline =
                new UnbufferedPipeline(connection.getOriginalSinkConduit(), connection.getByteBufferPool());
        connection.setPipelineBuffer(pipeline);
        connection.getChannel().getSinkChannel().setConduit(pipeline);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return next.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return next.write(sources, offset, length);
    }

    @Override
    public boolean flush() throws IOException {
        return next.flush();
    }

    @Override
    public boolean flushPipelinedData() throws IOException {
        return next.flush();
    }

    @Override
    public void terminateWrites() throws IOException {
        next.terminateWrites();
    }

    @Override
    public void truncateWrites() throws IOException {
        next.truncateWrites();
    }

    @Override
    public void awaitWritable() throws IOException {
        next.awaitWritable();
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        next.awaitWritable(time, unit);
    }
}
