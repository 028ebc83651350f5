package org.catseye.vnc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.testkit.CaptureDeviceContract;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class VncCaptureTest extends CaptureDeviceContract {

    private FakeVncServer server;
    private VncTarget target;
    private int colour;

    @Before
    public void startServer() throws IOException {
        server = new FakeVncServer();
    }

    @After
    public void stopServer() throws IOException {
        if (target != null) {
            target.closeTarget();
        }
        server.close();
    }

    @Override
    protected CaptureDevice device() {
        target = new VncTarget(Map.of("host", "127.0.0.1", "port", server.port()));
        return target;
    }

    @Override
    protected Optional<CaptureDevice> deviceWithoutSource() throws IOException {
        try (ServerSocket closed = new ServerSocket(0)) {
            target = new VncTarget(Map.of("host", "127.0.0.1", "port", closed.getLocalPort()));
        }
        return Optional.of(target);
    }

    @Test
    public void aPictureThatCannotBePassedOnDoesNotEndTheConnection() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        CaptureDevice device = device();
        start(given -> device.capture(failingOnce(given, failed)));
        assertTrue(frames(1));
        assertTrue("the connection's thread passed one on", context.await(10_000, c -> {
            stir();
            return failed.get();
        }));
        int before = context.frames().size();
        assertTrue(frames(before + 3));
        assertTrue(context.signals().toString(), context.signals().stream().noneMatch(one -> one.signal() == Signal.NO_DEVICE));
        assertEquals(1, server.connections());
    }

    /** The first attempt of the connection's thread to pass on a frame fails. */
    private static CaptureContext failingOnce(CaptureContext to, AtomicBoolean failed) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            boolean fails = method.getName().equals("acquireSlot") && Thread.currentThread().getName().startsWith("vnc-");
            if (fails && failed.compareAndSet(false, true)) {
                throw new OutOfMemoryError("on purpose");
            }
            return method.invoke(to, arguments);
        };
        return (CaptureContext) Proxy.newProxyInstance(CaptureContext.class.getClassLoader(), new Class<?>[] {CaptureContext.class}, handler);
    }

    @Override
    protected void stir() {
        server.showColour(colour += 0x010101);
    }
}
