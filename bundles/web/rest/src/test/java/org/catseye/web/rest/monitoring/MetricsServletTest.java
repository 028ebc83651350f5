package org.catseye.web.rest.monitoring;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Feature;
import org.catseye.plugins.health.BundleHealth;
import org.catseye.plugins.health.HealthCondition;
import org.catseye.plugins.health.HealthFigure;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.Endpoints;
import org.junit.Before;
import org.junit.Test;

public class MetricsServletTest {

    private final Wired wired = new Wired();
    private Session ann;

    @Before
    public void connectTargets() {
        ann = wired.access.open("t", "ann");
        wired.access.allow(ann, Permission.VIEW, "bay1");
        wired.addHub(1, "bay1", Wired.live(1280));
        wired.addHub(2, "secret", Wired.live(640));
        wired.addHands(3, "bay1", new HidState(HidState.Condition.READY, "Listens.", Set.of(Feature.LEDS, Feature.KEYBOARD)));
    }

    @Test
    public void metricsHaveTheFormThatPrometheusReads() throws IOException {
        FakeExchange exchange = new FakeExchange("GET", Endpoints.METRICS).attribute(WebContext.SESSION, ann);
        new MetricsServlet(wired.targets, new CurrentBoard(), new BundleMetrics()).service(exchange.request(), exchange.response());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", exchange.sent("Content-Type"));
        String text = exchange.text();
        for (String line : text.split("\n")) {
            assertTrue(line, line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? -?[0-9]+(\\.[0-9]+)?"));
        }
        assertEquals("a name is described once", Arrays.stream(text.split("\n")).filter(line -> line.startsWith("# TYPE")).distinct().count(),
                Arrays.stream(text.split("\n")).filter(line -> line.startsWith("# TYPE")).count());
        for (String expected : new String[] {"catseye_video_fps{target=\"bay1\"} 29.951", "catseye_video_frames_total{target=\"bay1\"} 1234",
            "catseye_video_lost_total{target=\"bay1\"} 5", "catseye_video_viewers{target=\"bay1\"} 2",
            "catseye_video_bytes_total{target=\"bay1\"} 98765", "catseye_video_delivered_frames_total{target=\"bay1\"} 700",
            "catseye_video_delivered_bytes_total{target=\"bay1\"} 54321", "catseye_video_skipped_total{target=\"bay1\"} 11",
            "catseye_video_encoder_viewers{target=\"bay1\",quality=\"slow\",codec=\"jpeg\",encoder=\"Catseye (JPEG)\"} 1",
            "catseye_video_encoder_frames_total{target=\"bay1\",quality=\"slow\",codec=\"jpeg\",encoder=\"Catseye (JPEG)\"} 60",
            "catseye_video_encoder_bytes_total{target=\"bay1\",quality=\"slow\",codec=\"jpeg\",encoder=\"Catseye (JPEG)\"} 4000",
            "catseye_video_encoder_cpu_seconds_total{target=\"bay1\",quality=\"slow\",codec=\"jpeg\",encoder=\"Catseye (JPEG)\"} 0.250",
            "catseye_video_condition{target=\"bay1\",condition=\"LIVE\"} 1",
            "catseye_video_condition{target=\"bay1\",condition=\"NO_DEVICE\"} 0", "catseye_hid_condition{target=\"bay1\",condition=\"READY\"} 1",
            "jvm_memory_used_bytes{area=\"heap\"} ", "jvm_buffer_pool_used_bytes{pool=\"direct\"} ", "process_uptime_seconds ", "jvm_threads_current ", "process_resident_memory_bytes "}) {
            assertTrue(expected + " in\n" + text, text.contains(expected));
        }
        assertFalse(text.contains("secret"));
    }

    @Test
    public void bundlesAreReportedWithBoundedLabels() throws IOException {
        BundleMetrics bundles = new BundleMetrics();
        bundles.watchdog = () -> IntStream.range(0, 300).mapToObj(i -> new BundleHealth("b" + i + "x".repeat(200), i == 0, HealthCondition.OVER_LIMIT, Optional.of(Instant.EPOCH),
            "It is over a limit.", List.of(), Map.of(HealthFigure.THREADS, 5000.0))).toList();
        String text = readMetrics(bundles);
        String name = "b0" + "x".repeat(98);
        assertTrue(text, text.contains("catseye_bundle_threads{bundle=\"" + name + "\",kind=\"plugin\"} 5000\n"));
        assertTrue(text, text.contains("catseye_plugin_condition{plugin=\"" + name + "\",condition=\"OVER_LIMIT\"} 1\n"));
        assertEquals("bundles", 200, text.lines().filter(line -> line.startsWith("catseye_bundle_threads{")).count());
        assertFalse("what is unknown is missing", text.contains("catseye_bundle_frame_bytes{"));
        assertFalse("nobody measures", readMetrics(new BundleMetrics()).contains("catseye_bundle"));
    }

    private String readMetrics(BundleMetrics bundles) throws IOException {
        FakeExchange exchange = new FakeExchange("GET", Endpoints.METRICS).attribute(WebContext.SESSION, ann);
        new MetricsServlet(wired.targets, new CurrentBoard(), bundles).service(exchange.request(), exchange.response());
        return exchange.text();
    }

    @Test
    public void labelsCannotBreakOutOfTheirQuotes() {
        PrometheusText text = new PrometheusText();
        text.addValue("x", 1, "target", "a\"b\\c\nd");
        assertEquals("x{target=\"a\\\"b\\\\c\\nd\"} 1\n", text.toString());
    }
}
