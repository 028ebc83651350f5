package org.catseye.web.socket.hls;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.catseye.http.Problem;
import org.catseye.web.socket.FakeHttp;
import org.junit.Test;

public class AsyncAnswerTest {

    private final Output out = new Output();
    private int status;
    private int length;
    private int completed;
    private int ended;
    private long timeout;
    private AsyncListener listener;
    private final AsyncAnswer answer = new AsyncAnswer(
            FakeHttp.proxy(HttpServletRequest.class, (self, method, args) -> FakeHttp.proxy(AsyncContext.class, (context, called, given) -> {
                switch (called.getName()) {
                    case "complete" -> complete();
                    case "setTimeout" -> timeout = (Long) given[0];
                    case "addListener" -> listener = (AsyncListener) given[0];
                    default -> { }
                }
                return null;
            })),
            FakeHttp.proxy(HttpServletResponse.class, (self, method, args) -> {
                switch (method.getName()) {
                    case "setStatus" -> status = (Integer) args[0];
                    case "setContentLength" -> length = (Integer) args[0];
                    case "getOutputStream" -> {
                        return out;
                    }
                    default -> { }
                }
                return null;
            }), "video/mp4", () -> ended++);

    @Test
    public void itIsWrittenAsFastAsTheClientReceives() throws IOException {
        answer.send(List.of(new Content(new byte[100_000]), new Content(new byte[0]), new Content(new byte[5])));
        assertEquals(200, status);
        assertEquals(100_005, length);
        assertEquals("nothing is written unasked", 0, out.written);
        for (int turn = 1; turn < 20; turn++) {
            out.room = 1;
            out.listener.onWritePossible();
            assertEquals(Math.min(turn, 6) * 16_384L + (turn > 6 ? 1_696 : 0) + (turn > 8 ? 5 : 0), out.written);
            if (completed > 0) {
                break;
            }
        }
        assertEquals(100_005, out.written);
        assertEquals(1, ended);
        assertEquals(1, completed);
    }

    /** A client that stops reading keeps no memory: the bytes are those of the window. */
    @Test
    public void aSegmentThatIsNoLongerKeptBreaksTheAnswerOff() throws IOException {
        Content second = new Content(new byte[10]);
        answer.send(List.of(new Content(new byte[10]), second));
        out.room = 1;
        out.listener.onWritePossible();
        second.release();
        out.room = 1;
        IOException failure = assertThrows(IOException.class, out.listener::onWritePossible);
        out.listener.onError(failure);
        assertEquals(10, out.written);
        assertEquals(1, ended);
    }

    @Test
    public void onlyTheFirstAnswerCounts() {
        answer.refuse(401, new Problem("unauthorized", "Log in again."));
        answer.send(List.of(new Content(new byte[1])));
        assertEquals(401, status);
    }

    /** The place of a request must not be kept for good, whatever goes wrong elsewhere. */
    @Test
    public void aRequestThatNobodyAnswersIsAnsweredByTheTimeout() throws IOException {
        assertEquals(90_000, timeout);
        listener.onTimeout(event(null));
        assertEquals(503, status);
        assertEquals(length, out.text.size());
        assertTrue(out.text.toString(StandardCharsets.UTF_8), out.text.toString(StandardCharsets.UTF_8).startsWith("{\"error\":{\"code\":\"not_ready\","));
        assertEquals(1, ended);
        assertEquals(1, completed);
        answer.send(List.of(new Content(new byte[1])));
        assertEquals("too late", 503, status);
    }

    @Test
    public void theEndIsReportedOnceHoweverOftenItIsFound() throws IOException {
        answer.send(List.of(new Content(new byte[1])));
        out.listener.onError(new IOException("reset"));
        out.listener.onError(new IOException("reset"));
        listener.onError(event(new IOException("reset")));
        listener.onTimeout(event(null));
        assertEquals(1, ended);
        assertEquals(1, completed);
        assertEquals("a second answer", 0, out.text.size());
    }

    @Test
    public void anAnswerThatTheServerCompletesEnds() throws IOException {
        listener.onComplete(event(null));
        listener.onError(event(new IOException("reset")));
        assertEquals(1, ended);
        assertEquals(0, completed);
    }

    private static AsyncEvent event(Throwable failure) {
        return new AsyncEvent(FakeHttp.proxy(AsyncContext.class, (self, method, args) -> null), failure);
    }

    /** As a server: the listener learns of it. */
    private void complete() throws IOException {
        completed++;
        listener.onComplete(event(null));
    }

    /** Takes one write at a time. */
    private static final class Output extends ServletOutputStream {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private WriteListener listener;
        private long written;
        private int room;

        @Override
        public boolean isReady() {
            return room-- > 0;
        }

        @Override
        public void setWriteListener(WriteListener one) {
            listener = one;
        }

        @Override
        public void write(int next) {
            text.write(next);
        }

        @Override
        public void write(byte[] bytes, int at, int count) {
            written += count;
            text.writeBytes(listener == null ? Arrays.copyOfRange(bytes, at, at + count) : new byte[0]);
        }
    }
}
