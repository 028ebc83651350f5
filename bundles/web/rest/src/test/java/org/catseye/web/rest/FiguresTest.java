package org.catseye.web.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.DeviceUsers;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Feature;
import org.catseye.targets.Target;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.video.VideoState;
import org.catseye.web.WebContext;
import org.junit.Before;
import org.junit.Test;

public class FiguresTest {

    private final Wired wired = new Wired();
    private Session ann;

    @Before
    public void wire() {
        ann = wired.access.open("t", "ann");
        wired.access.allow(ann, Permission.VIEW, "bay1");
        wired.access.allow(ann, Permission.VIEW, "bay3");
        wired.targets.addHub(Wired.reference(1, "bay1"), Wired.hub(Wired.live(1280)));
        wired.targets.addHub(Wired.reference(2, "secret"), Wired.hub(Wired.live(640)));
        wired.targets.addHands(Wired.reference(3, "bay1"), wired.hands(new HidState(HidState.Condition.READY, "Listens.", Set.of(Feature.LEDS, Feature.KEYBOARD))));
        wired.targets.addTarget(Wired.reference(4, "bay1"), target("bay1", "Rack 3"));
        wired.targets.addTarget(Wired.reference(5, "bay3"), target("bay3", "bay3"));
    }

    private static Target target(String id, String label) {
        return new Target() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String label() {
                return label;
            }

            @Override
            public Set<Capability> presentCapabilities() {
                return Set.of();
            }
        };
    }

    private FakeExchange get(ApiServlet servlet) throws IOException {
        FakeExchange exchange = new FakeExchange("GET", "/").attribute(WebContext.SESSION, ann);
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    private JsonNode list() throws IOException {
        return ApiServlet.JSON.readTree(get(new TargetsServlet(wired.targets)).bytes());
    }

    @Test
    public void theTargetsOneMaySeeAreListedAndNoOthers() throws IOException {
        assertEquals("[{\"id\":\"bay1\",\"label\":\"Rack 3\","
                + "\"video\":{\"state\":\"LIVE\",\"reason\":\"There is a picture.\",\"misconfigured\":false,\"stale\":false,\"width\":1280,\"height\":720,\"codec\":\"JPEG\",\"sound\":null,\"input\":null,\"fps\":30.0,\"viewers\":2},"
                + "\"hid\":{\"state\":\"READY\",\"reason\":\"Listens.\",\"features\":[\"KEYBOARD\",\"LEDS\"]}},"
                + "{\"id\":\"bay3\",\"label\":\"bay3\","
                + "\"video\":{\"state\":\"NO_DEVICE\",\"reason\":\"Nothing serves the picture of this target just now.\",\"misconfigured\":false,\"stale\":false,\"width\":null,\"height\":null,\"codec\":null,\"sound\":null,\"input\":null,\"fps\":0.0,\"viewers\":0},"
                + "\"hid\":{\"state\":\"ABSENT\",\"reason\":\"Nothing serves keyboard and mouse of this target just now.\",\"features\":[]}}]", list().toString());
        assertEquals("each hand was given back", 0, wired.handsOut);
    }

    @Test
    public void aLivePictureThatStandsStillIsMarkedStale() throws IOException {
        VideoState live = Wired.live(1920);
        wired.targets.addHub(Wired.reference(9, "bay1"), Wired.hub(new VideoState(live.condition(), "Datagrams were lost.", true, live.format(), 0, 2, 1, 1, live.incoming())));
        assertTrue(list().at("/0/video/stale").booleanValue());
        assertEquals("LIVE", list().at("/0/video/state").textValue());
    }

    @Test
    public void aBetterHubTakesOverAndTheOldOneLeavingLaterChangesNothing() throws IOException {
        wired.targets.addHub(Wired.reference(9, "bay1"), Wired.hub(Wired.live(1920)));
        assertEquals(1920, list().at("/0/video/width").intValue());
        wired.targets.removeHub(Wired.reference(1, "bay1"));
        assertEquals(1920, list().at("/0/video/width").intValue());
        wired.targets.removeHub(Wired.reference(9, "bay1"));
        assertEquals("NO_DEVICE", list().at("/0/video/state").textValue());
    }

    @Test
    public void figuresHaveTheFormThatPrometheusReads() throws IOException {
        FakeExchange exchange = get(new MetricsServlet(wired.targets));
        assertEquals("text/plain; version=0.0.4; charset=utf-8", exchange.sent("Content-Type"));
        String text = exchange.text();
        for (String line : text.split("\n")) {
            assertTrue(line, line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? -?[0-9]+(\\.[0-9]+)?"));
        }
        assertEquals("a name is described once", Arrays.stream(text.split("\n")).filter(line -> line.startsWith("# TYPE")).distinct().count(),
                Arrays.stream(text.split("\n")).filter(line -> line.startsWith("# TYPE")).count());
        for (String expected : new String[] {"catseye_video_fps{target=\"bay1\"} 29.951", "catseye_video_frames_total{target=\"bay1\"} 1234",
            "catseye_video_lost_total{target=\"bay1\"} 5", "catseye_video_viewers{target=\"bay1\"} 2", "catseye_video_condition{target=\"bay1\",condition=\"LIVE\"} 1",
            "catseye_video_condition{target=\"bay1\",condition=\"NO_DEVICE\"} 0", "catseye_hid_condition{target=\"bay1\",condition=\"READY\"} 1",
            "jvm_memory_used_bytes{area=\"heap\"} ", "jvm_buffer_pool_used_bytes{pool=\"direct\"} ", "process_uptime_seconds ", "jvm_threads_current ", "process_resident_memory_bytes "}) {
            assertTrue(expected + " in\n" + text, text.contains(expected));
        }
        assertFalse(text.contains("secret"));
    }

    @Test
    public void labelsCannotBreakOutOfTheirQuotes() {
        PrometheusText text = new PrometheusText();
        text.value("x", 1, "target", "a\"b\\c\nd");
        assertEquals("x{target=\"a\\\"b\\\\c\\nd\"} 1\n", text.toString());
    }

    private static DeviceUsers deviceUsers(Answer answer) {
        return (DeviceUsers) Proxy.newProxyInstance(DeviceUsers.class.getClassLoader(), new Class<?>[] {DeviceUsers.class},
                (proxy, method, arguments) -> method.getName().equals("check") ? answer : method.invoke(answer, arguments));
    }

    @Test
    public void healthIsGoodOnlyWhenTheEssentialPartsAreThere() throws IOException {
        HealthServlet health = new HealthServlet("1.2.3", wired.targets);
        FakeExchange nothing = get(health);
        assertEquals(503, nothing.status());
        assertEquals("{\"status\":\"incomplete\",\"version\":\"1.2.3\",\"missing\":[\"users who can log in\",\"the video hub of the target default\",\"the control channel\",\"the console page\"]}",
                nothing.text());
        wired.targets.addHub(Wired.reference(7, Target.DEFAULT), Wired.hub(Wired.live(640)));
        health.control(Wired.reference(8, Map.of()));
        assertTrue(get(health).text(), get(health).text().endsWith("\"missing\":[\"users who can log in\",\"the console page\"]}"));
        health.page(Wired.reference(9, Map.of()));
        assertEquals("{\"status\":\"incomplete\",\"version\":\"1.2.3\",\"missing\":[\"users who can log in\"]}", get(health).text());
        health.addAuthenticator(deviceUsers(new Answer.Unavailable("torn")));
        assertEquals("{\"status\":\"incomplete\",\"version\":\"1.2.3\",\"missing\":[\"users who can log in\"]}", get(health).text());
        health.addAuthenticator(deviceUsers(new Answer.NotMine()));
        FakeExchange good = get(health);
        assertEquals(200, good.status());
        assertEquals("{\"status\":\"ok\",\"version\":\"1.2.3\"}", good.text());
    }
}
