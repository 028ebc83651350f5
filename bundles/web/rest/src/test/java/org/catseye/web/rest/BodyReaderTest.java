package org.catseye.web.rest;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.access.Session;
import org.catseye.testkit.FakeAccess;
import org.catseye.web.WebContext;
import org.junit.Test;

public class BodyReaderTest {

    private static final byte[] BODY = {1, 2, 3, 4};

    private final BodyPlaces places = new BodyPlaces();
    private final FakeAccess access = new FakeAccess();
    private final Optional<Session> viewer = Optional.of(access.open("t", "viewer"));

    @Test
    public void whatComesInPiecesIsPutTogether() throws Exception {
        assertArrayEquals(BODY, read(viewer, new Trickle(BODY.length, 2), BODY.length, 100));
    }

    @Test
    public void noMoreIsReadThanAskedFor() throws Exception {
        assertEquals(2, read(viewer, new Trickle(BODY.length, 2), -1, 2).length);
    }

    @Test
    public void halfABodyIsNotWaitedForLongerAndGivesItsPlaceBack() throws Exception {
        for (Optional<Session> who : List.of(viewer, Optional.<Session>empty())) {
            for (int i = 0; i < 2 * BodyPlaces.AT_ONCE; i++) {
                assertEquals(408, refused(who, new Trickle(2, 2)).status());
            }
            assertArrayEquals(BODY, read(who, new Trickle(BODY.length, 2), BODY.length, 100));
        }
    }

    @Test
    public void aConnectionThatBreaksGivesItsPlaceBack() throws Exception {
        for (int i = 0; i < 2 * BodyPlaces.AT_ONCE; i++) {
            Trickle broken = new Trickle(2, 2);
            broken.breaks = true;
            assertThrows(IOException.class, () -> read(viewer, broken, BODY.length, 100));
        }
        assertArrayEquals(BODY, read(viewer, new Trickle(BODY.length, 2), BODY.length, 100));
    }

    @Test
    public void oneUserHoldsFewPlacesByHoweverManySessions() throws Exception {
        Optional<Session> other = Optional.of(access.open("t2", "viewer"));
        Runnable first = places.take(viewer);
        Runnable second = places.take(other);
        ApiException refused = refused(other, new Trickle(2, 2));
        assertEquals(429, refused.status());
        assertEquals("1", refused.headers().get("Retry-After"));
        assertEquals("close", refused.headers().get("Connection"));
        assertArrayEquals("what is there needs no place", BODY, read(viewer, new Trickle(BODY.length, 1), BODY.length, 100));
        assertArrayEquals("somebody else", BODY, read(Optional.of(access.open("a", "admin")), new Trickle(BODY.length, 2), BODY.length, 100));
        first.run();
        assertArrayEquals(BODY, read(viewer, new Trickle(BODY.length, 2), BODY.length, 100));
        second.run();
    }

    @Test
    public void usersAndStrangersDoNotTakeEachOthersPlaces() throws Exception {
        List<Runnable> taken = new ArrayList<>();
        for (int i = 0; i < BodyPlaces.AT_ONCE; i++) {
            taken.add(places.take(Optional.of(access.open("t" + i, "user" + i / BodyPlaces.OF_ONE_USER))));
        }
        assertEquals(503, refused(viewer, new Trickle(2, 2)).status());
        assertArrayEquals("a login", BODY, read(Optional.empty(), new Trickle(BODY.length, 2), BODY.length, 100));
        for (int i = 0; i < BodyPlaces.AT_ONCE; i++) {
            taken.add(places.take(Optional.empty()));
        }
        assertEquals(503, refused(Optional.empty(), new Trickle(2, 2)).status());
        assertArrayEquals("a login that comes at once", BODY, read(Optional.empty(), new Trickle(BODY.length, 1), BODY.length, 100));
        taken.forEach(Runnable::run);
        assertArrayEquals(BODY, read(viewer, new Trickle(BODY.length, 2), BODY.length, 100));
    }

    private ApiException refused(Optional<Session> who, Trickle body) {
        return assertThrows(ApiException.class, () -> BodyReader.read(request(who, body, BODY.length), 100, places, 20));
    }

    private byte[] read(Optional<Session> who, Trickle body, long announced, int most) throws Exception {
        return BodyReader.read(request(who, body, announced), most, places, 10_000);
    }

    private static HttpServletRequest request(Optional<Session> who, Trickle body, long announced) {
        return (HttpServletRequest) Proxy.newProxyInstance(BodyReaderTest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAttribute" -> arguments[0].equals(WebContext.SESSION) ? who.orElse(null) : null;
                    case "getInputStream" -> body;
                    case "getContentLengthLong" -> announced;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Gives a byte at every so manyth look, up to a number; then nothing, and no end either. */
    private static final class Trickle extends ServletInputStream {
        private final int most;
        private final int looks;
        private int given;
        private int looked;
        private boolean breaks;

        Trickle(int most, int looks) {
            this.most = most;
            this.looks = looks;
        }

        @Override
        public int available() throws IOException {
            if (breaks && given == most) {
                throw new IOException("connection reset");
            }
            return ++looked % looks == 0 && given < most ? 1 : 0;
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
            throw new UnsupportedOperationException();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
