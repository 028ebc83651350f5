package org.catseye.web.socket;

import java.util.Map;
import org.osgi.framework.ServiceReference;

/** A service reference that has properties and nothing else. */
final class FakeReference {

    private FakeReference() {
    }

    @SuppressWarnings("unchecked")
    static <S> ServiceReference<S> of(Map<String, Object> properties) {
        return FakeHttp.proxy(ServiceReference.class, (self, called, args) -> switch (called.getName()) {
            case "getProperty" -> properties.get(args[0]);
            case "toString" -> properties.toString();
            default -> throw new UnsupportedOperationException(called.toString());
        });
    }
}
