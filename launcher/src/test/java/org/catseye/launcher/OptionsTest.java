package org.catseye.launcher;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.Test;

public class OptionsTest {

    private static Options parse(Map<String, String> environment, String... arguments) throws Refusal {
        return Options.parse(arguments, environment);
    }

    private static void assertRefused(String message, String... arguments) {
        String told = assertThrows(Refusal.class, () -> parse(Map.of(), arguments)).getMessage();
        assertTrue(told, told.contains(message));
    }

    @Test
    public void withoutAnythingTheVirtualTargetStartsOnLoopback() throws Refusal {
        Options options = parse(Map.of());
        assertEquals(8080, options.port());
        assertEquals(OptionalInt.empty(), options.httpsPort());
        assertEquals("127.0.0.1", options.bind());
        assertEquals(List.of("virtual-target"), options.features());
        assertEquals(Path.of(".home").toAbsolutePath(), options.home());
        assertTrue(options.adminPasswordFile().isEmpty());
    }

    @Test
    public void theCommandLineWinsOverTheEnvironment() throws Refusal {
        Map<String, String> environment = Map.of("CATSEYE_PORT", "1", "CATSEYE_HTTPS_PORT", "2", "CATSEYE_BIND", "0.0.0.0",
                "CATSEYE_FEATURES", " ms2109 , hid-gadget,", "CATSEYE_HOME", "/h", "CATSEYE_ADMIN_PASSWORD_FILE", "/p");
        Options fromEnvironment = parse(environment);
        assertEquals(new Options(1, OptionalInt.of(2), "0.0.0.0", Path.of("/h"), List.of("ms2109", "hid-gadget"),
                java.util.Optional.of(Path.of("/p"))), fromEnvironment);
        Options mixed = parse(environment, "--port", "0", "--feature=lkv373a", "--feature", "lkv373a", "--home=/other");
        assertEquals(0, mixed.port());
        assertEquals(List.of("lkv373a"), mixed.features());
        assertEquals(Path.of("/other"), mixed.home());
    }

    @Test
    public void blankVariablesCountAsNotGiven() throws Refusal {
        assertEquals(parse(Map.of()), parse(Map.of("CATSEYE_PORT", " ", "CATSEYE_FEATURES", ",", "CATSEYE_HTTPS_PORT", "")));
    }

    @Test
    public void impossibleAnswersAreNamedWithTheirSource() {
        assertRefused("unknown option '--prot'", "--prot", "1");
        assertRefused("--port needs a value", "--port");
        assertRefused("--port is '70000'", "--port", "70000");
        assertRefused("--https-port is 'no'", "--https-port=no");
        String told = assertThrows(Refusal.class, () -> parse(Map.of("CATSEYE_PORT", "x"))).getMessage();
        assertTrue(told, told.startsWith("CATSEYE_PORT is 'x'"));
    }
}
