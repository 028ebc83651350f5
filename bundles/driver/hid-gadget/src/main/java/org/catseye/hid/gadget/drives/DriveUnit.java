package org.catseye.hid.gadget.drives;

import java.io.IOException;
import org.catseye.linux.ErrnoException;

/** The files of one logical unit of the kernel's mass storage function. Any call can wait for the remote computer. */
public interface DriveUnit {

    /** The path of the medium; empty if there is none. */
    String FILE = "file";
    /** Whether the next medium is read-only, or whether the current one is: 1 or 0. */
    String READ_ONLY = "ro";
    /** Any text written to it ejects the medium, even from a locked drive. */
    String FORCED_EJECT = "forced_eject";

    /** @throws IOException with a message for the user, including the remedy, if the drive cannot be used */
    void requireUsable() throws IOException;

    /** The content of a file, without the newline at its end. */
    String readValue(String name) throws IOException;

    /**
     * Writes a file with one system call.
     *
     * @param value "" writes a single newline: the kernel does not notice a write of no bytes
     * @throws ErrnoException the error of the write
     */
    void writeValue(String name, String value) throws IOException;
}
