package org.catseye.launcher.options;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.catseye.launcher.refusal.StartRefusedException;
import org.junit.Test;

public class LaunchOptionsTest {

    private static LaunchOptions parse(Map<String, String> environment, String... arguments) throws StartRefusedException {
        return LaunchOptionsParser.parseArguments(arguments, environment);
    }

    private static void assertRefused(String expected, String... arguments) {
        String message = assertThrows(StartRefusedException.class, () -> parse(Map.of(), arguments)).getMessage();
        assertTrue(message, message.contains(expected));
    }

    @Test
    public void defaultsStartTheVirtualTargetOnLoopback() throws StartRefusedException {
        LaunchOptions options = parse(Map.of());
        assertEquals(8080, options.httpPort());
        assertEquals(OptionalInt.empty(), options.httpsPort());
        assertEquals("127.0.0.1", options.bindAddress());
        assertEquals("those that were switched on, or the default", List.of(), options.featureNames());
        assertEquals(Path.of(".home").toAbsolutePath(), options.homeFolder());
        assertTrue(options.adminPasswordFile().isEmpty());
    }

    @Test
    public void commandLineHasPrecedenceOverEnvironment() throws StartRefusedException {
        Map<String, String> environment = Map.of("CATSEYE_PORT", "1", "CATSEYE_HTTPS_PORT", "2", "CATSEYE_BIND", "0.0.0.0",
                "CATSEYE_FEATURES", " ms2109 , hid-gadget,", "CATSEYE_HOME", "/h", "CATSEYE_ADMIN_PASSWORD_FILE", "/p",
                        "CATSEYE_SAFE_MODE", "1");
        LaunchOptions fromEnvironment = parse(environment);
        assertEquals(new LaunchOptions(1, OptionalInt.of(2), "0.0.0.0", Path.of("/h"), List.of("ms2109", "hid-gadget"), true,
                java.util.Optional.of(Path.of("/p"))), fromEnvironment);
        LaunchOptions mixed = parse(environment, "--port", "0", "--feature=lkv373a", "--feature", "lkv373a", "--home=/other");
        assertEquals(0, mixed.httpPort());
        assertEquals(List.of("lkv373a"), mixed.featureNames());
        assertEquals(Path.of("/other"), mixed.homeFolder());
    }

    @Test
    public void reachableAddressGetsTlsUnlessItIsOff() throws StartRefusedException {
        for (String local : List.of("127.0.0.1", "127.9.9.9", "::1", "localhost")) {
            assertEquals(local, OptionalInt.empty(), parse(Map.of(), "--bind", local).httpsPort());
            assertTrue(local, parse(Map.of(), "--bind", local).isLocal());
        }
        for (String open : List.of("0.0.0.0", "::", "192.0.2.1", "kvm.example.org", "127.evil.example", "localhost.example")) {
            assertEquals(open, OptionalInt.of(8443), parse(Map.of("CATSEYE_BIND", open)).httpsPort());
            assertEquals(open, OptionalInt.of(443), parse(Map.of("CATSEYE_BIND", open, "CATSEYE_HTTPS_PORT", "443")).httpsPort());
            assertEquals(open, OptionalInt.empty(), parse(Map.of("CATSEYE_BIND", open), "--https-port", "off").httpsPort());
        }
        assertEquals(OptionalInt.of(0), parse(Map.of(), "--https-port", "0").httpsPort());
        assertEquals(OptionalInt.empty(), parse(Map.of(), "--https-port=off").httpsPort());
    }

    @Test
    public void urlWorksFromEveryMachineThatCanReachIt() throws StartRefusedException {
        assertEquals("http://localhost:8080", ListenAddress.formatUrl(parse(Map.of(), "--https-port", "8443")));
        assertEquals("http://127.0.0.2:80", ListenAddress.formatUrl(parse(Map.of(), "--bind", "127.0.0.2", "--port", "80")));
        assertEquals("https://192.0.2.1:8443", ListenAddress.formatUrl(parse(Map.of(), "--bind", "192.0.2.1")));
        assertEquals("https://[2001:db8::1]", ListenAddress.formatUrl(parse(Map.of(), "--bind", "2001:db8::1", "--https-port", "443")));
        assertEquals("http://192.0.2.1:8080", ListenAddress.formatUrl(parse(Map.of(), "--bind", "192.0.2.1", "--https-port", "off")));
        assertTrue(ListenAddress.formatUrl(parse(Map.of(), "--bind", "0.0.0.0")).matches("https://[^/:]+:8443"));
    }

    @Test
    public void zeroTakesFreePortsAndOnePortCannotServeBoth() throws Exception {
        LaunchOptions found = PortCheck.resolvePorts(parse(Map.of(), "--port", "0", "--https-port", "0"));
        assertTrue(found.httpPort() > 0 && found.httpsPort().getAsInt() > 0);
        String message = assertThrows(StartRefusedException.class,
                () -> PortCheck.resolvePorts(parse(Map.of(), "--port", "" + found.httpPort(), "--https-port", "" + found.httpPort())))
                        .getMessage();
        assertTrue(message, message.contains("--https-port"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertTrue(assertThrows(StartRefusedException.class, () -> PortCheck.resolvePorts(parse(Map.of(), "--port", "0",
                    "--https-port", port))).getMessage().endsWith("with --https-port"));
        }
    }

    @Test
    public void safeModeIsFlagOrVariable() throws StartRefusedException {
        assertTrue(parse(Map.of(), "--safe-mode", "--port", "1").safeMode());
        assertEquals(1, parse(Map.of(), "--safe-mode", "--port", "1").httpPort());
        for (String no : List.of("", "0", "off")) {
            assertFalse(parse(Map.of("CATSEYE_SAFE_MODE", no)).safeMode());
            assertTrue(parse(Map.of("CATSEYE_SAFE_MODE", no), "--safe-mode").safeMode());
        }
        String message = assertThrows(StartRefusedException.class, () -> parse(Map.of("CATSEYE_SAFE_MODE", "perhaps"))).getMessage();
        assertTrue(message, message.startsWith("CATSEYE_SAFE_MODE is 'perhaps'"));
    }

    @Test
    public void blankVariablesCountAsNotGiven() throws StartRefusedException {
        assertEquals(parse(Map.of()), parse(Map.of("CATSEYE_PORT", " ", "CATSEYE_FEATURES", ",", "CATSEYE_HTTPS_PORT", "")));
    }

    @Test
    public void invalidValuesAreReportedWithTheirSource() {
        assertRefused("unknown option '--prot'", "--prot", "1");
        assertRefused("--port needs a value", "--port");
        assertRefused("--port is '70000'", "--port", "70000");
        assertRefused("--https-port is 'no'", "--https-port=no");
        String message = assertThrows(StartRefusedException.class, () -> parse(Map.of("CATSEYE_PORT", "x"))).getMessage();
        assertTrue(message, message.startsWith("CATSEYE_PORT is 'x'"));
    }
}
