package org.catseye.auth.ldap;

import java.util.Map;
import java.util.Optional;
import org.catseye.access.spi.Authenticator;
import org.catseye.auth.ldap.settings.LdapConfig;
import org.catseye.auth.ldap.settings.LdapSettings;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the authenticator while the configuration is valid; logs the mistake otherwise. A changed configuration activates it again. */
@Component(service = LdapSetup.class, immediate = true, configurationPid = LdapConfig.PID)
@Designate(ocd = LdapConfig.class)
public final class LdapSetup {

    /** The authenticator's name in sessions and in the audit log. */
    static final String AUTHENTICATOR_NAME = "ldap";
    private static final Logger LOG = LoggerFactory.getLogger(LdapSetup.class);

    private final BundleContext context;
    private final Options options;
    private Optional<ServiceRegistration<Authenticator>> registration = Optional.empty();

    @Activate
    public LdapSetup(Map<String, ?> properties, BundleContext context) {
        this.options = new Options(LdapConfig.PID, properties);
        this.context = context;
    }

    @Activate
    void registerAuthenticator() {
        if (options.readTexts("servers").isEmpty()) {
            LOG.info("No directory is configured: {}.cfg, servers", LdapConfig.PID);
            return;
        }
        try {
            LdapSettings settings = LdapSettings.parseSettings(options);
            registration = Optional.of(context.registerService(Authenticator.class, new LdapAuthenticator(settings, System::nanoTime),
                    FrameworkUtil.asDictionary(Map.of(Authenticator.NAME, AUTHENTICATOR_NAME))));
            LOG.info("Users of {} may log in", settings.servers());
        } catch (BadValueException e) {
            LOG.error("{}. No user of the directory can log in until this is corrected.", e.getMessage());
        }
    }

    @Deactivate
    void unregisterAuthenticator() {
        registration.ifPresent(ServiceRegistration::unregister);
        registration = Optional.empty();
    }
}
