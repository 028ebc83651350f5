package org.catseye.hid.gadget;

import static org.junit.Assert.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.catseye.media.spi.MediaDrive;
import org.junit.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

public class GadgetDrivesTest {

    private final List<String> registered = new ArrayList<>();

    @Test
    public void eachDriveOfTheConfigurationIsAService() {
        GadgetDrives drives = new GadgetDrives(Map.of("kvm.target", "bay1"), createContext());
        assertEquals(List.of("cd CD drive bay1 10", "disk USB disk bay1 10"), registered);
        drives.closeDrives();
        assertEquals(List.of(), registered);
    }

    @Test
    public void thereAreNoneForFirmwareNorWithAnInvalidConfiguration() {
        new GadgetDrives(Map.of("profile", "boot"), createContext());
        new GadgetDrives(Map.of("profile", "gaming"), createContext());
        new GadgetDrives(Map.of("kvm.target", "not valid"), createContext());
        assertEquals(List.of(), registered);
    }

    private BundleContext createContext() {
        return (BundleContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> method.getName().equals("registerService") ? register((Dictionary<?, ?>) arguments[2])
                        : null);
    }

    private ServiceRegistration<?> register(Dictionary<?, ?> properties) {
        String service = properties.get(MediaDrive.NAME) + " " + properties.get("kvm.label") + " " + properties.get("kvm.target") + " "
                + properties.get("service.ranking");
        registered.add(service);
        return (ServiceRegistration<?>) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class},
                (proxy, method, arguments) -> registered.remove(service) ? null : null);
    }
}
