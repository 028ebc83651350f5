package org.catseye.virtual;

import java.util.Dictionary;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Receives the configuration without a name, which the distribution has. */
@Component(service = ManagedService.class, property = "service.pid=" + VirtualTargetConfig.PID, configurationPid = VirtualTargetConfig.PID,
    configurationPolicy = ConfigurationPolicy.IGNORE)
@Designate(ocd = VirtualTargetConfig.class)
public final class SingleConfiguration implements ManagedService {

    private final VirtualComputers computers;

    @Activate
    public SingleConfiguration(@Reference VirtualComputers computers) {
        this.computers = computers;
    }

    @Override
    public void updated(Dictionary<String, ?> settings) {
        computers.updateSingle(settings);
    }
}
