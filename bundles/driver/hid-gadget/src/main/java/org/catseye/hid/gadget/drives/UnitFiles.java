package org.catseye.hid.gadget.drives;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Fd;
import org.catseye.linux.Struct;

/** A logical unit in configfs. */
public final class UnitFiles implements DriveUnit {

    private static final String CONFIGURATION = "configs/c.1";
    private static final String RUN_HELPER = "run \"sudo catseye-gadget up\"";

    private final Path gadget;
    private final DriveSet drives;
    private final Path unit;

    /** @param gadget the gadget's folder in configfs */
    public UnitFiles(Path gadget, DriveSet drives, Drive drive) {
        this.gadget = gadget;
        this.drives = drives;
        this.unit = gadget.resolve(drives.unitFolder(drive));
    }

    @Override
    public void requireUsable() throws IOException {
        if (!Files.isDirectory(gadget)) {
            throw new IOException("The USB gadget is not set up: " + RUN_HELPER + ".");
        }
        if (!Files.exists(unit.resolve(FILE))) {
            throw new IOException("The USB gadget has no drives: " + RUN_HELPER + ", which adds them if the kernel supports them.");
        }
        if (!Files.isWritable(unit.resolve(FILE)) || !Files.isWritable(unit.resolve(READ_ONLY))) {
            throw new IOException("This user may not insert media: " + RUN_HELPER
                    + ", which gives this user's group access to the drives.");
        }
        if (!isLinked()) {
            throw new IOException("The remote computer does not see the drives: the USB gadget is being set up, or the USB device port has "
                    + "too few endpoints for them.");
        }
    }

    private boolean isLinked() throws IOException {
        try (var entries = Files.newDirectoryStream(gadget.resolve(CONFIGURATION), "*." + drives.linkName())) {
            return entries.iterator().hasNext();
        }
    }

    @Override
    public String readValue(String name) throws IOException {
        String text = Files.readString(unit.resolve(name));
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void writeValue(String name, String value) throws IOException {
        byte[] content = (value + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = Struct.allocate(content.length);
        buffer.put(content).flip();
        try (Fd file = openForWriting(unit.resolve(name))) {
            file.write(buffer);
        }
    }

    private static Fd openForWriting(Path file) throws IOException {
        try {
            return Fd.open(file.toString(), Fd.O_WRONLY);
        } catch (ErrnoException e) {
            if (e.is(Errno.EACCES, Errno.EPERM)) {
                throw new IOException("This user may not change the drive: " + RUN_HELPER + ", which gives this user's group access to the "
                        + "drives.", e);
            }
            throw new IOException(e.is(Errno.ENOENT) && file.endsWith(FORCED_EJECT) ? "This kernel cannot eject by force (it has no "
                    + "forced_eject). Unplugging the USB cable unlocks the drive."
                    : "The drive cannot be changed (" + e.getMessage() + "): " + RUN_HELPER + ".", e);
        }
    }
}
