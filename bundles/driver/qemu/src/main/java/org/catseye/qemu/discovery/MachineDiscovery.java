package org.catseye.qemu.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.config.BadValueException;
import org.catseye.options.CheckedSettings;
import org.catseye.options.Options;
import org.catseye.qemu.QemuConfig;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Offers virtual machines on this computer that no configuration names. Administrators add one with a button, which writes the configurations
 * for it. Nothing is added by itself.
 */
@Component(configurationPid = DiscoveryConfig.PID, property = {Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=Search for virtual machines"})
@Designate(ocd = DiscoveryConfig.class)
public final class MachineDiscovery implements SelfCheck {

    private static final String ITEM = "Virtual machines";
    private static final String ADD = "add-";
    private static final String SOCKET = "socket";
    /** The driver for VNC, if its feature is used. */
    private static final String VNC = "org.catseye.vnc";
    /** The same for each location of a bundle. */
    private static final String ANY_LOCATION = "?";

    private final BundleContext context;
    private final ConfigurationAdmin configurations;
    private final CheckedSettings<MachineSearch> search;

    @Activate
    public MachineDiscovery(BundleContext context, Map<String, Object> properties, @Reference ConfigurationAdmin configurations) {
        this(context, configurations, CheckedSettings.parseProperties(properties, MachineDiscovery::parseSettings));
    }

    MachineDiscovery(BundleContext context, ConfigurationAdmin configurations, CheckedSettings<MachineSearch> search) {
        this.context = context;
        this.configurations = configurations;
        this.search = search;
    }

    static MachineSearch parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(DiscoveryConfig.PID, properties);
        options.readTargetId();
        String folder = options.readMatchingText("folder", DiscoveryConfig.FOLDER, "/[^\\x00]*", "the full path of a folder");
        return new MachineSearch(Path.of(folder), Path.of("/proc"));
    }

    @Override
    public String title() {
        return "Search for virtual machines";
    }

    private List<FoundMachine> findMachines() {
        Set<Path> used = new HashSet<>();
        try {
            Configuration[] known = configurations.listConfigurations("(service.factoryPid=" + QemuConfig.PID + ")");
            for (Configuration each : known == null ? new Configuration[0] : known) {
                if (each.getProperties() != null && each.getProperties().get(SOCKET) instanceof String socket && socket.startsWith("/")) {
                    used.add(Path.of(socket));
                }
            }
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return search.findValid().map(valid -> valid.findMachines(used)).orElse(List.of());
    }

    @Override
    public List<Item> checkItems() {
        try {
            search.requireValid();
        } catch (BadValueException e) {
            return List.of(Item.failed(ITEM, e.getMessage(), "Correct this value in the configuration."));
        }
        List<Item> items = new ArrayList<>();
        for (FoundMachine machine : findMachines()) {
            String name = "Virtual machine " + machine.label();
            items.add(Files.isWritable(machine.monitor()) ? Item.passed(name, "It is not a target yet. Its socket is " + machine.monitor() + ".")
                    : Item.failed(name, "Catseye may not use its socket " + machine.monitor() + ".",
                    "Give the group of Catseye the right to write to it, as docs/qemu.md describes."));
        }
        return items.isEmpty() ? List.of(Item.passed(ITEM, "All that were found are targets already, or there are none.")) : items;
    }

    @Override
    public List<Action> availableActions() {
        return findMachines().stream().filter(machine -> Files.isWritable(machine.monitor()))
                .map(machine -> new Action(ADD + machine.id(), "Add " + machine.label(), "Adds it as the target \"" + machine.id()
                + "\" with its power and its drives. If another program uses the socket, that program has to let go of it.", Permission.ADMIN)).toList();
    }

    @Override
    public void performAction(String id) throws IOException {
        FoundMachine machine = findMachines().stream().filter(each -> id.equals(ADD + each.id())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no action " + id));
        writeConfiguration(QemuConfig.PID, machine, machine.monitor());
        if (machine.vnc().isPresent() && hasVncDriver()) {
            writeConfiguration(VNC, machine, machine.vnc().get());
        }
    }

    private void writeConfiguration(String pid, FoundMachine machine, Path socket) throws IOException {
        Configuration configuration = configurations.getFactoryConfiguration(pid, machine.id(), ANY_LOCATION);
        if (configuration.getProperties() != null) {
            throw new IOException("There is a configuration " + pid + "~" + machine.id() + " already, for another socket. Rename or delete it.");
        }
        configuration.update(new Hashtable<>(Map.of(Target.ID, machine.id(), Target.LABEL, machine.label(), SOCKET, socket.toString())));
    }

    private boolean hasVncDriver() {
        for (var bundle : context.getBundles()) {
            if (VNC.equals(bundle.getSymbolicName())) {
                return true;
            }
        }
        return false;
    }
}
