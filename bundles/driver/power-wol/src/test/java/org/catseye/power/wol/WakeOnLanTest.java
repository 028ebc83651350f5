package org.catseye.power.wol;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.spi.PowerControl;
import org.catseye.secrets.SecretSettings;
import org.catseye.testkit.PowerControlContract;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Against a socket on the loopback address that takes the packets. {@link WakeOnLanBroadcastTest} has the broadcasts. */
public class WakeOnLanTest extends PowerControlContract {

    private static final String MAC = "00:1A:2b:3c:4d:ff";
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_BYTES = 1_500;

    private DatagramSocket computer;

    @Before
    public void listen() throws IOException {
        computer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        computer.setSoTimeout(TIMEOUT_MILLIS);
    }

    @After
    public void close() {
        computer.close();
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of("mac", MAC, "address", "127.0.0.1", "port", computer.getLocalPort()));
        all.putAll(more);
        return all;
    }

    @Override
    protected PowerControl createControl() {
        return new WakeOnLan(settings(Map.of()));
    }

    /** Nothing to do: the socket is the computer, and it is awake. */
    @Override
    protected void setComputerOn(boolean on) throws IOException {
        computer.setSoTimeout(1);
        while (receiveIfAny()) {
            // Packets of the previous action.
        }
        computer.setSoTimeout(TIMEOUT_MILLIS);
    }

    private boolean receiveIfAny() throws IOException {
        try {
            receive();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    protected boolean noticedAction(PowerAction action) throws IOException {
        return Arrays.equals(expected(""), receive());
    }

    @Override
    protected boolean reportsState() {
        return false;
    }

    @Override
    protected boolean noticesFailure() {
        return false;
    }

    @Override
    protected void breakDevice() {
        throw new AssertionError("a packet has no answer");
    }

    private byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        computer.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static byte[] expected(String password) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(HexFormat.of().parseHex("ffffffffffff"));
        for (int i = 0; i < 16; i++) {
            bytes.write(HexFormat.of().parseHex("001a2b3c4dff"));
        }
        bytes.write(HexFormat.of().parseHex(password));
        return bytes.toByteArray();
    }

    @Test
    public void theMagicPacketIsSentThreeTimes() throws Exception {
        createControl().performAction(PowerAction.WAKE);
        for (int i = 0; i < PacketSender.COPIES; i++) {
            byte[] packet = receive();
            assertEquals(102, packet.length);
            assertArrayEquals(expected(""), packet);
        }
        computer.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, this::receive);
    }

    @Test
    public void aSecureOnPasswordIsTheEndOfThePacket() throws Exception {
        String reference = SecretSettings.hideValue(WolConfig.PID, "secureOnPassword", "01-02-03-04-05-06");
        new WakeOnLan(settings(Map.of("secureOnPassword", reference))).performAction(PowerAction.WAKE);
        byte[] packet = receive();
        assertEquals(108, packet.length);
        assertArrayEquals(expected("010203040506"), packet);
    }

    @Test
    public void theUsualNotationsOfAnAddressAreAccepted() throws Exception {
        for (String mac : new String[] {"001A2B3C4DFF", "00-1a-2b-3c-4d-ff", "001a.2b3c.4dff", " 00:1a:2b:3c:4d:ff "}) {
            assertArrayEquals(mac, expected(""), WolSettings.parseSettings(Map.of("mac", mac)).packet().toBytes());
        }
    }

    @Test
    public void aBadValueIsAStateWithADescription() throws Exception {
        assertBadValue("mac", "00:1a:2b:3c:4d", "mac is '00:1a:2b:3c:4d'; it has to be the address of the computer's network card");
        assertBadValue("mac", "00:1a-2b:3c:4d:ff", "mac is '00:1a-2b:3c:4d:ff'");
        assertBadValue("mac", "", "mac is ''");
        assertBadValue("address", "nas.example.org", "address is 'nas.example.org'; it has to be an IPv4 address");
        assertBadValue("address", "", "address is ''");
        assertBadValue("port", "0", "port is '0'; it has to be a whole number from 1 to 65535");
        assertBadValue("interface", "eth0 eth1", "interface is 'eth0 eth1'");
        assertBadValue("kvm.target", "b a y", "kvm.target is 'b a y'");
    }

    private void assertBadValue(String key, String value, String message) throws Exception {
        Map<String, Object> properties = settings(Map.of(key, value));
        WakeOnLan control = new WakeOnLan(properties);
        assertEquals(Set.of(), control.supportedActions());
        for (BadValueException refused : new BadValueException[] {assertThrows(BadValueException.class, control::readState),
                assertThrows(BadValueException.class, () -> control.performAction(PowerAction.WAKE)),
                assertThrows(BadValueException.class, () -> new WolCheck().checkValues(properties))}) {
            assertTrue(refused.getMessage(), refused.getMessage().startsWith(WolConfig.PID + ": " + message));
        }
    }

    @Test
    public void aBadPasswordIsNotShown() {
        BadValueException refused = assertThrows(BadValueException.class, () -> WolSettings.parseSettings(settings(Map.of("secureOnPassword", "tulips"))));
        assertTrue(refused.getMessage(), refused.getMessage().contains("six bytes") && !refused.getMessage().contains("tulips"));
    }

    @Test
    public void aMissingInterfaceIsReported() {
        IOException failure = assertThrows(IOException.class,
            () -> new WakeOnLan(settings(Map.of("interface", "none0"))).performAction(PowerAction.ON));
        assertEquals("The network interface none0 does not exist, is down or has no IPv4 address.", failure.getMessage());
    }

    @Test
    public void theStateIsUnknown() throws Exception {
        assertEquals(PowerCondition.UNKNOWN, createControl().readState().condition());
    }
}
