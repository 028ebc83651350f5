package org.catseye.hid.gadget.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.catseye.hid.gadget.configfs.ConfigFs;
import org.catseye.hid.gadget.descriptor.Attribute;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.hid.gadget.descriptor.Gadget;
import org.catseye.hid.gadget.descriptor.Gadget.Identity;
import org.catseye.hid.gadget.descriptor.Gadget.Link;
import org.catseye.hid.gadget.descriptor.HidFunction;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.udc.SystemPaths;

/** A simulated board in a folder: configfs as the root helper leaves it (not bound, with all functions), one controller, nodes. */
public final class FakeBoard implements AutoCloseable {

    public static final Identity IDENTITY = new Identity(0x1d6b, 0x0104, "Catseye", "Catseye keyboard and mouse", "");
    public static final String CONTROLLER = "fake.0";

    public final SystemPaths paths;
    private final Map<Role, FakeNode> nodes = new EnumMap<>(Role.class);

    public FakeBoard(Path folder) throws IOException {
        paths = new SystemPaths(folder.resolve("usb_gadget"), folder.resolve("udc"), folder.resolve("dev"), folder.resolve("busy"));
        Files.createDirectories(paths.deviceRoot());
        Files.createDirectories(paths.gadgetRoot());
        Files.createDirectories(paths.controllerRoot().resolve(CONTROLLER));
        writeState("configured");
        createGadget();
    }

    public Path gadgetFolder() {
        return paths.gadgetRoot().resolve("catseye");
    }

    public ConfigFs configFs() {
        return new ConfigFs(gadgetFolder());
    }

    /** Writes the controller's connection state, such as "configured". */
    public void writeState(String state) throws IOException {
        Files.writeString(paths.controllerRoot().resolve(CONTROLLER).resolve("state"), state + "\n");
    }

    /** Creates the gadget's folder with the files that the kernel would show. */
    public void createGadget() throws IOException {
        for (String folder : Gadget.BASE_FOLDERS) {
            Files.createDirectories(gadgetFolder().resolve(folder));
        }
        writeFile("UDC", "\n");
        for (Profile profile : Profile.values()) {
            for (HidFunction function : profile.functions()) {
                Files.createDirectories(gadgetFolder().resolve("functions/" + function.role().functionName()));
                writeFile("functions/" + function.role().functionName() + "/dev", "244:" + function.role().ordinal() + "\n");
            }
            for (Attribute attribute : new Gadget("catseye", IDENTITY, profile, DriveSet.NONE, 250, 7).declareAttributes(0, false)) {
                writeFile(attribute.path(), attribute.kind() == Attribute.Kind.NUMBER ? "0\n" : "");
            }
        }
        for (DriveSet drives : DriveSet.values()) {
            createDrives(drives);
        }
        writeFile("strings/0x409/serialnumber", "0123\n");
    }

    /** As the root helper does: with the declared values. */
    private void createDrives(DriveSet drives) throws IOException {
        for (String folder : drives.requiredFolders()) {
            Files.createDirectories(gadgetFolder().resolve(folder));
        }
        for (Attribute attribute : drives.declareAttributes()) {
            if (!attribute.optional()) {
                writeFile(attribute.path(), attribute.value() + "\n");
            }
        }
        for (Drive drive : drives.drives()) {
            writeFile(drives.unitFolder(drive) + "/file", "\n");
            writeFile(drives.unitFolder(drive) + "/ro", drive == Drive.CD ? "1\n" : "0\n");
        }
    }

    /** As a kernel without drives, or a root helper of an older version. */
    public void removeDrives() throws IOException {
        try (var all = Files.walk(gadgetFolder().resolve("functions"))) {
            for (Path path : all.filter(each -> each.toString().contains("mass_storage")).sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    public void removeGadget() throws IOException {
        try (var all = Files.walk(gadgetFolder())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    public void writeFile(String path, String content) throws IOException {
        Files.writeString(gadgetFolder().resolve(path), content);
    }

    /** The node of a function, with a host at its other end; created at first use. */
    public FakeNode openNode(Role role, int reportLength) throws IOException {
        FakeNode node = nodes.get(role);
        if (node == null) {
            node = new FakeNode(paths.deviceNode(role.ordinal()), reportLength);
            nodes.put(role, node);
        }
        return node;
    }

    public void createNodes(Profile profile) throws IOException {
        for (HidFunction function : profile.functions()) {
            openNode(function.role(), function.reportLength());
        }
    }

    public void removeNodes() {
        nodes.values().forEach(FakeNode::close);
        nodes.clear();
    }

    /** The configuration's links, sorted by name. */
    public List<Link> readLinks() throws IOException {
        return configFs().observeGadget().links().stream().sorted(Comparator.comparing(Link::name)).toList();
    }

    @Override
    public void close() {
        removeNodes();
    }
}
