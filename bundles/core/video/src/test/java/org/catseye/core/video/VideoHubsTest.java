package org.catseye.core.video;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** The component in a real framework; its references are bound by hand, in the orders in which DS does it. */
public class VideoHubsTest {

    private static final long TIMEOUT_MILLIS = 5_000;

    @Rule
    public final TemporaryFolder cache = new TemporaryFolder();

    private Framework framework;
    private BundleContext context;
    private VideoHubs hubs;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory().newFramework(
            Map.of(Constants.FRAMEWORK_STORAGE, cache.getRoot().getPath(), "felix.log.level", "1"));
        framework.start();
        context = framework.getBundleContext();
        hubs = new VideoHubs(context, Map.of());
    }

    @After
    public void stop() throws Exception {
        hubs.deactivate();
        framework.stop();
        framework.waitForStop(TIMEOUT_MILLIS);
    }

    @Test
    public void theDefaultTargetAlwaysHasAHub() {
        hubs.activate();
        assertEquals(Set.of("default"), targets());
        assertEquals("No capture device is connected to this target.", hub("default").currentState().reason());
    }

    @Test
    public void everyTargetHasASelfCheckOfItsPicture() throws Exception {
        hubs.activate();
        hubs.bindTarget(new Named("bay1"), properties(50, "bay1"));
        for (String target : new String[] {"default", "bay1"}) {
            Collection<ServiceReference<SelfCheck>> checks = context.getServiceReferences(SelfCheck.class, "(kvm.target=" + target + ")");
            assertEquals(target, 1, checks.size());
            SelfCheck check = context.getService(checks.iterator().next());
            assertFalse("there is no device", check.checkItems().get(0).ok());
        }
        hubs.unbindTarget(properties(50, "bay1"));
        assertEquals(Set.of(), Set.copyOf(context.getServiceReferences(SelfCheck.class, "(kvm.target=bay1)")));
    }

    @Test
    public void aHubExistsWhileATargetOrADeviceNamesIt() throws Exception {
        hubs.activate();
        CaptureDevice device = waiting("It is unplugged.");
        hubs.bindDevice(device, properties(100, "bay1"));
        Target target = new Named("bay1");
        hubs.bindTarget(target, properties(50, "bay1"));
        await(() -> hub("bay1").currentState().reason().equals("It is unplugged."));
        hubs.unbindDevice(properties(100, "bay1"));
        assertEquals(Set.of("default", "bay1"), targets());
        assertTrue(hub("bay1").currentState().reason(), hub("bay1").currentState().reason().contains("driver is not running"));
        hubs.unbindTarget(properties(50, "bay1"));
        assertEquals(Set.of("default"), targets());
    }

    @Test
    public void aDeviceMayChangeItsTarget() throws Exception {
        hubs.activate();
        CaptureDevice device = waiting("It is unplugged.");
        hubs.bindDevice(device, properties(100, "bay1"));
        hubs.bindDevice(device, properties(100, "bay2"));
        assertEquals(Set.of("default", "bay2"), targets());
        await(() -> hub("bay2").currentState().reason().equals("It is unplugged."));
    }

    @Test
    public void anInvalidTargetIdIsShownAtTheDefaultTargetHoweverEarlyItCame() {
        Map<String, Object> invalid = properties(100, "b a y");
        invalid.put(Constants.SERVICE_PID, "org.example.stick");
        hubs.bindDevice(waiting(""), invalid);
        hubs.activate();
        assertEquals(Condition.MISCONFIGURED, hub("default").currentState().condition());
        assertTrue(hub("default").currentState().reason().startsWith("org.example.stick: kvm.target is 'b a y'"));
        hubs.unbindDevice(invalid);
        assertEquals(Condition.NO_DEVICE, hub("default").currentState().condition());
        hubs.bindDevice(waiting(""), properties(101, "bay1"));
        hubs.bindDevice(waiting(""), withId(101, invalid));
        assertEquals("it serves no target any more", Set.of("default"), targets());
        assertEquals(Condition.MISCONFIGURED, hub("default").currentState().condition());
    }

    @Test
    public void afterTheStopNothingIsRegisteredAndNoThreadIsLeft() {
        hubs.activate();
        hubs.bindDevice(waiting("It is unplugged."), properties(100, "default"));
        hubs.deactivate();
        assertEquals(Set.of(), targets());
        hubs.unbindDevice(properties(100, "default"));
        hubs.bindDevice(waiting(""), properties(101, "default"));
        assertFalse(Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals("capture-default")));
    }

    /** A device without a source. */
    private static CaptureDevice waiting(String reason) {
        return context -> {
            context.reportSignal(Signal.NO_DEVICE, reason);
            TimeUnit.HOURS.sleep(1);
        };
    }

    private Set<Object> targets() {
        return references().stream().map(reference -> reference.getProperty(Target.ID)).collect(Collectors.toSet());
    }

    private VideoHub hub(String target) {
        return references().stream().filter(reference -> target.equals(reference.getProperty(Target.ID))).map(context::getService).findFirst()
            .orElseThrow();
    }

    private Collection<ServiceReference<VideoHub>> references() {
        try {
            return context.getServiceReferences(VideoHub.class, null);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> properties(long id, String target) {
        return new HashMap<>(Map.of(Constants.SERVICE_ID, id, Target.ID, target));
    }

    private static Map<String, Object> withId(long id, Map<String, Object> properties) {
        Map<String, Object> changed = new HashMap<>(properties);
        changed.put(Constants.SERVICE_ID, id);
        return changed;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (!condition.getAsBoolean()) {
            assertTrue("in time", System.nanoTime() < end);
            Thread.yield();
        }
    }

    private record Named(String id) implements Target {
        @Override
        public String label() {
            return id;
        }

        @Override
        public Set<Capability> presentCapabilities() {
            return Set.of();
        }
    }
}
