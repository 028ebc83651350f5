package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * A computer without a power control of its own: a packet over the network switches it on, and a smart plug (as Tasmota) switches it off
 * and reports its state. The virtual computer is another target of the same product, with its own buttons.
 */
public class PowerIT {

    private static final String POWER = "/api/v1/targets/bay1/power";
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int PACKET_BYTES = 102;

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private volatile boolean on;
    private HttpServer plug;
    private DatagramSocket card;
    private Client client;

    @Before
    public void startComputer() throws IOException {
        plug = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        plug.createContext("/cm", this::servePlug);
        plug.start();
        card = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        card.setSoTimeout(TIMEOUT_MILLIS);
    }

    @After
    public void stopComputer() {
        plug.stop(0);
        card.close();
    }

    private void servePlug(HttpExchange request) throws IOException {
        String command = request.getRequestURI().getQuery();
        if (!command.equals("cmnd=Power")) {
            commands.add(command);
            on = command.endsWith("On");
        }
        byte[] answer = (on ? "{\"POWER\":\"ON\"}" : "{\"POWER\":\"OFF\"}").getBytes(StandardCharsets.US_ASCII);
        request.sendResponseHeaders(200, answer.length);
        request.getResponseBody().write(answer);
        request.close();
    }

    @Test
    public void aPacketSwitchesOnAndAPlugSwitchesOff() throws Exception {
        Map<String, String> configurations = Map.of(
                "org.catseye.power.http~plug", "kvm.target = bay1\nkvm.label = Plug\npreset = tasmota\nactions = [\"off\"]\naddress = http://127.0.0.1:"
                        + plug.getAddress().getPort(),
                "org.catseye.power.wol~card", "kvm.target = bay1\nmac = 00:1a:2b:3c:4d:ff\naddress = 127.0.0.1\nport = " + card.getLocalPort());
        try (Started product = Started.claimed(configurations, "--feature", "virtual-target", "--feature", "wake-on-lan", "--feature", "power-http")) {
            client = new Client(product.origin()).login(Product.PASSWORD);
            JsonNode off = awaitState("OFF");
            assertEquals("[\"wake\",\"on\",\"off\",\"cycle\"]", off.get("actions").toString());
            assertEquals("Plug", off.get("source").asText());

            assertEquals(200, perform("on").statusCode());
            awaitPacket();
            awaitState("ON");
            assertEquals("the plug left it to the packet", List.of(), commands);

            assertEquals(200, perform("off").statusCode());
            assertEquals(List.of("cmnd=Power Off"), commands);
            awaitState("OFF");

            on = true;
            discardPackets();
            assertEquals("put together from both", 200, perform("cycle").statusCode());
            assertEquals(List.of("cmnd=Power Off", "cmnd=Power Off"), commands);
            awaitPacket();

            plug.stop(0);
            JsonNode unknown = awaitState("UNKNOWN");
            assertTrue(unknown.toString(), unknown.get("reason").asText().contains("cannot be reached"));
            HttpResponse<String> failed = perform("off");
            assertTrue(failed.body(), failed.statusCode() == 502 && failed.body().contains("power_failed"));

            String virtual = client.send("GET", "/api/v1/targets/default/power", "").body();
            assertTrue(virtual, virtual.contains("\"press\"") && virtual.contains("\"state\":\"ON\""));
        }
    }

