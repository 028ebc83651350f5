package org.catseye.hid.gadget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.testkit.HidTransportContract;
import org.junit.After;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** The contract against pseudo terminals that pose as hidg nodes; against the real kernel it runs in the rig. */
public class GadgetContractTest extends HidTransportContract {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();
    private FakeBoard board;

    @Override
    protected HidTransport transport() throws Exception {
        board = new FakeBoard(folder.getRoot().toPath());
        board.nodes(Profile.FULL);
        return new HidGadget(Map.of(), board.places);
    }

    @Override
    protected KeyboardReport seenKeyboard() throws Exception {
        byte[] last = last(Role.KEYBOARD, 8);
        List<Integer> keys = new ArrayList<>();
        for (int i = 2; i < 8; i++) {
            if (last[i] != 0) {
                keys.add(last[i] & 0xff);
            }
        }
        return new KeyboardReport(last[0] & 0xff, keys);
    }

    @Override
    protected PointerReport seenPointer() throws Exception {
        byte[] last = last(Role.POINTER, 7);
        return new PointerReport(last[0], last[1] & 0xff | last[2] << 8, last[3] & 0xff | last[4] << 8, 0, 0);
    }

    private byte[] last(Role role, int length) throws Exception {
        List<byte[]> reports = board.node(role, length).reports(2000);
        return reports.get(reports.size() - 1);
    }

    @After
    public void close() {
        board.close();
    }
}
