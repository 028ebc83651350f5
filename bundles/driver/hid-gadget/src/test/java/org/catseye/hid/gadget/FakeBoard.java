package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.catseye.hid.gadget.Gadget.Link;

/** A board in a folder: configfs as the root helper leaves it (unbound, all functions there), one controller, nodes. */
final class FakeBoard implements AutoCloseable {

    static final String CONTROLLER = "fake.0";

    final Places places;
    private final Map<Role, FakeNode> nodes = new EnumMap<>(Role.class);

    FakeBoard(Path folder) throws IOException {
        places = new Places(folder.resolve("usb_gadget"), folder.resolve("udc"), folder.resolve("dev"), folder.resolve("busy"));
        Files.createDirectories(places.devices());
        Files.createDirectories(places.gadgets());
        Files.createDirectories(places.controllers().resolve(CONTROLLER));
        state("configured");
        make();
    }

    Path gadget() {
        return places.gadgets().resolve("catseye");
    }

    ConfigFs configFs() {
        return new ConfigFs(gadget());
    }

    void state(String words) throws IOException {
        Files.writeString(places.controllers().resolve(CONTROLLER).resolve("state"), words + "\n");
    }

    /** Makes the gadget's folder with the files that the kernel would show. */
    void make() throws IOException {
        for (String folder : Gadget.FOLDERS) {
            Files.createDirectories(gadget().resolve(folder));
        }
        file("UDC", "\n");
        for (Profile profile : Profile.values()) {
            for (HidFunction function : profile.functions()) {
                Files.createDirectories(gadget().resolve("functions/" + function.role().function()));
                file("functions/" + function.role().function() + "/dev", "244:" + function.role().ordinal() + "\n");
            }
            for (Attribute attribute : new Gadget("catseye", SettingsTest.IDENTITY, profile, 250, 7).attributes(0, false)) {
                file(attribute.path(), attribute.kind() == Attribute.Kind.NUMBER ? "0\n" : "");
            }
        }
        file("strings/0x409/serialnumber", "0123\n");
    }

    void remove() throws IOException {
        try (var all = Files.walk(gadget())) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    void file(String path, String content) throws IOException {
        Files.writeString(gadget().resolve(path), content);
    }

    /** The node of a function, as long as a host is on the other side; made at first use. */
    FakeNode node(Role role, int reportLength) throws IOException {
        FakeNode node = nodes.get(role);
        if (node == null) {
            node = new FakeNode(places.devices().resolve("hidg" + role.ordinal()), reportLength);
            nodes.put(role, node);
        }
        return node;
    }

    void nodes(Profile profile) throws IOException {
        for (HidFunction function : profile.functions()) {
            node(function.role(), function.reportLength());
        }
    }

    void removeNodes() {
        nodes.values().forEach(FakeNode::close);
        nodes.clear();
    }

    List<Link> links() throws IOException {
        return configFs().observe().links().stream().sorted(java.util.Comparator.comparing(Link::name)).toList();
    }

    @Override
    public void close() {
        removeNodes();
    }
}
