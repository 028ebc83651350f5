package org.catseye.web.socket.hls;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
    private final AsyncAnswer answer = new AsyncAnswer(
            FakeHttp.proxy(HttpServletRequest.class, (self, method, args) -> FakeHttp.proxy(AsyncContext.class, (context, called, given) -> {
                completed += called.getName().equals("complete") ? 1 : 0;
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

    /** Takes one write at a time. */
    private static final class Output extends ServletOutputStream {
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
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int at, int count) {
            written += count;
        }
    }
}
