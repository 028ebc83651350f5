package org.catseye.web.socket.channel;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
import org.catseye.web.socket.FakeSession;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Constants;

public class ChannelsTest {

    private final CountDownLatch cut = new CountDownLatch(1);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Channels channels = new Channels(timer);
    private final FakeSession user = new FakeSession();
    private final FakeSocket client = new FakeSocket();
    private final AtomicInteger closes = new AtomicInteger();
    private final ChannelSocket socket = new ChannelSocket(channels, "control", "default", user, "192.0.2.7", closes::incrementAndGet);
    private final Recorder handler = new Recorder();
    /** By handler. */
    private final Map<ChannelHandler, Map<String, Object>> services = new IdentityHashMap<>();

    @After
    public void stop() {
        channels.deactivate();
    }

    /** A handler that is bound later has the higher ranking. */
    private synchronized Map<String, Object> properties(ChannelHandler bound) {
        int number = services.size() + 1;
        return services.computeIfAbsent(bound, key -> Map.of(ChannelHandler.NAME, "control", ChannelHandler.PROTOCOL, "catseye.control.v1",
                Constants.SERVICE_ID, (long) number, Constants.SERVICE_RANKING, number));
    }

    private void bind(ChannelHandler added) {
        channels.bindHandler(added, properties(added));
    }

    private void unbind(ChannelHandler removed) {
        channels.unbindHandler(removed, properties(removed));
    }

    @Test
    public void aHandlerWithoutANameOrAProtocolIsNotUsed() {
        channels.bindHandler(handler, Map.of(ChannelHandler.NAME, "control", Constants.SERVICE_ID, 1L));
        channels.bindHandler(handler, Map.of(ChannelHandler.PROTOCOL, "x", Constants.SERVICE_ID, 2L));
        assertEquals(Optional.empty(), channels.findHandler("control"));
        channels.unbindHandler(handler, Map.of(ChannelHandler.NAME, "control", Constants.SERVICE_ID, 1L));
    }

    @Test
    public void aHandlerOfTheSameRankWaitsUntilTheOlderOneGoes() {
        Recorder newer = new Recorder();
        Map<String, Object> second = Map.of(ChannelHandler.NAME, "control", ChannelHandler.PROTOCOL, "x", Constants.SERVICE_ID, 2L);
        Map<String, Object> first = Map.of(ChannelHandler.NAME, "control", ChannelHandler.PROTOCOL, "x", Constants.SERVICE_ID, 1L);
        channels.bindHandler(newer, second);
        channels.bindHandler(handler, first);
        assertEquals(Optional.of(handler), channels.findHandler("control"));
        channels.unbindHandler(handler, first);
        assertEquals(Optional.of(newer), channels.findHandler("control"));
    }

    @Test
    public void messagesReachTheHandlerAndAnswersTheClient() {
        open(handler);
        socket.receiveText("hello");
        socket.receiveText("");
        assertEquals(List.of("open default", "hello", ""), handler.events);
        handler.channel.send("back");
        assertEquals(List.of("back"), client.sent);
        assertEquals(Optional.of("catseye.control.v1"), channels.findProtocol("control"));
        assertEquals(Optional.empty(), channels.findProtocol("other"));
    }

