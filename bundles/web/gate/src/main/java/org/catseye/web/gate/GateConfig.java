package org.catseye.web.gate;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Under which names this device answers. */
@ObjectClassDefinition(name = "Catseye gate", description = "Under which names browsers may reach this device.")
public @interface GateConfig {

    String PID = "org.catseye.web.gate";

    @AttributeDefinition(name = "Host names", description = "Further names under which this device is reached, for example kvm.example.org. "
            + "IP addresses, localhost, the machine's own name and names ending in .local, .home.arpa or .internal need not be listed.")
    String[] hostNames() default {};

    @AttributeDefinition(name = "Origins", description = "Further addresses as a browser shows them, for a proxy in front that does TLS, "
            + "for example https://kvm.example.org. No path, no slash at the end.")
    String[] origins() default {};
}
