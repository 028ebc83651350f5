package org.catseye.web.gate.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The names of this device, and the proxies in front of it that are trusted. */
@ObjectClassDefinition(name = "Catseye: gate", description = "The names by which browsers may reach this device, and the proxies in front of it "
        + "that are trusted.")
public @interface GateConfig {

    String PID = "org.catseye.web.gate";
    String X_FORWARDED_FOR = "X-Forwarded-For";
    String X_FORWARDED_PREFIX = "X-Forwarded-Prefix";
    String FORWARDED = "Forwarded";

    int DEFAULT_STRICT_TRANSPORT_DAYS = 0;
    int MIN_STRICT_TRANSPORT_DAYS = 0;
    int MAX_STRICT_TRANSPORT_DAYS = 730;

    @AttributeDefinition(name = "Host names", description = "Further names by which browsers reach this device, for example kvm.example.org. "
            + "You need not list IP addresses, localhost, names that end in .local, .home.arpa or .internal, or the machine's own name, "
            + "alone or with .lan, .home, .localdomain or .fritz.box.")
    String[] hostNames() default {};

    @AttributeDefinition(name = "Origins", description = "Further addresses as a browser shows them, for a proxy in front that handles TLS, "
            + "for example https://kvm.example.org. No path, no slash at the end.")
    String[] origins() default {};

    @AttributeDefinition(name = "Proxies", description = "Addresses of proxies in front of this device, such as 192.0.2.1 or 10.0.0.0/8. They are "
            + "trusted to report the client's address (for the audit log and the limits on logins), the host name, and whether TLS was used. Other "
            + "addresses are not trusted.")
    String[] proxies() default {};

    @AttributeDefinition(name = "Header of the proxies", description = "The header that the proxies write. X-Forwarded-Proto, X-Forwarded-Host, "
            + "X-Forwarded-Port and X-Forwarded-Prefix belong to the first one. The proxies must write it themselves: if they only pass it on, any client can fake it.",
            options = {@Option(label = X_FORWARDED_FOR, value = X_FORWARDED_FOR), @Option(label = FORWARDED, value = FORWARDED)})
    String proxyHeader() default X_FORWARDED_FOR;

    @AttributeDefinition(name = "Strict transport (days)", min = "" + MIN_STRICT_TRANSPORT_DAYS, max = "" + MAX_STRICT_TRANSPORT_DAYS,
            description = "For this many days, " + MIN_STRICT_TRANSPORT_DAYS + " to " + MAX_STRICT_TRANSPORT_DAYS + ", browsers insist on TLS with a "
            + "certificate that they trust (HSTS). 0 switches this off. Switch it on only when every browser trusts the certificate: users can't skip "
            + "the browser's warning any more.")
    int strictTransportDays() default DEFAULT_STRICT_TRANSPORT_DAYS;
}
