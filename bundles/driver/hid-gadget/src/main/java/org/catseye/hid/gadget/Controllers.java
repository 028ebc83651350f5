package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The USB device controllers of the board (UDC), as sysfs shows them. */
final class Controllers {

    private final Path folder;

    Controllers(Path folder) {
        this.folder = folder;
    }

    /** Their names, sorted. */
    List<String> names() throws IOException {
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

    /**
     * The one to use.
     *
     * @param wanted its name; empty for the first
     * @throws IOException in words, if there is none, or none of that name
     */
    String choose(String wanted) throws IOException {
        List<String> names = names();
        if (names.isEmpty()) {
            throw new IOException("this board shows no USB device port: on a Raspberry Pi put \"dtoverlay=dwc2,dr_mode=peripheral\" "
                    + "into /boot/firmware/config.txt and restart it (see docs/hardware.md)");
        }
        if (wanted.isEmpty()) {
            return names.get(0);
        }
        if (!names.contains(wanted)) {
            throw new IOException("there is no USB device port \"" + wanted + "\", only " + String.join(", ", names)
                    + ": correct \"controller\" in the settings, or leave it empty");
        }
        return wanted;
    }

    Path stateFile(String controller) {
        return folder.resolve(controller).resolve("state");
    }

    /** What the controller says of the other end; {@link UsbState#UNKNOWN} if it says nothing. */
    UsbState state(String controller) {
        try {
            return UsbState.of(Files.readString(stateFile(controller)));
        } catch (IOException e) {
            return UsbState.UNKNOWN;
        }
    }
}