    @Test
    public void aCloseDoesNotWaitForAHandlerThatIsBusyAndTheHandlerHearsOfItAfterwards() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        open(channel -> new ChannelHandler.End() {
            @Override
            public void message(String text) {
                busy.countDown();
                try {
                    cut.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void closed() {
                closed.countDown();
            }
        });
        Thread reader = new Thread(() -> socket.receiveText("work"));
        reader.start();
        assertTrue(busy.await(10, TimeUnit.SECONDS));
        Thread writer = new Thread(() -> socket.onConnectionClosed());
        writer.start();
        writer.join(10_000);
        assertFalse("whoever wrote goes on", writer.isAlive());
        assertEquals("not in the middle of a call", 1, closed.getCount());
        cut.countDown();
        assertTrue(closed.await(10, TimeUnit.SECONDS));
        reader.join(10_000);
    }

    @Test
    public void anotherHandlerTakesOpenSocketsOver() {
        open(handler);
        Recorder newer = new Recorder();
        bind(newer);
        assertEquals(List.of("open default", "closed"), handler.events);
        unbind(handler);
        socket.receiveText("hi");
        assertEquals(List.of("open default", "hi"), newer.events);
        assertEquals("closed once", 2, handler.events.size());
    }

    @Test
    public void whenTheNewerHandlerGoesTheOlderIsBack() {
        open(handler);
        Recorder newer = new Recorder();
        bind(newer);
        unbind(newer);
        socket.receiveText("hi");
        assertEquals(List.of("open default", "closed", "open default", "hi"), handler.events);
        assertEquals(List.of("open default", "closed"), newer.events);
    }

    @Test
    public void withoutAHandlerTheSocketStaysAndSaysSo() {
        open(handler);
        unbind(handler);
        socket.receiveText("hi");
        assertTrue(client.sent.get(0), client.sent.get(0).startsWith("{\"type\":\"error\",\"code\":\"unavailable\","));
        assertTrue(client.open);
        bind(handler);
        socket.receiveText("again");
        assertEquals("again", handler.events.get(handler.events.size() - 1));
    }

    @Test
    public void messagesThatAreTooLongAreAnswered() {
        open(handler);
        socket.receiveText("x".repeat(Channel.MOST_CHARS));
        assertEquals("the limit itself is let through", Channel.MOST_CHARS, handler.events.get(1).length());
        socket.receiveText("x".repeat(Channel.MOST_CHARS + 1));
        assertTrue(client.sent.get(0), client.sent.get(0).startsWith("{\"type\":\"error\",\"code\":\"too_large\","));
        socket.receiveText("next");
        assertEquals(List.of("next"), handler.events.subList(2, handler.events.size()));
    }

    @Test
    public void binaryIsRefusedInWords() {
        open(handler);
        socket.refuseBinary();
        assertTrue(client.sent.get(0), client.sent.get(0).startsWith("{\"type\":\"error\",\"code\":\"bad_message\","));
    }

    @Test
    public void aHandlerThatThrowsHarmsNobody() {
        handler.throwing = true;
        open(handler);
        socket.receiveText("hi");
        assertTrue(client.sent.get(0), client.sent.get(0).startsWith("{\"type\":\"error\",\"code\":\"internal\","));
        Recorder good = new Recorder();
        bind(good);
        socket.receiveText("hi");
        assertEquals(List.of("open default", "hi"), good.events);
        good.throwing = true;
        socket.receiveText("boo");
        assertTrue("still open", client.open);
        good.throwing = false;
        socket.receiveText("ok");
        assertEquals("ok", good.events.get(good.events.size() - 1));
    }

    @Test
    public void aClientThatDoesNotReadIsDisconnected() {
        open(handler);
        client.room = 2;
        handler.channel.send("m");
        handler.channel.send("m");
        assertTrue(client.open);
        handler.channel.send("one too many");
        assertTrue(client.disconnected);
        assertEquals(2, client.sent.size());
    }

    @Test
    public void aClosedSocketClosesItsEndOnce() throws Exception {
        open(handler);
        socket.onConnectionClosed();
        socket.onConnectionClosed();
        timer.submit(() -> { }).get();
        unbind(handler);
        bind(new Recorder());
        assertEquals(List.of("open default", "closed"), handler.events);
        assertEquals(0, user.registrations());
        assertEquals("both times: whoever counts takes the first", 2, closes.get());
    }

    /** A handler that hears of a close tells the other sockets, whose sends may fail and close them: on one stack that overflows it. */
    @Test
    public void theHandlerHearsOfACloseOnAnotherStack() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        open(handler);
        timer.submit(() -> {
            held.await();
            return null;
        });
        socket.onConnectionClosed();
        assertEquals(List.of("open default"), handler.events);
        held.countDown();
        timer.submit(() -> { }).get();
        assertEquals(List.of("open default", "closed"), handler.events);
    }

    @Test
    public void aSessionThatEndsIsHeardNoMoreAndCut() throws Exception {
        open(handler);
        user.end();
        assertEquals(1001, client.closeCode);
        socket.receiveText("one more key");
        assertEquals(List.of("open default", "closed"), handler.events);
        assertEquals("nor is it told that somebody else will come", List.of(), client.sent);
        channels.afterClose(cut::countDown);
        assertTrue(cut.await(5, TimeUnit.SECONDS));
        assertTrue("a client that does not answer the close", client.disconnected);
    }

