package org.catseye.power.wol;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catseye.power.PowerAction;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Real broadcasts in a network namespace of their own with two networks, 192.0.2.0/24 and 198.51.100.0/24: tcpdump captures what arrives
 * at the other end of each. There is no default route. Needs root.
 */
public class WakeOnLanBroadcastTest {

    private static final String NETWORKS = """
            set -e
            ip link set lo up
            for n in 1 2; do
              ip link add lan$n type veth peer name wire$n
              ip link set lan$n up
              ip link set wire$n up
            done
            ip addr add 192.0.2.1/24 dev lan1
            ip addr add 198.51.100.1/24 dev lan2
            """;
    private static final String CAPTURE = """
            for n in 1 2; do
              tcpdump --immediate-mode -U -n -i wire$n -w - udp port 9 >wire$n.pcap 2>wire$n.log &
              captures="$captures $!"
            done
            for n in 1 2; do
              for i in $(seq 100); do grep -q 'listening on' wire$n.log && break; sleep 0.1; done
            done
            "$@"
            sleep 0.5
            kill $captures
            wait $captures || true
            """;
    private static final long TIMEOUT_SECONDS = 60;
    private static final int PCAP_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET_IP_UDP = 14 + 20 + 8;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void requireNamespaces() throws Exception {
        Assume.assumeTrue("tcpdump and ip are installed", Files.isExecutable(Path.of("/usr/bin/tcpdump"))
            && (Files.isExecutable(Path.of("/usr/sbin/ip")) || Files.isExecutable(Path.of("/sbin/ip"))));
        Assume.assumeTrue("the test runs as root, and network namespaces with virtual networks can be created", run("isolated", NETWORKS) == 0);
    }

    @Test
    public void aBroadcastReachesAllNetworks() throws Exception {
        capture(Map.of());
        assertCaptured("wire1", "192.0.2.1", "255.255.255.255");
        assertCaptured("wire2", "198.51.100.1", "255.255.255.255");
    }

    @Test
    public void anInterfaceLimitsIt() throws Exception {
        capture(Map.of("interface", "lan2"));
        assertEquals(List.of(), readFrames("wire1"));
        assertCaptured("wire2", "198.51.100.1", "255.255.255.255");
    }

    @Test
    public void theBroadcastAddressOfANetworkReachesThatNetwork() throws Exception {
        capture(Map.of("address", "192.0.2.255"));
        assertCaptured("wire1", "192.0.2.1", "192.0.2.255");
        assertEquals(List.of(), readFrames("wire2"));
    }

    /** Each frame is an Ethernet broadcast with the packet as its payload. */
    private void assertCaptured(String wire, String from, String to) throws IOException {
        List<byte[]> frames = readFrames(wire);
        assertEquals(wire, PacketSender.COPIES, frames.size());
        for (byte[] frame : frames) {
            assertArrayEquals(new byte[] {-1, -1, -1, -1, -1, -1}, Arrays.copyOf(frame, 6));
            assertEquals(from, address(frame, 26));
            assertEquals(to, address(frame, 30));
            assertArrayEquals(WolSettings.parseSettings(Map.of("mac", SendPacket.MAC)).packet().toBytes(),
                Arrays.copyOfRange(frame, ETHERNET_IP_UDP, frame.length));
        }
    }

    private static String address(byte[] frame, int at) {
        return (frame[at] & 0xff) + "." + (frame[at + 1] & 0xff) + "." + (frame[at + 2] & 0xff) + "." + (frame[at + 3] & 0xff);
    }

    private List<byte[]> readFrames(String wire) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.getRoot().toPath().resolve(wire + ".pcap"))).order(ByteOrder.nativeOrder());
        List<byte[]> frames = new ArrayList<>();
        file.position(PCAP_HEADER);
        while (file.hasRemaining()) {
            byte[] frame = new byte[file.getInt(file.position() + 8)];
            file.position(file.position() + RECORD_HEADER);
            file.get(frame);
            frames.add(frame);
        }
        return frames;
    }

    private void capture(Map<String, String> settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
            System.getProperty("java.class.path"), SendPacket.class.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        int result = run("capture", NETWORKS + CAPTURE, command.toArray(String[]::new));
        assertEquals(Files.readString(folder.getRoot().toPath().resolve("output")), 0, result);
    }

    /** Runs a script in a namespace that ends with it. */
    private int run(String name, String script, String... arguments) throws Exception {
        Path output = folder.getRoot().toPath().resolve("output");
        List<String> command = new ArrayList<>(List.of("unshare", "--net", "sh", "-c", script, name));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.getRoot()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertTrue(Files.readString(output), ended);
        return process.exitValue();
    }

    /** The process in the namespace: wakes a computer with the settings in its arguments. */
    static final class SendPacket {

        static final String MAC = "00:1a:2b:3c:4d:ff";

        private SendPacket() {
        }

        public static void main(String[] arguments) throws Exception {
            Map<String, Object> settings = new HashMap<>(Map.of("mac", MAC));
            for (String argument : arguments) {
                settings.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
            }
            new WakeOnLan(settings).performAction(PowerAction.WAKE);
        }
    }
}
