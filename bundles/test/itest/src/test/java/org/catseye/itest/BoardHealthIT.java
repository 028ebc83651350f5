package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The whole product on the files of a Raspberry Pi: its weak power supply reaches the API, the metrics, the self-check and the log. */
public class BoardHealthIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOARD = "/api/v1/board";
    private static final String PID = "org.catseye.board.health";
    private static final String SENSOR = "sys/class/hwmon/hwmon1/";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void createBoard() throws IOException {
        write(SENSOR + "name", "rpi_volt");
        write(SENSOR + "in0_lcrit_alarm", "0");
        write("sys/class/thermal/thermal_zone0/type", "cpu-thermal");
        write("sys/class/thermal/thermal_zone0/temp", "48312");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.getRoot().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private static JsonNode awaitCondition(Client client, String id) throws Exception {
        return Running.await(id, () -> {
            for (JsonNode condition : JSON.readTree(client.send("GET", BOARD, "").body()).get("conditions")) {
                if (condition.get("id").textValue().equals(id)) {
                    return condition;
                }
            }
            return null;
        });
    }

    @Test
    public void underVoltageReachesTheApiTheMetricsTheSelfCheckAndTheLogOnce() throws Exception {
        Map<String, String> configurations = Map.of(PID, "root = " + folder.getRoot() + "\nintervalSeconds = 1");
        try (Started product = Started.claimed(configurations, "--feature", "virtual-target", "--feature", "board-health")) {
            Client client = new Client(product.origin()).login(Product.PASSWORD);
            JsonNode healthy = Running.await("the first reading", () -> {
                JsonNode board = JSON.readTree(client.send("GET", BOARD, "").body());
                return board.get("figures").has("temperature_celsius") ? board : null;
            });
            assertTrue(healthy.get("monitored").booleanValue());
            assertFalse(healthy.toString(), healthy.toString().contains("under-voltage"));
            assertEquals(48.312, healthy.at("/figures/temperature_celsius").doubleValue(), 0.001);

            write(SENSOR + "in0_lcrit_alarm", "1");
            JsonNode condition = awaitCondition(client, "under-voltage");
            assertEquals("CRITICAL", condition.get("severity").textValue());
            assertTrue(condition.toString(), Pattern.matches("Under-voltage since \\d\\d:\\d\\d: the power supply is too weak\\.", condition.get("description").textValue()));
            assertTrue(condition.toString(), condition.get("remedy").textValue().startsWith("Use the supply made for this board"));

            String metrics = client.send("GET", "/metrics", "").body();
            assertTrue(metrics, metrics.contains("\ncatseye_board_condition{id=\"under-voltage\",severity=\"CRITICAL\"} 1\n"));
            assertTrue(metrics, metrics.contains("\ncatseye_board_temperature_celsius 48.312\n"));
            String checks = client.send("GET", "/api/v1/targets/default/checks", "").body();
            assertTrue(checks, checks.contains("\"id\":\"" + PID + "\",\"title\":\"The board that Catseye runs on\""));
            assertTrue(checks, checks.contains(condition.get("description").textValue()) && checks.contains(condition.get("remedy").textValue()));
            assertEquals("the contract of the health end point stays", 200, client.send("GET", "/api/v1/health", "").statusCode());
            assertFalse(client.send("GET", "/api/v1/health", "").body().contains("voltage"));

            awaitReadings(client);
            String log = Files.readString(product.home().resolve("log/catseye.log"));
            assertEquals("once: " + log, 1, log.split("Board: Under-voltage since", -1).length - 1);
        }
    }

    /** Until the sensor was read several times more: the temperature changes with each file that is written. */
    private void awaitReadings(Client client) throws Exception {
        for (int milli = 50_000; milli <= 52_000; milli += 1000) {
            write("sys/class/thermal/thermal_zone0/temp", Integer.toString(milli));
            double expected = milli / 1000.0;
            Running.await("the next reading", () -> JSON.readTree(client.send("GET", BOARD, "").body()).at("/figures/temperature_celsius").doubleValue() == expected ? true : null);
        }
    }

    @Test
    public void withoutTheFeatureNothingIsMonitored() throws Exception {
        try (Started product = Started.claimed(Map.of(), "--feature", "virtual-target")) {
            Client client = new Client(product.origin()).login(Product.PASSWORD);
            assertEquals("{\"monitored\":false,\"conditions\":[],\"figures\":{}}", client.send("GET", BOARD, "").body());
            assertFalse(client.send("GET", "/metrics", "").body().contains("catseye_board"));
        }
    }
}
