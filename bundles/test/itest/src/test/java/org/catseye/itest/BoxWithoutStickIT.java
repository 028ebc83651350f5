package org.catseye.itest;

import static org.junit.Assert.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.catseye.testkit.lkv.DatagramPacker;
import org.catseye.testkit.lkv.Lkv373aEmulator;
import org.catseye.testkit.lkv.Muxer;
import org.junit.Test;

/** The drivers of sticks and of HDMI-over-IP boxes serve one target, as after {@code --feature ms2109 --feature lkv373a}, and there is no stick. */
public class BoxWithoutStickIT {

    private Client client;

    @Test
    public void theBoxIsShownAndBothAreNamedWhenItIsSwitchedOff() throws Exception {
        InetSocketAddress address = freeAddress();
        Map<String, String> configurations = Map.of("org.catseye.capture.v4l2~stick", "device = /dev/video99",
            "org.catseye.capture.lkv373a~box", "interface = lo\ngroup =\nport = " + address.getPort() + "\nkind = lkv373a");
        try (Started product = Started.claimed(configurations, "--feature", "ms2109", "--feature", "lkv373a");
                Lkv373aEmulator box = new Lkv373aEmulator(address, new Muxer(), new DatagramPacker(3)).startSending(30)) {
            client = new Client(product.origin()).login(Product.PASSWORD);
            awaitVideo("\"state\":\"LIVE\"");
            box.setPower(false);
            String missing = awaitVideo("\"state\":\"NO_DEVICE\"");
            assertTrue(missing, missing.contains("HDMI stick: ") && missing.contains("HDMI-over-IP box: "));
            box.setPower(true);
            awaitVideo("\"state\":\"LIVE\"");
        }
    }

    private String awaitVideo(String part) throws Exception {
        return Running.await(part, () -> {
            String targets = client.send("GET", "/api/v1/targets", "").body();
            return targets.contains(part) ? targets : null;
        });
    }

    private static InetSocketAddress freeAddress() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }
}
