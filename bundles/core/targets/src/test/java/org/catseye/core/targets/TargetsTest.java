package org.catseye.core.targets;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.catseye.hid.spi.HidTransport;
import org.catseye.media.spi.MediaDrive;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.targets.Target;
import org.catseye.targets.Target.Capability;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

/** The component in a real framework; its references are bound by hand, in the orders in which DS does it. */
public class TargetsTest {

    private static final long TIMEOUT_MILLIS = 5_000;

    @Rule
    public final TemporaryFolder cache = new TemporaryFolder();

    private Framework framework;
    private BundleContext context;
    private Targets targets;
    private final List<Runnable> waiting = new ArrayList<>();

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.getRoot().getPath(), "felix.log.level", "1"));
        framework.start();
        context = framework.getBundleContext();
        targets = new Targets(context, waiting::add);
        targets.activate();
    }

    @After
    public void stop() throws Exception {
        targets.deactivate();
        framework.stop();
        framework.waitForStop(TIMEOUT_MILLIS);
    }

    private void passTime() {
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    @Test
    public void aTargetStaysWhileItsDriverIsUpdated() {
        ServiceReference<CaptureDevice> old = register(CaptureDevice.class, "bay1").getReference();
        targets.bindCapture(old);
        Target before = target("bay1");
        targets.unbindCapture(old);
        assertEquals("nothing works meanwhile", Set.of(), before.presentCapabilities());
        targets.bindCapture(register(CaptureDevice.class, "bay1").getReference());
        passTime();
        assertSame(before, target("bay1"));
        assertEquals(Set.of(Capability.VIDEO), before.presentCapabilities());
    }

    @Test
    public void theDefaultTargetExistsWithoutAnything() {
        assertEquals(Map.of("default", Set.of()), capabilities());
    }

    @Test
    public void aTargetExistsWhileADeviceNamesItAndListsWhatItsDevicesDo() {
        ServiceRegistration<CaptureDevice> capture = register(CaptureDevice.class, "bay1");
        ServiceRegistration<HidTransport> keyboard = register(HidTransport.class, "bay1");
        targets.bindCapture(capture.getReference());
        targets.bindHid(keyboard.getReference());
        assertEquals(Map.of("default", Set.of(), "bay1", Set.of(Capability.VIDEO, Capability.HID)), capabilities());
        targets.unbindCapture(capture.getReference());
        assertEquals(Set.of(Capability.HID), capabilities().get("bay1"));
        ServiceReference<HidTransport> gone = keyboard.getReference();
        keyboard.unregister();
        targets.unbindHid(gone);
        passTime();
        assertEquals(Set.of("default"), capabilities().keySet());
    }

    /** As the virtual computer does. */
    @Test
    public void oneServiceCanBeSeveralDevices() {
        @SuppressWarnings("unchecked")
        ServiceRegistration<CaptureDevice> screen = (ServiceRegistration<CaptureDevice>) context.registerService(
            new String[] {CaptureDevice.class.getName(), PowerControl.class.getName()}, new Both(), new Hashtable<>(Map.of(Target.ID, "bay1")));
        targets.bindCapture(screen.getReference());
        @SuppressWarnings("unchecked")
        ServiceReference<PowerControl> button = (ServiceReference<PowerControl>) (ServiceReference<?>) screen.getReference();
        targets.bindPower(button);
        assertEquals(Set.of(Capability.VIDEO, Capability.POWER), capabilities().get("bay1"));
        ServiceReference<MediaDrive> drive = register(MediaDrive.class, "bay1").getReference();
        targets.bindDrive(drive);
        assertEquals(Set.of(Capability.VIDEO, Capability.POWER, Capability.MEDIA), capabilities().get("bay1"));
        targets.unbindDrive(drive);
        targets.unbindCapture(screen.getReference());
        assertEquals(Set.of(Capability.POWER), capabilities().get("bay1"));
        targets.unbindPower(button);
        passTime();
        assertEquals(Set.of("default"), capabilities().keySet());
    }

    private static final class Both implements CaptureDevice, PowerControl {
        @Override
        public void capture(CaptureContext context) {
        }

        @Override
        public Set<PowerAction> supportedActions() {
            return Set.of();
        }

        @Override
        public PowerReading readState() {
            return PowerReading.UNKNOWN;
        }

        @Override
        public void performAction(PowerAction action) {
        }
    }

    @Test
    public void aDeviceMayMoveToAnotherTarget() {
        ServiceRegistration<CaptureDevice> capture = register(CaptureDevice.class, "bay1");
        targets.bindCapture(capture.getReference());
        capture.setProperties(new Hashtable<>(Map.of(Target.ID, "bay2")));
        targets.bindCapture(capture.getReference());
        assertEquals(Set.of("default", "bay2"), capabilities().keySet());
        capture.setProperties(new Hashtable<>(Map.of(Target.ID, "b a y")));
        targets.bindCapture(capture.getReference());
        assertEquals("an invalid id makes no target", Map.of("default", Set.of()), capabilities());
    }

    @Test
    public void aReplacedConfigurationIsBoundBeforeTheOldOneIsUnbound() {
        ConfiguredTarget old = configured("bay1", "Old");
        targets.bindConfiguration(old, properties(900));
        targets.bindConfiguration(configured("bay1", "New"), properties(901));
        targets.unbindConfiguration(old, properties(900));
        assertEquals("New", target("bay1").label());
        targets.unbindConfiguration(old, properties(901));
        assertEquals(Set.of("default"), capabilities().keySet());
    }

    @Test
    public void afterTheStopNothingIsRegistered() {
        targets.deactivate();
        targets.bindConfiguration(configured("bay1", ""), properties(900));
        assertEquals(Map.of(), capabilities());
    }

    private Map<String, Set<Capability>> capabilities() {
        return references().stream().map(context::getService).collect(Collectors.toMap(Target::id, Target::presentCapabilities));
    }

    private Target target(String id) {
        return references().stream().map(context::getService).filter(target -> target.id().equals(id)).findFirst().orElseThrow();
    }

    private Collection<ServiceReference<Target>> references() {
        try {
            return context.getServiceReferences(Target.class, null);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private <S> ServiceRegistration<S> register(Class<S> type, String target) {
        S service = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            throw new AssertionError("a driver is not used just to be listed");
        }));
        // A factory, because the framework asks a service object for its hash code.
        return context.registerService(type, new org.osgi.framework.ServiceFactory<>() {
            @Override
            public S getService(org.osgi.framework.Bundle bundle, ServiceRegistration<S> registration) {
                return service;
            }

            @Override
            public void ungetService(org.osgi.framework.Bundle bundle, ServiceRegistration<S> registration, S released) {
                // There is nothing to release.
            }
        }, new Hashtable<>(Map.of(Target.ID, target)));
    }

    private static Map<String, Object> properties(long id) {
        return new HashMap<>(Map.of(Constants.SERVICE_ID, id));
    }

    private static ConfiguredTarget configured(String id, String label) {
        return new ConfiguredTarget(Map.of("id", id, "label", label));
    }
}
