package org.catseye.core.deploy.plugin;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;

/** The configurations that belong to a bundle, according to the forms that it describes. Thread-safe. */
final class SettingsForms {

    private final BundleContext framework;
    private final MetaTypeService metatype;
    private final ConfigurationAdmin configurations;

    SettingsForms(BundleContext framework, MetaTypeService metatype, ConfigurationAdmin configurations) {
        this.framework = framework;
        this.metatype = metatype;
        this.configurations = configurations;
    }

    /** The PIDs and factory PIDs of the forms of a bundle. */
    List<String> listPids(Bundle bundle) {
        MetaTypeInformation forms = metatype.getMetaTypeInformation(bundle);
        return forms == null ? List.of() : Stream.of(forms.getPids(), forms.getFactoryPids()).flatMap(pids -> Arrays.stream(Optional.ofNullable(pids).orElse(new String[0])))
                .distinct().sorted().toList();
    }

    /** Of the PIDs of a bundle, those that no other bundle describes as well. */
    Set<String> listOwnPids(Bundle bundle) {
        Set<String> own = new TreeSet<>(listPids(bundle));
        Arrays.stream(framework.getBundles()).filter(other -> !bundle.equals(other)).forEach(other -> own.removeAll(listPids(other)));
        return own;
    }

    /** Deletes the configurations with these PIDs or factory PIDs. Returns how many there were. */
    int deleteConfigurations(Set<String> pids) throws IOException {
        try {
            List<Configuration> found = Arrays.stream(Optional.ofNullable(configurations.listConfigurations(null)).orElse(new Configuration[0]))
                    .filter(configuration -> pids.contains(configuration.getPid()) || pids.contains(String.valueOf(configuration.getFactoryPid())))
                    .collect(Collectors.toList());
            for (Configuration configuration : found) {
                configuration.delete();
            }
            return found.size();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("there is no filter", e);
        }
    }
}
