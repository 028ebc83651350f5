package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.catseye.linux.Fd;
import org.catseye.linux.Poller;
import org.catseye.linux.Struct;

/** A controller's file {@code state}, kept open, because poll() tells of its changes. For one thread. */
final class StateFile implements AutoCloseable {

    private final Controllers controllers;
    private final ByteBuffer text = Struct.allocate(64);
    private Fd file;

    StateFile(Places places) {
        this.controllers = new Controllers(places.controllers());
    }

    /** What it says now; poll() wakes at its next change only if it is read before. */
    UsbState read(String controller) throws IOException {
        Path path = controllers.stateFile(controller);
        if (file == null || !file.path().equals(path.toString())) {
            reopen(path);
        }
        int bytes = bytes();
        if (bytes < 0) {
            // The controller's driver was taken away and has come again under the same name.
            reopen(path);
            bytes = bytes();
        }
        return UsbState.of(bytes <= 0 ? "" : StandardCharsets.US_ASCII.decode(text.flip()).toString());
    }

    /** Has {@code poller} wake when it changes. */
    void watch(Poller poller) {
        if (file != null) {
            poller.add(file, Poller.POLLPRI);
        }
    }

    private int bytes() throws IOException {
        text.clear();
        file.seek(0);
        return file.tryRead(text);
    }

    private void reopen(Path path) throws IOException {
        close();
        file = Fd.open(path.toString(), Fd.O_RDONLY);
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
