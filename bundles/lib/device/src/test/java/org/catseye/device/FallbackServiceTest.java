package org.catseye.device;

import static org.junit.Assert.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import org.junit.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

public class FallbackServiceTest {

    private final List<String> events = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final FallbackService fallback = new FallbackService(() -> {
        events.add("registered");
        return () -> events.add("unregistered");
    }, waiting::add);

    private void passTime() {
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    @Test
    public void isRegisteredExactlyWhileNoneIsConfigured() {
        fallback.startOffering();
        fallback.addConfigured("a");
        fallback.addConfigured("b");
        fallback.removeConfigured("a");
        assertEquals(List.of("registered", "unregistered"), events);
        fallback.removeConfigured("b");
        passTime();
        assertEquals(List.of("registered", "unregistered", "registered"), events);
        fallback.stopOffering();
        fallback.stopOffering();
        assertEquals(List.of("registered", "unregistered", "registered", "unregistered"), events);
    }

    /** A saved form removes the configured service and adds it again. */
    @Test
    public void doesNotTakeThePlaceOfAServiceThatIsReplaced() {
        fallback.addConfigured("before");
        fallback.startOffering();
        fallback.removeConfigured("before");
        fallback.addConfigured("after");
        passTime();
        assertEquals(List.of(), events);
    }

    @Test
    public void staysAwayIfAConfiguredServiceExistedBefore() {
        fallback.addConfigured("a");
        fallback.startOffering();
        assertEquals(List.of(), events);
        fallback.stopOffering();
        fallback.removeConfigured("a");
        passTime();
        assertEquals("not after it was stopped", List.of(), events);
    }

    @Test
    public void servesTheDefaultTargetAndReleasesItsDeviceAtTheEnd() {
        FallbackService.Releasable device = () -> events.add("released");
        FallbackService forTarget = FallbackService.forDefaultTarget(recordingBundle(), "org.example.stick", "Example stick",
            List.of(FallbackService.Releasable.class), () -> device);
        forTarget.startOffering();
        forTarget.stopOffering();
        assertEquals(List.of(FallbackService.Releasable.class.getName() + " default, Example stick, org.example.stick.unconfigured",
            "unregistered", "released"), events);
    }

    private BundleContext recordingBundle() {
        return (BundleContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, args) -> {
            assertEquals("registerService", method.getName());
            Dictionary<?, ?> properties = (Dictionary<?, ?>) args[2];
            events.add(String.join(",", (String[]) args[0]) + " " + properties.get("kvm.target") + ", " + properties.get("kvm.label") + ", "
                + properties.get("service.pid"));
            return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (registration, call, none) -> {
                assertEquals("unregister", call.getName());
                events.add("unregistered");
                return null;
            });
        });
    }
}
