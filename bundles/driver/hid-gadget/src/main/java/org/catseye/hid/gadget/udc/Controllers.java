package org.catseye.hid.gadget.udc;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The board's USB device controllers (UDC), as listed in sysfs. */
public final class Controllers {

    private final Path folder;

    public Controllers(SystemPaths paths) {
        this.folder = paths.controllerRoot();
    }

    /**
     * Selects the controller to use.
     *
     * @param configured the controller's name; empty for the first one
     * @throws IOException with a message for the user, if there is no controller, or none of that name
     */
    public String chooseController(String configured) throws IOException {
        List<String> names = listNames();
        if (names.isEmpty()) {
            throw new IOException("this board has no enabled USB device port: on a Raspberry Pi, add "
                    + "\"dtoverlay=dwc2,dr_mode=peripheral\" to /boot/firmware/config.txt and restart the board (see docs/hardware.md)");
        }
        if (configured.isEmpty()) {
            return names.get(0);
        }
        if (!names.contains(configured)) {
            throw new IOException("there is no USB device port \"" + configured + "\", only " + String.join(", ", names)
                    + ": correct \"controller\" in the settings, or leave it empty");
        }
        return configured;
    }

    /** The file with the controller's connection state; see {@link UsbState#parseState}. */
    public Path stateFile(String controller) {
        return folder.resolve(controller).resolve("state");
    }

    private List<String> listNames() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            Stream<Path> each = StreamSupport.stream(entries.spliterator(), false);
            return each.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