    @Test
    public void aProgramInTheHomeSwitchesAndAWrongSettingIsAState() throws Exception {
        String program = Path.of(System.getProperty("catseye.itest.homes")).resolve("x").toString();
        Map<String, String> configurations = Map.of("org.catseye.power.script~relay", "kvm.target = bay1\nprogram = " + program,
                "org.catseye.power.snmp~outlet", "kvm.target = bay2\naddress = pdu 1",
                "org.catseye.power.snmp~silent", "kvm.target = bay3\naddress = 127.0.0.1\nuser = ann\nauthenticationPassword = green tulips"
                        + "\nprivacyPassword = blue tulips\nport = " + card.getLocalPort());
        try (Started product = Started.claimed(configurations, "--feature", "power-script", "--feature", "power-snmp")) {
            client = new Client(product.origin()).login(Product.PASSWORD);
            assertReason("bay1", "org.catseye.power.script~relay: program is '" + program + "'; it has to be the full path of a program in "
                    + product.home().resolve("scripts") + " or /etc/catseye/scripts");
            assertReason("bay2", "org.catseye.power.snmp~outlet: address is 'pdu 1'; it has to be the name or IP address of the PDU");
            assertTrue(awaitState("bay3", "UNKNOWN").get("reason").asText().contains("The PDU 127.0.0.1 does not answer."));

            Path scripts = Files.createDirectories(product.home().resolve("scripts"));
            Path relay = Files.writeString(scripts.resolve("relay"), "#!/bin/sh\ncd \"$(dirname \"$0\")\"\n"
                    + "case $1 in status) cat state ;; *) echo \"$1\" >state ;; esac\n");
            Files.setPosixFilePermissions(scripts, PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(relay, PosixFilePermissions.fromString("rwx------"));
            Files.writeString(scripts.resolve("state"), "off\n");
            Files.writeString(product.home().resolve("config/org.catseye.power.script~relay.cfg"), "kvm.target = bay1\nprogram = " + relay + "\n");
            awaitState("OFF");
            assertEquals(200, perform("on").statusCode());
            awaitState("ON");
            assertEquals("on", Files.readString(scripts.resolve("state")).strip());
        }
    }

    @Test
    public void aRelayBoardThatIsNotPluggedInIsAState() throws Exception {
        Map<String, String> configurations = Map.of("org.catseye.power.relay~button", "kvm.target = bay1\nuse = power-button\ndevice = /dev/hidraw977",
                "org.catseye.power.relay~wrong", "kvm.target = bay2\nboard = lcus\ndevice = /dev/sda");
        try (Started product = Started.claimed(configurations, "--feature", "power-relay")) {
            client = new Client(product.origin()).login(Product.PASSWORD);
            JsonNode missing = awaitState("UNKNOWN");
            assertEquals("USB relay: There is no device /dev/hidraw977: the relay board is not plugged in, or has another name.", missing.get("reason").asText());
            assertEquals("[\"press\",\"hold\"]", missing.get("actions").toString());
            HttpResponse<String> failed = perform("press");
            assertTrue(failed.body(), failed.statusCode() == 502 && failed.body().contains("There is no device /dev/hidraw977"));
            assertReason("bay2", "org.catseye.power.relay~wrong: device is '/dev/sda'; it has to be /dev/ttyUSB or /dev/ttyACM and a number");
        }
    }

    private void assertReason(String target, String reason) throws Exception {
        JsonNode state = awaitState(target, "UNKNOWN");
        assertTrue(state.toString(), state.get("reason").asText().contains(reason));
        assertEquals("[]", state.get("actions").toString());
    }

    private HttpResponse<String> perform(String action) throws Exception {
        return client.send("POST", POWER, "{\"action\":\"" + action + "\"}");
    }

    private JsonNode awaitState(String state) throws Exception {
        return awaitState("bay1", state);
    }

    private JsonNode awaitState(String target, String state) throws Exception {
        return Running.await("the power of " + target + " is " + state, () -> {
            HttpResponse<String> response = client.send("GET", "/api/v1/targets/" + target + "/power", "");
            JsonNode json = response.statusCode() == 200 ? new ObjectMapper().readTree(response.body()) : null;
            return json != null && json.get("state").asText().equals(state) ? json : null;
        });
    }

    /** The computer starts when its network card sees the packet. */
    private void awaitPacket() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[PACKET_BYTES + 1], PACKET_BYTES + 1);
        card.receive(packet);
        assertEquals(PACKET_BYTES, packet.getLength());
        on = true;
    }

    private void discardPackets() throws IOException {
        card.setSoTimeout(500);
        try {
            while (true) {
                card.receive(new DatagramPacket(new byte[1], 1));
            }
        } catch (SocketTimeoutException e) {
            card.setSoTimeout(TIMEOUT_MILLIS);
        }
    }
}
