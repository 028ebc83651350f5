package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A real QEMU with emulated processors: Catseye finds it, adds it with one click, and switches it. */
public class QemuIT {

    private static final String PROGRAM = "qemu-system-x86_64";
    private static final String ADD = "/api/v1/targets/default/checks/org.catseye.qemu.discovery/actions/add-";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private Process machine;
    private Client client;

    @Before
    public void startMachine() throws Exception {
        Assume.assumeTrue("QEMU is installed (qemu-system-x86)", Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, PROGRAM))));
        Path socket = folder.getRoot().toPath().resolve("web1.qmp");
        machine = new ProcessBuilder(PROGRAM, "-machine", "pc,accel=tcg", "-m", "32", "-nodefaults", "-no-user-config", "-display", "none", "-vga", "std",
                "-no-shutdown", "-S", "-qmp", "unix:" + socket + ",server=on,wait=off").inheritIO().start();
        Running.await("QEMU listens", () -> Files.exists(socket) ? true : null);
    }

    @After
    public void stopMachine() throws Exception {
        if (machine != null) {
            machine.destroyForcibly().waitFor();
        }
    }

    @Test
    public void aMachineIsFoundAddedAndSwitched() throws Exception {
        Map<String, String> configurations = Map.of("org.catseye.qemu.discovery", "folder = " + folder.getRoot());
        try (Started product = Started.claimed(configurations, "--feature", "virtual-target", "--feature", "qemu")) {
            client = new Client(product.origin()).login(Product.PASSWORD);
            Running.await("the machine is offered", () -> client.send("GET", "/api/v1/targets/default/checks", "").body().contains("Add web1") ? true : null);
            assertEquals("nothing is added by itself", 404, client.send("GET", "/api/v1/targets/web1/power", "").statusCode());

            HttpResponse<String> added = client.send("POST", ADD + "web1", "");
            assertEquals(added.body(), 204, added.statusCode());
            awaitPower("OFF");
            assertEquals(200, client.send("POST", "/api/v1/targets/web1/power", "{\"action\":\"on\"}").statusCode());
            awaitPower("ON");
            Running.await("the picture", () -> client.bytes("/api/v1/targets/web1/snapshot.jpeg").statusCode() == 200 ? true : null);
            String checks = client.send("GET", "/api/v1/targets/web1/checks", "").body();
            assertTrue(checks, checks.contains("It is running."));
            assertEquals("it is a target already", 404, client.send("POST", ADD + "web1", "").statusCode());

            machine.destroyForcibly().waitFor();
            Running.await("the reason", () -> awaitPower("UNKNOWN").get("reason").asText().startsWith("web1: The virtual machine is not running") ? true : null);
        }
    }

    private JsonNode awaitPower(String state) throws Exception {
        return Running.await("the power is " + state, () -> {
            HttpResponse<String> response = client.send("GET", "/api/v1/targets/web1/power", "");
            JsonNode json = response.statusCode() == 200 ? new ObjectMapper().readTree(response.body()) : null;
            return json != null && json.path("state").asText().equals(state) ? json : null;
        });
    }
}
