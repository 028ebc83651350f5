package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.catseye.capture.v4l2.settings.Given;
import org.catseye.capture.v4l2.stick.StickAllocator;
import org.catseye.capture.v4l2.stick.StickDiscovery;
import org.catseye.config.BadValueException;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

public class ComponentsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<Dictionary<?, ?>> registered = new CopyOnWriteArrayList<>();

    @Test
    public void badValueFailsTheCaptureInsteadOfTheActivation() throws Exception {
        V4l2Capture capture = new V4l2Capture(Given.properties("width", "wide"), createAllocator());
        IOException e = assertThrows(IOException.class, () -> capture.capture(new FakeCaptureContext()));
        assertEquals("org.catseye.capture.v4l2~bay1: width is 'wide'; it has to be a whole number from 0 to 16384", e.getMessage());
    }

    @Test
    public void reportsAMissingStickAndWaitsUntilItIsStopped() throws Exception {
        V4l2Capture capture = new V4l2Capture(Given.properties(), createAllocator());
        FakeCaptureContext context = new FakeCaptureContext();
        Thread thread = startCapture(capture, context);
        assertTrue(context.await(10_000, c -> c.signals().equals(
            List.of(new FakeCaptureContext.Signalled(Signal.NO_DEVICE, "no HDMI stick found: plug one in")))));
        long stopped = System.nanoTime();
        context.stop();
        thread.join(10_000);
        assertTrue("woken immediately", System.nanoTime() - stopped < TimeUnit.SECONDS.toNanos(1));
        capture.deactivate();
    }

    @Test
    public void adoptsAConfigurationThatChangesWhileWaiting() throws Exception {
        V4l2Capture capture = new V4l2Capture(Given.properties(), createAllocator());
        FakeCaptureContext context = new FakeCaptureContext();
        Thread thread = startCapture(capture, context);
        assertTrue(context.await(10_000, c -> !c.signals().isEmpty()));
        capture.modified(Given.properties("device", "1-7"));
        assertTrue(context.await(10_000, c -> c.signals().get(c.signals().size() - 1).reason().contains("at 1-7")));
        context.stop();
        thread.join(10_000);
    }

    @Test
    public void withoutAStickTheSettingsCanStillBeChanged() throws Exception {
        V4l2Capture capture = new V4l2Capture(Given.properties(), createAllocator());
        DeviceSettings missing = capture.readDeviceSettings();
        assertEquals(Optional.of(Given.PID), missing.configuration().orElseThrow().pid());
        assertEquals("The HDMI stick of this computer is not connected: plug it in.", missing.problem());
        capture.checkDeviceValues(Map.of("brightness", "300"));
        assertThrows(BadValueException.class, () -> capture.checkDeviceValues(Map.of("brightness", "bright")));
        DeviceSettings wrong = new V4l2Capture(Given.properties("width", "wide"), createAllocator()).readDeviceSettings();
        assertTrue(wrong.problem(), wrong.problem().startsWith(Given.PID + ": width is 'wide'"));
        assertTrue("so that it can be corrected", wrong.configuration().orElseThrow().keys().contains("width"));
        StickDriver fallback = new StickDriver(createAllocator(), Optional.empty(), () -> Given.settings());
        assertEquals("nothing to select", Optional.empty(), fallback.readDeviceSettings().configuration());
    }

    @Test
    public void fallbackIsRegisteredExactlyWhileNoneIsConfigured() throws Exception {
        V4l2FallbackCapture fallback = new V4l2FallbackCapture(recordingBundle(), createAllocator());
        ServiceReference<CaptureDevice> first = createReference();
        ServiceReference<CaptureDevice> second = createReference();
        fallback.bindConfigured(first);
        fallback.activate();
        assertEquals("a configured stick existed before", 0, registered.size());
        fallback.bindConfigured(second);
        fallback.unbindConfigured(first);
        assertEquals(0, registered.size());
        fallback.unbindConfigured(second);
        awaitRegistration();
        assertEquals(1, registered.size());
        assertEquals("default", registered.get(0).get("kvm.target"));
        assertEquals("HDMI stick", registered.get(0).get("kvm.label"));
        fallback.bindConfigured(first);
        assertEquals(0, registered.size());
        fallback.unbindConfigured(first);
        fallback.deactivate();
        assertEquals("nothing is left", 0, registered.size());
    }

    /** A removed stick may be back within a few seconds. */
    private void awaitRegistration() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (registered.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
    }

    /** The bundle lists its components in the order of their class names, and the container activates them in this order. */
    @Test
    public void configuredSticksAreActivatedBeforeTheFallback() {
        assertTrue(V4l2Capture.class.getName().compareTo(V4l2FallbackCapture.class.getName()) < 0);
    }

    private static Thread startCapture(CaptureDevice device, FakeCaptureContext context) {
        Thread thread = new Thread(() -> {
            try {
                device.capture(context);
            } catch (IOException | InterruptedException e) {
                context.reportSignal(Signal.NO_DEVICE, "thrown: " + e);
            }
        });
        thread.start();
        return thread;
    }

    private StickAllocator createAllocator() throws IOException {
        return new StickAllocator(new StickDiscovery(folder.getRoot().toPath(), node -> true));
    }

    @SuppressWarnings("unchecked")
    private static ServiceReference<CaptureDevice> createReference() {
        return (ServiceReference<CaptureDevice>) Proxy.newProxyInstance(ComponentsTest.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class}, (proxy, method, args) -> switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == args[0];
                default -> throw new UnsupportedOperationException(method.getName());
            });
    }

    private BundleContext recordingBundle() {
        return (BundleContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BundleContext.class},
            (proxy, method, args) -> {
                assertEquals("registerService", method.getName());
                Dictionary<?, ?> properties = (Dictionary<?, ?>) args[2];
                registered.add(properties);
                return recordedRegistration(properties);
            });
    }

    private ServiceRegistration<?> recordedRegistration(Dictionary<?, ?> properties) {
        return (ServiceRegistration<?>) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class},
            (proxy, method, args) -> {
                assertEquals("unregister", method.getName());
                registered.remove(properties);
                return null;
            });
    }
}
