package org.catseye.hid.gadget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.fake.FakeBoard;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.testkit.HidTransportContract;
import org.junit.After;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** The contract against pseudo terminals in place of the hidg nodes; the rig runs it against a real kernel. */
public class GadgetContractTest extends HidTransportContract {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();
    private FakeBoard board;

    @Override
    protected HidTransport transport() throws Exception {
        board = new FakeBoard(folder.getRoot().toPath());
        board.createNodes(Profile.FULL);
        return new HidGadget(Map.of(), board.paths);
    }

    @Override
    protected KeyboardReport seenKeyboard() throws Exception {
        byte[] last = readLastReport(Role.KEYBOARD, 8);
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
        byte[] last = readLastReport(Role.POINTER, 7);
        return new PointerReport(last[0], last[1] & 0xff | last[2] << 8, last[3] & 0xff | last[4] << 8, 0, 0);
    }

    private byte[] readLastReport(Role role, int length) throws Exception {
        List<byte[]> reports = board.openNode(role, length).takeReports(2000);
        return reports.get(reports.size() - 1);
    }

    @After
    public void closeBoard() {
        board.close();
    }
}
