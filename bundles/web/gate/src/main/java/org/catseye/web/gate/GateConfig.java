package org.catseye.web.gate;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Under which names this device answers, and whom it believes about who asks. */
@ObjectClassDefinition(name = "Catseye: gate", description = "Under which names browsers may reach this device, and which proxies in front of it "
        + "are believed.")
public @interface GateConfig {

    String PID = "org.catseye.web.gate";
    String X_FORWARDED_FOR = "X-Forwarded-For";

    @AttributeDefinition(name = "Host names", description = "Further names under which this device is reached, for example kvm.example.org. "
            + "IP addresses, localhost, the machine's own name and names ending in .local, .home.arpa or .internal need not be listed.")
    String[] hostNames() default {};

    @AttributeDefinition(name = "Origins", description = "Further addresses as a browser shows them, for a proxy in front that does TLS, "
            + "for example https://kvm.example.org. No path, no slash at the end.")
    String[] origins() default {};

    @AttributeDefinition(name = "Proxies", description = "Addresses of proxies in front of this device, such as 192.0.2.1 or 10.0.0.0/8. "
            + "They are believed about who asks (for the audit log and the brake on guessing), by which name, and whether over TLS. Everybody else is not.")
    String[] proxies() default {};

    @AttributeDefinition(name = "Header of the proxies", description = "Which header they write. X-Forwarded-Proto and X-Forwarded-Host go with the "
            + "first. They must write it themselves: a header that they only pass on comes from anybody.",
            options = {@Option(label = "X-Forwarded-For", value = X_FORWARDED_FOR), @Option(label = "Forwarded", value = "Forwarded")})
    String proxyHeader() default X_FORWARDED_FOR;

    @AttributeDefinition(name = "Strict transport (days)", min = "0", max = "730", description = "For so many days, 0 to 730, browsers shall insist on TLS with a certificate "
            + "that they trust (HSTS). 0: they are not told to. Switch it on only when every browser trusts the certificate: there is no way round it then.")
    int strictTransportDays() default 0;
}
