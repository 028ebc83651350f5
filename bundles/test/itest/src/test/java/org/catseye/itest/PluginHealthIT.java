package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catseye.itest.hostile.activation.SpinningComponent;
import org.catseye.itest.hostile.deaf.DeafDriver;
import org.catseye.itest.hostile.leaking.LeakingDriver;
import org.catseye.itest.hostile.logging.LoggingPlugin;
import org.catseye.itest.hostile.osgilog.OsgiLoggingPlugin;
import org.catseye.itest.hostile.printing.PrintingPlugin;
import org.catseye.itest.hostile.spinning.SpinningPlugin;
import org.catseye.itest.hostile.threads.ThreadsPlugin;
import org.catseye.itest.hostile.throwing.ThrowingDriver;
import org.junit.Test;

/**
 * Plug-ins that use too much, all at once, in the product as users start it: each ends as documented, with the reason, while the picture of another
 * target goes on. The limits are low, because the processor of a test is busy.
 */
public class PluginHealthIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LIMITS = "threads = 100\nlinesPerMinute = 100\nexceptionsPerMinute = 20\ngraceSeconds = 6\n";
    private static final String ANY_CPU = LIMITS + "cpuPercent = 100000\n";
    private static final String LITTLE_CPU = LIMITS + "cpuPercent = 1\n";
    private static final long PATIENCE_SECONDS = 240;
    private static final Pattern FRAMES = Pattern.compile("(?m)^catseye_video_frames_total\\{target=\"default\"} (\\d+)$");
    /** How each one ends, and the limit that it was over. */
    private static final Map<String, String> ENDS = Map.of("threads", "STILL_RUNNING threads", "logging", "STOPPED logLinesPerMinute",
        "osgilog", "STOPPED logLinesPerMinute",
        "printing", "STOPPED printedLinesPerMinute", "throwing", "STOPPED exceptionsPerMinute", "leaking", "STOPPED frameSlots");
    private static final Map<String, String> CPU_ENDS = Map.of("spinning", "STILL_RUNNING cpuPercentTenSeconds", "activation", "STILL_RUNNING cpuPercentTenSeconds");

    private Client owner;
    private Path folder;

    private static String id(String name) {
        return "org.example.health." + name;
    }

    private void install(String name, byte[] jar) throws IOException {
        Files.createDirectories(folder);
        Path draft = Files.write(folder.resolve(name + ".new"), jar);
        Files.move(draft, folder.resolve(name + ".jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private JsonNode find(String name) throws Exception {
        JsonNode all = JSON.readTree(owner.send("GET", "/api/v1/plugins", "").body());
        for (JsonNode plugin : all.path("plugins")) {
            if (plugin.get("id").asText().equals(id(name))) {
                return plugin;
            }
        }
        return JSON.createObjectNode();
    }

    private JsonNode awaitEnd(String name, String expected) throws Exception {
        String[] end = expected.split(" ");
        return Running.await(name + ": " + expected, () -> {
            JsonNode plugin = find(name);
            boolean ended = plugin.at("/health/condition").asText().equals(end[0]) && plugin.at("/health/exceeded").toString().contains('"' + end[1] + '"');
            return ended ? plugin : null;
        }, PATIENCE_SECONDS);
    }

    private void awaitEnds(Map<String, String> ends, Client.Socket video, Client.Socket control) throws Exception {
        for (Map.Entry<String, String> end : ends.entrySet()) {
            JsonNode plugin = awaitEnd(end.getKey(), end.getValue());
            assertFalse(plugin.toString(), plugin.at("/health/reason").asText().isEmpty());
            assertFalse("it stays disabled: " + plugin, plugin.get("enabled").asBoolean());
            assertEquals("only the one that hangs is not stopped: " + plugin, !end.getKey().equals("activation"), plugin.get("state").asText().equals("DISABLED"));
            awaitMoreFrames(video, control);
        }
        assertAuditLogHasReasons(ends);
    }

    private long countFrames() throws Exception {
        Matcher frames = FRAMES.matcher(owner.send("GET", "/metrics", "").body());
        assertTrue("the other target is there", frames.find());
        return Long.parseLong(frames.group(1));
    }

    /** A key changes the picture of the simulated computer. */
    private void awaitMoreFrames(Client.Socket video, Client.Socket control) throws Exception {
        long before = countFrames();
        Running.await("the picture of the other target goes on", () -> {
            control.say("{\"type\":\"key\",\"code\":\"KeyX\",\"down\":true}").say("{\"type\":\"key\",\"code\":\"KeyX\",\"down\":false}");
            return video.freshFrame();
        }, PATIENCE_SECONDS);
        assertTrue("frames are counted", countFrames() > before);
        assertTrue("nobody had to connect again", video.open() && control.open());
    }

    private static long countLines(Path home, String text) throws IOException {
        long count = 0;
        try (Stream<Path> files = Files.list(home.resolve("log"))) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("catseye.log")).toList()) {
                count += Files.readAllLines(file).stream().filter(line -> line.contains(text)).count();
            }
        }
        return count;
    }

    /** A test with the product running and a viewer who types. */
    private interface Check {
        void run(Started started, Client.Socket video, Client.Socket control) throws Exception;
    }

    private void runProduct(String limits, Check check) throws Exception {
        try (Started started = Started.claimed(Map.of("org.catseye.core.watchdog", limits))) {
            folder = started.home().resolve("deploy");
            owner = new Client(started.origin()).login(Product.PASSWORD);
            Running.await("the plug-ins", () -> owner.send("GET", "/api/v1/plugins", "").statusCode() == 200 ? true : null, PATIENCE_SECONDS);
            install("harmless", HostileJar.named(id("harmless"), "1.0.0", Map.of()));
            Client.Socket video = owner.socket("/api/v1/targets/default/video", "catseye.video.v1");
            Client.Socket control = owner.socket("/api/v1/targets/default/control", "catseye.control.v1");
            check.run(started, video, control);
            assertEquals("RUNNING OK", find("harmless").get("state").asText() + " " + find("harmless").at("/health/condition").asText());
            video.close();
            control.close();
        }
    }

    @Test
    public void floodsLeaksAndFailuresEndWithAReasonAndTheOthersGoOn() throws Exception {
        runProduct(ANY_CPU, (started, video, control) -> {
            install("deaf", HostileJar.plugin(id("deaf"), DeafDriver.class));
            install("leaking", HostileJar.plugin(id("leaking"), LeakingDriver.class));
            install("throwing", HostileJar.plugin(id("throwing"), ThrowingDriver.class));
            install("printing", HostileJar.plugin(id("printing"), PrintingPlugin.class));
            install("logging", HostileJar.plugin(id("logging"), LoggingPlugin.class));
            install("osgilog", HostileJar.plugin(id("osgilog"), OsgiLoggingPlugin.class));
            install("threads", HostileJar.plugin(id("threads"), ThreadsPlugin.class));
            awaitEnds(ENDS, video, control);
            assertTrue(find("logging").toString(), find("logging").at("/health/figures/droppedLogLines").asLong() > 0);
            assertTrue(find("printing").toString(), find("printing").at("/health/figures/droppedPrintedLines").asLong() > 0);
            long limit = 2 * (100 + 100 * PATIENCE_SECONDS / 60);
            long logged = countLines(started.home(), "flood-of-the-log");
            assertTrue("the log is bounded: " + logged + " of " + limit, logged <= limit);
            long printed = started.said().lines().filter(line -> line.contains("flood-of-the-")).count();
            assertTrue("the output is bounded: " + printed + " of " + limit, printed <= limit);
            assertDisabledDriverIsReported();
        });
    }

    @Test
    public void loopsThatCannotBeEndedAreReportedAndGetTheLowestPriority() throws Exception {
        runProduct(LITTLE_CPU, (started, video, control) -> {
            install("spinning", HostileJar.plugin(id("spinning"), SpinningPlugin.class));
            install("activation", HostileJar.component(id("activation"), SpinningComponent.class));
            awaitEnds(CPU_ENDS, video, control);
            Running.await("the lowest priority", () -> countLines(started.home(), "have got the lowest priority") >= CPU_ENDS.size() ? true : null, PATIENCE_SECONDS);
            String metrics = owner.send("GET", "/metrics", "").body();
            assertTrue(metrics, metrics.contains("catseye_plugin_condition{plugin=\"" + id("spinning") + "\",condition=\"STILL_RUNNING\"} 1"));
            assertFalse("what was removed and still runs is listed", awaitLeftover().at("/health/reason").asText().isEmpty());
            awaitMoreFrames(video, control);
        });
    }

    /** It uses little, so only a stop shows that it does not end. */
    private void assertDisabledDriverIsReported() throws Exception {
        assertEquals(find("deaf").toString(), "RUNNING OK", find("deaf").get("state").asText() + " " + find("deaf").at("/health/condition").asText());
        owner.send("PUT", "/api/v1/plugins/" + id("deaf"), "{\"enabled\":false}");
        JsonNode deaf = Running.await("the driver goes on", () -> find("deaf").at("/health/condition").asText().equals("STILL_RUNNING") ? find("deaf") : null, PATIENCE_SECONDS);
        assertTrue(deaf.toString(), deaf.at("/health/reason").asText().contains("Restart Catseye"));
    }

    private void assertAuditLogHasReasons(Map<String, String> ends) throws Exception {
        JsonNode entries = JSON.readTree(owner.send("GET", "/api/v1/audit", "").body());
        for (String name : ends.keySet()) {
            boolean found = false;
            for (JsonNode entry : entries) {
                found |= entry.get("action").asText().equals("plugin.stopped") && entry.at("/details/plugin").asText().equals(id(name))
                    && entry.at("/details/reason").asText().contains("limit");
            }
            assertTrue(name + " in " + entries, found);
        }
    }

    private JsonNode awaitLeftover() throws Exception {
        owner.send("DELETE", "/api/v1/plugins/" + id("spinning"), "");
        return Running.await("the removed one", () -> {
            for (JsonNode leftover : JSON.readTree(owner.send("GET", "/api/v1/plugins", "").body()).path("leftovers")) {
                if (leftover.get("id").asText().equals(id("spinning"))) {
                    return leftover;
                }
            }
            return null;
        }, PATIENCE_SECONDS);
    }
}
