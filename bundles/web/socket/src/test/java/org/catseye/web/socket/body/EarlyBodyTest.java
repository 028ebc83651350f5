package org.catseye.web.socket.body;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.catseye.web.WebContext;
import org.catseye.web.socket.FakeScheduler;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.Test;

/** A body that comes as the test says, in time that passes as the test says. */
public class EarlyBodyTest {

    private final FakeScheduler scheduler = new FakeScheduler();
    private final Queue<Content.Chunk> arrived = new ArrayDeque<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<Queue<Content.Chunk>> delivered = new ArrayList<>();
    private Runnable demand;

    /** Only what is read of a request; everything else fails. */
    private final Request request = (Request) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, given) -> {
        switch (method.getName()) {
            case "read":
                return arrived.poll();
            case "demand":
                demand = (Runnable) given[0];
                return null;
            case "setAttribute":
                return attributes.put((String) given[0], given[1]);
            default:
                throw new UnsupportedOperationException(method.getName());
        }
    });

    private void readEarly() {
        EarlyBody.readEarly(request, scheduler, Runnable::run, delivered::add);
    }

    private void arrive(Content.Chunk chunk) {
        arrived.add(chunk);
        Runnable waiting = demand;
        demand = null;
        if (waiting != null) {
            waiting.run();
        }
    }

    private static Content.Chunk chunk(String text, boolean last) {
        return Content.Chunk.from(BufferUtil.toBuffer(text), last);
    }

    private String text() {
        assertEquals("delivered once", 1, delivered.size());
        StringBuilder text = new StringBuilder();
        for (Content.Chunk chunk : delivered.get(0)) {
            text.append(Content.Chunk.isFailure(chunk) ? "!" + chunk.getFailure().getClass().getSimpleName() : BufferUtil.toString(chunk.getByteBuffer().slice(), StandardCharsets.UTF_8));
            text.append(chunk.isLast() ? "." : "");
        }
        return text.toString();
    }

    @Test
    public void aBodyThatIsThereIsDeliveredAtOnceWithoutATimer() {
        arrived.add(chunk("abc", true));
        readEarly();
        assertEquals("abc.", text());
        assertEquals(0, scheduler.planned());
    }

    @Test
    public void aBodyInPiecesIsDeliveredAsOneWhenItIsComplete() {
        readEarly();
        arrive(chunk("ab", false));
        arrive(chunk("cd", false));
        assertEquals(List.of(), delivered);
        arrive(Content.Chunk.EOF);
        assertEquals("abcd.", text());
        assertEquals("the timer ends", 0, scheduler.planned());
    }

    @Test
    public void aLargeBodyIsDeliveredWithItsBeginning() {
        readEarly();
        arrive(chunk("x".repeat(EarlyBody.MAX_BYTES - 1), false));
        assertEquals(List.of(), delivered);
        arrive(chunk("y", false));
        assertEquals("no end: the servlet reads on", "x".repeat(EarlyBody.MAX_BYTES - 1) + "y", text());
        assertNull("nothing more is asked for", demand);
    }

    @Test
    public void aLateBodyEndsWhereItIsAndTheRequestSaysSo() {
        readEarly();
        arrive(chunk("ab", false));
        scheduler.advance(EarlyBody.TIMEOUT_MILLIS - 1);
        assertEquals(List.of(), delivered);
        scheduler.advance(1);
        assertEquals("ab!TimeoutException.", text());
        assertEquals(Boolean.TRUE, attributes.get(WebContext.LATE_BODY));
        arrive(chunk("cd", true));
        assertEquals("ab!TimeoutException.", text());
    }

    @Test
    public void aCompleteBodyIsNotLate() {
        readEarly();
        arrive(chunk("ab", true));
        scheduler.advance(2 * EarlyBody.TIMEOUT_MILLIS);
        assertEquals("ab.", text());
        assertFalse(attributes.containsKey(WebContext.LATE_BODY));
    }

    @Test
    public void aFailureIsDeliveredAfterWhatCameBefore() {
        readEarly();
        arrive(chunk("ab", false));
        arrive(Content.Chunk.from(new EofException("gone"), true));
        assertEquals("ab!EofException.", text());
        assertTrue(attributes.isEmpty());
    }
}
