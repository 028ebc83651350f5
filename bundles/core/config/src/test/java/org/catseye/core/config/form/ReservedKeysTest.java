package org.catseye.core.config.form;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.catseye.config.BadValueException;
import org.junit.Test;

public class ReservedKeysTest {

    @Test
    public void ordersToTheFrameworkAreRefusedForConfigurationsOfTheProduct() {
        for (String key : List.of("osgi.http.whiteboard.target", "service.ranking", "guard.target", "users.cardinality.minimum", "felix.x")) {
            BadValueException refused = assertThrows(key, BadValueException.class, () -> ReservedKeys.checkKeys("org.catseye.web.gate", List.of("hostNames", key)));
            assertTrue(refused.getMessage(), refused.getMessage().contains(key));
        }
    }

    @Test
    public void settingsOfComponentsAndForeignConfigurationsAreFree() throws BadValueException {
        ReservedKeys.checkKeys("org.catseye.virtual.target", List.of("kvm.target", "kvm.label", "fps", "service.pid", "service.factoryPid"));
        ReservedKeys.checkKeys("com.example", List.of("x.target", "service.ranking"));
    }
}
