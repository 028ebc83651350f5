package org.catseye.web.rest;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import org.junit.Test;

public class BodyReaderTest {

    private static final byte[] BODY = {1, 2, 3, 4};

    @Test
    public void whatComesInPiecesIsPutTogether() throws Exception {
        assertArrayEquals(BODY, BodyReader.within(10_000, new Trickle(BODY.length), BODY.length, 100));
    }

    @Test
    public void noMoreIsReadThanAskedFor() throws Exception {
        assertEquals(2, BodyReader.within(10_000, new Trickle(BODY.length), -1, 2).length);
    }

    @Test
    public void halfABodyIsNotWaitedForLonger() {
        ApiException refused = assertThrows(ApiException.class, () -> BodyReader.within(30, new Trickle(2), BODY.length, 100));
        assertEquals(408, refused.status());
    }

    /** Gives a byte at every second look, up to a number; then nothing, and no end either. */
    private static final class Trickle extends ServletInputStream {
        private final int most;
        private int given;
        private boolean turn;

        Trickle(int most) {
            this.most = most;
        }

        @Override
        public int available() {
            turn = !turn;
            return turn && given < most ? 1 : 0;
        }

        @Override
        public int read() {
            if (given == most) {
                throw new AssertionError("a read that would block");
            }
            return BODY[given++];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length > 0) {
                into[offset] = (byte) read();
            }
            return Math.min(length, 1);
        }

        @Override
        public boolean isFinished() {
            return given == BODY.length;
        }

        @Override
        public boolean isReady() {
            return available() > 0;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
