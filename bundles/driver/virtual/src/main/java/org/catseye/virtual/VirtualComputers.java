package org.catseye.virtual;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One virtual computer for each configuration, and one with the defaults if there is none. Declarative Services can't do this: a component has
 * either one configuration or named ones, and here the file {@code PID.cfg} of the distribution and files {@code PID~name.cfg} count. Thread-safe.
 */
@Component(service = {VirtualComputers.class, ManagedServiceFactory.class}, property = "service.pid=" + VirtualTargetConfig.PID,
    configurationPid = VirtualTargetConfig.PID, configurationPolicy = ConfigurationPolicy.IGNORE, immediate = true)
@Designate(ocd = VirtualTargetConfig.class, factory = true)
public final class VirtualComputers implements ManagedServiceFactory {

    /** The key of the computer without a configuration. */
    private static final String UNCONFIGURED = "";

    private final BundleContext context;
    /** Guards what is below. Held while services are registered, so that changes take effect in their order. */
    private final Object lock = new Object();
    /** By PID. */
    private final Map<String, RegisteredComputer> computers = new HashMap<>();
    /** Whether ConfigurationAdmin has reported about the configuration without a name. */
    private boolean known;
    private boolean stopped;

    @Activate
    public VirtualComputers(BundleContext context) {
        this.context = context;
    }

    @Deactivate
    void stop() {
        synchronized (lock) {
            stopped = true;
            List<String> all = new ArrayList<>(computers.keySet());
            all.forEach(this::removeComputer);
        }
    }

    @Override
    public String getName() {
        return "Virtual computers";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> settings) {
        synchronized (lock) {
            replaceComputer(pid, Map.copyOf(FrameworkUtil.asMap(settings)));
        }
    }

    @Override
    public void deleted(String pid) {
        synchronized (lock) {
            removeComputer(pid);
            updateUnconfigured();
        }
    }

    /** @param settings of the configuration without a name; null if there is none */
    void updateSingle(Dictionary<String, ?> settings) {
        synchronized (lock) {
            known = true;
            if (settings == null) {
                removeComputer(VirtualTargetConfig.PID);
                updateUnconfigured();
            } else {
                replaceComputer(VirtualTargetConfig.PID, Map.copyOf(FrameworkUtil.asMap(settings)));
            }
        }
    }

    private void replaceComputer(String pid, Map<String, Object> settings) {
        RegisteredComputer running = computers.get(pid);
        if (running != null && running.adoptSettings(settings)) {
            return;
        }
        removeComputer(pid);
        removeComputer(UNCONFIGURED);
        if (!stopped) {
            computers.put(pid, new RegisteredComputer(context, settings));
        }
    }

    private void updateUnconfigured() {
        if (known && !stopped && computers.isEmpty()) {
            computers.put(UNCONFIGURED, new RegisteredComputer(context, Map.of()));
        }
    }

    private void removeComputer(String pid) {
        RegisteredComputer removed = computers.remove(pid);
        if (removed != null) {
            removed.remove();
        }
    }
}
