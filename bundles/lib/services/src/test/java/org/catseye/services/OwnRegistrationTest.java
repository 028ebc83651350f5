package org.catseye.services;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.function.Supplier;
import org.junit.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

public class OwnRegistrationTest {

    private final List<String> calls = new ArrayList<>();
    private final OwnRegistration<String> registration = new OwnRegistration<>();
    private boolean frameworkWasFaster;

    @Test
    public void aServiceIsRegisteredOnceAndUnregisteredOnce() {
        registration.register(registrar());
        registration.register(registrar());
        registration.unregister();
        registration.unregister();
        assertEquals(List.of("register", "unregister"), calls);
    }

    @Test
    public void afterTheEndALateRegistrationHasNoEffect() {
        registration.unregister();
        registration.register(registrar());
        assertEquals(List.of(), calls);
    }

    @Test
    public void theFrameworkMayBeFaster() {
        frameworkWasFaster = true;
        registration.register(registrar());
        registration.unregister();
        assertEquals(List.of("register", "unregister"), calls);
    }

    private Supplier<ServiceRegistration<String>> registrar() {
        return () -> {
            calls.add("register");
            return new FakeRegistration();
        };
    }

    private final class FakeRegistration implements ServiceRegistration<String> {

        @Override
        public ServiceReference<String> getReference() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setProperties(Dictionary<String, ?> properties) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unregister() {
            calls.add("unregister");
            if (frameworkWasFaster) {
                throw new IllegalStateException("already unregistered");
            }
        }
    }
}
