package org.catseye.core.hid;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidState.Condition;
import org.catseye.hid.Usage;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.targets.PointerArea;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.testkit.FakeHidTransport;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** The component in a real framework; its references are bound by hand, in the orders in which DS does it. */
public class HidHubsTest {

    private static final Usage A = Usage.keyboardUsage(4);
    private static final KeyboardReport HELD = new KeyboardReport(0, List.of(4));
    private static final long PATIENCE_MILLIS = 5_000;

    @Rule
    public final TemporaryFolder cache = new TemporaryFolder();

    private Framework framework;
    private BundleContext context;
    private HidHubs hubs;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.getRoot().getPath(), "felix.log.level", "1"));
        framework.start();
        context = framework.getBundleContext();
        hubs = new HidHubs(context);
    }

    @After
    public void stop() throws Exception {
        hubs.stop();
        framework.stop();
        framework.waitForStop(PATIENCE_MILLIS);
    }

    @Test
    public void theDefaultTargetAlwaysHasAHub() {
        hubs.start();
        HidSession session = objects("default").getService();
        assertEquals(Condition.ABSENT, session.currentState().condition());
    }

    @Test
    public void eachGetIsASessionOfItsOwnAndGivingItBackReleases() throws Exception {
        FakeHidTransport device = new FakeHidTransport();
        hubs.bindTransport(device, properties(100, "bay1", 0));
        ServiceObjects<HidSession> objects = objects("bay1");
        HidSession one = objects.getService();
        HidSession two = objects.getService();
        assertNotSame(one, two);
        assertTrue(device.await(PATIENCE_MILLIS, seen -> two.currentState().condition() == Condition.READY));
        one.setKey(A, true);
        two.setKey(Usage.keyboardUsage(5), true);
        assertTrue(device.await(PATIENCE_MILLIS, seen -> seen.seenKeyboard().keys().equals(List.of(4, 5))));
        objects.ungetService(two);
        assertTrue(device.await(PATIENCE_MILLIS, seen -> seen.seenKeyboard().equals(HELD)));
    }

    @Test
    public void aDeviceThatIsReplacedMayBeBoundFirstAndTheNewOneGetsNewKeys() throws Exception {
        FakeHidTransport old = new FakeHidTransport();
        FakeHidTransport young = new FakeHidTransport();
        hubs.start();
        hubs.bindTransport(old, labelled(100));
        HidSession session = objects("default").getService();
        session.setKey(A, true);
        assertTrue(old.await(PATIENCE_MILLIS, seen -> seen.seenKeyboard().equals(HELD)));
        hubs.bindTransport(young, labelled(101));
        assertTrue(young.await(PATIENCE_MILLIS, seen -> !seen.reports().isEmpty()));
        hubs.unbindTransport(old, labelled(100));
        assertTrue(young.await(PATIENCE_MILLIS, FakeHidTransport::allUp));
        session.setKey(A, false);
        session.setKey(A, true);
        assertTrue(young.await(PATIENCE_MILLIS, seen -> seen.seenKeyboard().equals(HELD)));
        assertTrue(old.allUp());
        assertFalse(old.attached());
        assertTrue(young.attached());
    }

    @Test
    public void theSelfCheckDescribesWhichOutputIsUsed() throws Exception {
        hubs.start();
        SelfCheck check = context.getService(context.getServiceReferences(SelfCheck.class, "(kvm.target=default)").iterator().next());
        assertFalse(check.checkItems().get(0).ok());
        FakeHidTransport good = new FakeHidTransport();
        hubs.bindTransport(good, properties(100, "default", 10));
        hubs.bindTransport(new FakeHidTransport(), properties(101, "default", 0));
        assertTrue(good.await(PATIENCE_MILLIS, seen -> check.checkItems().get(0).ok()));
        assertEquals("Keys go through keyboard output 100. keyboard output 101 is not used, because its ranking is lower (0 instead of 10).",
            check.checkItems().get(1).description());
    }

    @Test
    public void everyKnownTargetHasAHubAndOneWithoutReasonAndSessionsIsClosed() throws Exception {
        hubs.start();
        hubs.bindTarget(new Named("bay1"), properties(50, "bay1", 0));
        FakeHidTransport device = new FakeHidTransport();
        hubs.bindTransport(device, properties(100, "bay2", 0));
        assertEquals(Set.of("default", "bay1", "bay2"), targets());
        ServiceObjects<HidSession> objects = objects("bay2");
        HidSession session = objects.getService();
        hubs.unbindTransport(device, properties(100, "bay2", 0));
        assertEquals("somebody holds a session", Set.of("default", "bay1", "bay2"), targets());
        objects.ungetService(session);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (targets().contains("bay2") && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertEquals("without another change", Set.of("default", "bay1"), targets());
        hubs.unbindTarget(new Named("bay1"), properties(50, "bay1", 0));
        assertEquals(Set.of("default"), targets());
    }

    @Test
    public void thePointerStaysInTheAreaOfTheTarget() throws Exception {
        FakeHidTransport device = new FakeHidTransport();
        AtomicReference<PointerArea> area = new AtomicReference<>(PointerArea.WHOLE);
        hubs.start();
        hubs.bindTransport(device, properties(100, "bay1", 0));
        hubs.bindTarget(new WithPointerArea("bay1", area), properties(50, "bay1", 0));
        HidSession session = objects("bay1").getService();
        session.movePointerTo(1, 1, 0);
        assertTrue(device.await(PATIENCE_MILLIS, seen -> seen.seenPointer().x() == 32767 && seen.seenPointer().y() == 32767));
        area.set(new PointerArea(0.5, 0, 0.5, 1));
        session.movePointerTo(0, 0.5, 0);
        assertTrue("a change counts at once", device.await(PATIENCE_MILLIS, seen -> seen.seenPointer().x() == 16384 && seen.seenPointer().y() == 16384));
        session.movePointerTo(2, 0, 0);
        assertTrue(device.await(PATIENCE_MILLIS, seen -> seen.seenPointer().x() == 32767 && seen.seenPointer().y() == 0));
        area.set(new PointerArea(0, 0, 0.5, 1));
        session.movePointerTo(1, 1, 1);
        assertTrue(device.await(PATIENCE_MILLIS, seen -> seen.seenPointer().equals(new PointerReport(1, 16384, 32767, 0, 0))));
    }

    @Test
    public void aDeviceMayChangeItsTargetAndItsRank() throws Exception {
        FakeHidTransport device = new FakeHidTransport();
        FakeHidTransport other = new FakeHidTransport();
        hubs.start();
        hubs.bindTransport(device, properties(100, "default", 0));
        hubs.bindTransport(other, properties(101, "default", 0));
        HidSession session = objects("default").getService();
        session.setKey(A, true);
        hubs.updateTransport(other, properties(101, "default", 7));
        assertTrue(other.await(PATIENCE_MILLIS, seen -> seen.seenKeyboard().equals(HELD)));
        hubs.updateTransport(other, properties(101, "bay9", 7));
        assertTrue(other.await(PATIENCE_MILLIS, FakeHidTransport::allUp));
        assertTrue(device.await(PATIENCE_MILLIS, seen -> session.currentState().condition() == Condition.READY));
        session.setKey(A, false);
        session.setKey(A, true);
        assertTrue(device.await(PATIENCE_MILLIS, seen -> seen.seenKeyboard().equals(HELD)));
        assertTrue(targets().contains("bay9"));
        assertEquals(List.of(), other.breaches());
    }

    @Test
    public void afterAStopNothingIsRegisteredOrAttachedAndNoThreadIsLeft() throws InterruptedException {
        FakeHidTransport device = new FakeHidTransport();
        hubs.start();
        hubs.bindTransport(device, properties(100, "default", 0));
        HidSession session = objects("default").getService();
        session.setKey(A, true);
        hubs.stop();
        assertTrue(device.allUp());
        assertFalse(device.attached());
        assertEquals(Set.of(), targets());
        hubs.unbindTransport(device, properties(100, "default", 0));
        hubs.bindTransport(device, properties(100, "default", 0));
        assertFalse("too late", device.attached());
        session.setKey(A, true);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("hid-")) {
                // The one for hubs that are not used any more may be just ending.
                thread.join(PATIENCE_MILLIS);
                assertFalse(thread.getName(), thread.isAlive());
            }
        }
    }

    @Test
    public void theFrameworkMayStopFirst() throws Exception {
        FakeHidTransport device = new FakeHidTransport();
        hubs.start();
        hubs.bindTransport(device, properties(100, "default", 0));
        objects("default").getService().setKey(A, true);
        framework.stop();
        framework.waitForStop(PATIENCE_MILLIS);
        hubs.stop();
        assertTrue(device.allUp());
        assertFalse(device.attached());
    }

    @Test
    public void aDeviceWhoseTargetCannotBeServesNoneAndTheDefaultOneSaysSo() throws Exception {
        hubs.start();
        HidSession session = objects("default").getService();
        for (Object id : new Object[] {"bay 2", " bay2", "", "bay 1)(x=*", new String[] {"bay2"}, 7}) {
            FakeHidTransport device = new FakeHidTransport();
            Map<String, Object> properties = properties(100, "bay2", 5);
            properties.put(Target.ID, id);
            properties.put(Constants.SERVICE_PID, "org.example.stick");
            hubs.bindTransport(device, properties);
            assertFalse("its keyboard is not that of the default target", device.attached());
            assertEquals(Condition.OFFLINE, session.currentState().condition());
            assertEquals(Set.of("default"), targets());
            assertTrue(session.currentState().reason(), session.currentState().reason().startsWith("org.example.stick: kvm.target is '"));
            hubs.updateTransport(device, properties(100, "default", 0));
            assertTrue("mended", device.attached());
            hubs.updateTransport(device, properties);
            assertFalse(device.attached());
            hubs.unbindTransport(device, properties);
            assertEquals(Condition.ABSENT, session.currentState().condition());
        }
    }

    private ServiceObjects<HidSession> objects(String target) {
        try {
            List<ServiceReference<HidSession>> found = List.copyOf(context.getServiceReferences(HidSession.class, "(kvm.target=" + target + ")"));
            assertEquals(1, found.size());
            assertEquals(Constants.SCOPE_PROTOTYPE, found.get(0).getProperty(Constants.SERVICE_SCOPE));
            return context.getServiceObjects(found.get(0));
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Set<Object> targets() {
        try {
            return Stream.of(context.getServiceReferences(HidSession.class, null).toArray(ServiceReference<?>[]::new))
                .map(reference -> reference.getProperty(Target.ID)).collect(Collectors.toSet());
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> properties(long id, String target, int ranking) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Constants.SERVICE_ID, id);
        properties.put(Target.ID, target);
        properties.put(Constants.SERVICE_RANKING, ranking);
        return properties;
    }

    private static Map<String, Object> labelled(long id) {
        Map<String, Object> properties = properties(id, "default", 0);
        properties.put(Target.LABEL, "keyboard cable");
        return properties;
    }

    private record WithPointerArea(String id, AtomicReference<PointerArea> area) implements Target {
        @Override
        public String label() {
            return id;
        }

        @Override
        public PointerArea pointerArea() {
            return area.get();
        }

        @Override
        public Set<Capability> presentCapabilities() {
            return Set.of();
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
