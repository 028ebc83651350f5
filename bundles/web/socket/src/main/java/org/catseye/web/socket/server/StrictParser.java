package org.catseye.web.socket.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;

/**
 * A parser that refuses chunk extensions with quotes. Jetty 12.0.32 ends such an extension at a line end within the quotes, where a proxy in
 * front continues: the body of a request for the one is another request for the other (CVE-2026-2332). No client needs such extensions.
 */
final class StrictParser extends HttpParser {

    /** Of the chunk that is being read. */
    private long size;
    private long left;

    StrictParser(RequestHandler handler, int maxHeaderBytes, HttpCompliance compliance) {
        super(handler, maxHeaderBytes, compliance);
    }

    @Override
    protected boolean parseContent(ByteBuffer buffer) {
        int limit = buffer.limit();
        try {
            while (buffer.position() < limit && isChunked(getState())) {
                if (getState() == State.CHUNK && left > 0 ? parseChunk(buffer, limit) : parseChunkHead(buffer)) {
                    return true;
                }
                buffer.limit(limit);
            }
        } finally {
            buffer.limit(limit);
        }
        return super.parseContent(buffer);
    }

    private boolean parseChunk(ByteBuffer buffer, int limit) {
        int before = buffer.position();
        buffer.limit((int) Math.min(limit, before + left));
        boolean done = super.parseContent(buffer);
        left -= buffer.position() - before;
        return done;
    }

    /** One byte of what stands between the contents of chunks. */
    private boolean parseChunkHead(ByteBuffer buffer) {
        State state = getState();
        byte next = buffer.get(buffer.position());
        if (state == State.CHUNK_PARAMS && next == '"') {
            throw new BadMessageException("Quoted chunk extension");
        }
        int digit = Character.digit(next, 16);
        if (digit >= 0 && state != State.CHUNK_PARAMS) {
            size = state == State.CHUNK_SIZE ? size * 16 + digit : digit;
        }
        buffer.limit(buffer.position() + 1);
        boolean done = super.parseContent(buffer);
        if (state != State.CHUNK && getState() == State.CHUNK) {
            left = size;
        }
        return done;
    }

    private static boolean isChunked(State state) {
        return state == State.CHUNKED_CONTENT || state == State.CHUNK_SIZE || state == State.CHUNK_PARAMS || state == State.CHUNK;
    }
}