    @Test
    public void aSessionThatEndedBeforeOpensNothing() {
        user.end();
        open(handler);
        assertEquals(1001, client.closeCode);
        socket.receiveText("key");
        assertFalse(handler.events.contains("key"));
    }

    @Test
    public void whenTheServerStopsEverySocketIsClosed() {
        open(handler);
        channels.deactivate();
        assertEquals(1001, client.closeCode);
        assertEquals(List.of("open default", "closed"), handler.events);
        FakeSocket late = new FakeSocket();
        new ChannelSocket(channels, "control", "default", user, "192.0.2.7", closes::incrementAndGet).startOn(late);
        assertEquals("too late", 1001, late.closeCode);
        assertEquals(2, handler.events.size());
    }

    @Test
    public void aClientThatAnswersNoPingIsDisconnected() {
        open(handler);
        for (int i = 0; i < 5; i++) {
            socket.checkLiveness();
            socket.receivePong();
        }
        socket.checkLiveness();
        socket.receiveText("a message is a sign of life too");
        socket.checkLiveness();
        assertEquals(7, client.pings);
        socket.checkLiveness();
        assertTrue("one late answer", client.open);
        socket.receivePong();
        socket.checkLiveness();
        socket.checkLiveness();
        socket.checkLiveness();
        assertEquals(11, client.pings);
        assertFalse("not yet", handler.events.contains("silent"));
        socket.checkLiveness();
        assertEquals("once", 1, Collections.frequency(handler.events, "silent"));
        for (int i = 4; i < ChannelSocket.MAX_UNANSWERED; i++) {
            socket.checkLiveness();
        }
        assertTrue(client.open);
        assertEquals("once", 1, Collections.frequency(handler.events, "silent"));
        int pings = client.pings;
        socket.checkLiveness();
        assertTrue(client.disconnected);
        assertEquals("none after that", pings, client.pings);
    }

    @Test(timeout = 60_000)
    public void handlersAndSocketsThatComeAndGoAtOnceAlwaysMeet() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Recorder> all = new CopyOnWriteArrayList<>();
        Thread swapper = new Thread(() -> {
            Recorder old = handler;
            all.add(old);
            while (!done.get()) {
                Recorder newer = new Recorder();
                all.add(newer);
                bind(newer);
                unbind(old);
                old = newer;
            }
        });
        bind(handler);
        swapper.start();
        List<ChannelSocket> open = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            ChannelSocket next = new ChannelSocket(channels, "control", "default", user, "192.0.2.7", closes::incrementAndGet);
            next.startOn(new FakeSocket());
            open.add(next);
            if (open.size() > 20) {
                open.remove(0).onConnectionClosed();
            }
        }
        done.set(true);
        swapper.join();
        timer.submit(() -> { }).get();
        Recorder last = all.get(all.size() - 1);
        assertEquals("all open sockets are with the last", open.size(), last.opened.get() - last.closed.get());
        for (Recorder gone : all.subList(0, all.size() - 1)) {
            assertEquals("the others have none", gone.opened.get(), gone.closed.get());
        }
        open.forEach(each -> each.onConnectionClosed());
        assertEquals(0, user.registrations());
    }

    private void open(ChannelHandler with) {
        bind(with);
        socket.startOn(client);
    }

    private static final class Recorder implements ChannelHandler {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile Channel channel;
        private volatile boolean throwing;

        @Override
        public End open(Channel to) {
            mayThrow();
            opened.incrementAndGet();
            channel = to;
            note("open " + to.targetId());
            return new End() {
                @Override
                public void message(String text) {
                    mayThrow();
                    note(text);
                }

                @Override
                public void silent() {
                    note("silent");
                }

                @Override
                public void closed() {
                    closed.incrementAndGet();
                    note("closed");
                }
            };
        }

        private void note(String event) {
            if (events.size() < 100) {
                events.add(event);
            }
        }

        private void mayThrow() {
            if (throwing) {
                throw new IllegalStateException("on purpose");
            }
        }
    }
}
