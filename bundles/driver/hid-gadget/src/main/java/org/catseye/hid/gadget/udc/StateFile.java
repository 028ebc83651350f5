package org.catseye.hid.gadget.udc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.catseye.linux.Fd;
import org.catseye.linux.Poller;
import org.catseye.linux.Struct;

/** A controller's file {@code state}, kept open so that poll() reports its changes. Not thread-safe: for one thread. */
public final class StateFile implements AutoCloseable {

    private final Controllers controllers;
    private final ByteBuffer text = Struct.allocate(64);
    private Fd file;

    public StateFile(SystemPaths paths) {
        this.controllers = new Controllers(paths);
    }

    /** Reads the current state. poll() reports the next change only after this read. */
    public UsbState readState(String controller) throws IOException {
        Path path = controllers.stateFile(controller);
        if (file == null || !file.path().equals(path.toString())) {
            reopenFile(path);
        }
        int bytes = readText();
        if (bytes < 0) {
            // The controller's driver was reloaded: the path is the same, the file is another one.
            reopenFile(path);
            bytes = readText();
        }
        return UsbState.parseState(bytes <= 0 ? "" : StandardCharsets.US_ASCII.decode(text.flip()).toString());
    }

    /** Makes {@code poller} return when the state changes. */
    public void watchChanges(Poller poller) {
        if (file != null) {
            poller.add(file, Poller.POLLPRI);
        }
    }

    private int readText() throws IOException {
        text.clear();
        file.seek(0);
        return file.tryRead(text);
    }

    private void reopenFile(Path path) throws IOException {
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
