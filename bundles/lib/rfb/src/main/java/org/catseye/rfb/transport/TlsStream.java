package org.catseye.rfb.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.catseye.rfb.wire.ByteStream;

/** TLS on top of another stream. An engine, because the sockets of JSSE cannot use a Unix socket. */
public final class TlsStream implements ByteStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteStream inner;
    private final SSLEngine engine;
    /** What came and is not decrypted; in reading position. Used by the reading thread only, like {@link #decrypted}. */
    private final ByteBuffer received;
    /** What is decrypted and not read; in reading position. */
    private final ByteBuffer decrypted;
    /** Guards {@link #encrypted} and the order of what is sent. */
    private final Object sending = new Object();
    private final ByteBuffer encrypted;

    private TlsStream(ByteStream inner, SSLEngine engine) {
        this.inner = inner;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        received = ByteBuffer.allocate(packet).limit(0);
        encrypted = ByteBuffer.allocate(packet);
        decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
    }

    /** Performs the handshake as client. @param engine for one connection, in the mode of a client */
    public static TlsStream startClient(ByteStream inner, SSLEngine engine, long timeoutMillis) throws IOException {
        TlsStream stream = new TlsStream(inner, engine);
        engine.beginHandshake();
        stream.continueHandshake(timeoutMillis);
        return stream;
    }

    /** The version and the cipher suite, for users. */
    public String description() {
        return engine.getSession().getProtocol() + ", " + engine.getSession().getCipherSuite();
    }

    private void continueHandshake(long timeoutMillis) throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            switch (status) {
                case NEED_WRAP -> encryptAndSend(NOTHING, timeoutMillis);
                case NEED_TASK -> runTasks();
                default -> {
                    if (decryptNext(timeoutMillis) < 0) {
                        throw new EOFException("The server closed the connection during the TLS handshake.");
                    }
                }
            }
            status = engine.getHandshakeStatus();
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public int readBytes(ByteBuffer to, long timeoutMillis) throws IOException {
        while (!decrypted.hasRemaining()) {
            if (decryptNext(timeoutMillis) < 0) {
                return -1;
            }
            if (!decrypted.hasRemaining()) {
                continueHandshake(timeoutMillis);
            }
        }
        int count = Math.min(to.remaining(), decrypted.remaining());
        to.put(decrypted.slice(decrypted.position(), count));
        decrypted.position(decrypted.position() + count);
        return count;
    }

    /** Decrypts one record; it may contain no data. @return -1 at the end */
    private int decryptNext(long timeoutMillis) throws IOException {
        while (true) {
            decrypted.compact();
            SSLEngineResult result;
            try {
                result = engine.unwrap(received, decrypted);
            } finally {
                decrypted.flip();
            }
            if (result.getStatus() == Status.CLOSED) {
                return -1;
            }
            if (result.getStatus() != Status.BUFFER_UNDERFLOW) {
                return result.bytesProduced();
            }
            received.compact();
            try {
                if (inner.readBytes(received, timeoutMillis) < 0) {
                    return -1;
                }
            } finally {
                received.flip();
            }
        }
    }

    @Override
    public void writeBytes(ByteBuffer from, long timeoutMillis) throws IOException {
        do {
            encryptAndSend(from, timeoutMillis);
        } while (from.hasRemaining());
    }

    private void encryptAndSend(ByteBuffer from, long timeoutMillis) throws IOException {
        synchronized (sending) {
            encrypted.clear();
            SSLEngineResult result = engine.wrap(from, encrypted);
            if (result.getStatus() == Status.CLOSED && encrypted.position() == 0) {
                throw new EOFException("The server ended the TLS connection.");
            }
            inner.writeBytes(encrypted.flip(), timeoutMillis);
        }
    }

    /** Closes the stream below at once. RFB has no use for a proper end of TLS: a cut message is an error anyway. */
    @Override
    public void close() throws IOException {
        inner.close();
    }
}
