package org.catseye.auth.ldap;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.catseye.access.spi.Authenticator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers the directory while its configuration makes sense; says what is wrong with it otherwise. A changed configuration makes all anew. */
@Component(service = LdapSetup.class, immediate = true, configurationPid = LdapConfig.PID)
@Designate(ocd = LdapConfig.class)
public final class LdapSetup {

    static final String OWN_NAME = "ldap";
    private static final Logger LOG = LoggerFactory.getLogger(LdapSetup.class);

    private final BundleContext context;
    private final LdapConfig config;
    private Optional<ServiceRegistration<Authenticator>> offered = Optional.empty();

    @Activate
    public LdapSetup(LdapConfig config, BundleContext context) {
        this.config = config;
        this.context = context;
    }

    @Activate
    void offer() {
        if (config.servers().length == 0) {
            LOG.info("No directory is configured: {}.cfg, servers", LdapConfig.PID);
            return;
        }
        try {
            LdapSettings settings = LdapSettings.of(config);
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Authenticator.NAME, OWN_NAME);
            offered = Optional.of(context.registerService(Authenticator.class, new LdapUsers(settings, System::nanoTime), properties));
            LOG.info("Users of {} may log in", settings.servers());
        } catch (IllegalArgumentException e) {
            LOG.error("Configuration {}: {}. Nobody of the directory can log in until this is mended.", LdapConfig.PID, e.getMessage());
        }
    }

    @Deactivate
    void withdraw() {
        offered.ifPresent(ServiceRegistration::unregister);
        offered = Optional.empty();
    }
}
