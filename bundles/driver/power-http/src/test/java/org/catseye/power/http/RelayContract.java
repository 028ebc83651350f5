package org.catseye.power.http;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.testkit.PowerControlContract;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** The contract of power controls against the devices of {@code relays.py}. */
public abstract class RelayContract extends PowerControlContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    protected RelayServer server;

    @Before
    public final void startServer() throws Exception {
        server = new RelayServer(folderPath(), Optional.empty());
    }

    @After
    public final void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    protected final Path folderPath() {
        return folder.getRoot().toPath();
    }

    /** The settings of the device, without its address. */
    protected abstract Map<String, Object> settings();

    protected final HttpRelay createRelay(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(settings());
        all.put("address", server.address());
        all.putAll(more);
        return new HttpRelay(all);
    }

    @Override
    protected final PowerControl createControl() {
        return createRelay(Map.of());
    }

    @Override
    protected final void setComputerOn(boolean on) throws Exception {
        server.setOn(on);
    }

    /** By the device's own log, and by another request for its state. */
    @Override
    protected boolean noticedAction(PowerAction action) throws Exception {
        boolean on = action == PowerAction.ON;
        return !server.requests().isEmpty() && createRelay(Map.of()).readState().equals(PowerReading.ofPower(on));
    }

    @Override
    protected final void breakDevice() throws Exception {
        server.stop();
    }
}
