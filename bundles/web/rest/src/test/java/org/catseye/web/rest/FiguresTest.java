package org.catseye.web.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Feature;
import org.catseye.targets.Target;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.video.VideoState;
import org.catseye.web.WebContext;
import org.catseye.web.rest.route.ApiServlet;
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
        wired.targets.addInput(Wired.reference(3, "bay1"), wired.hands(new HidState(HidState.Condition.READY, "Listens.", Set.of(Feature.LEDS, Feature.KEYBOARD))));
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

    /** An open page keeps the keyboard hub of a target whose devices are gone. */
    @Test
    public void aTargetThatNoLongerExistsIsNotListed() throws IOException {
        wired.access.allow(ann, Permission.VIEW, "gone");
        wired.targets.addInput(Wired.reference(7, "gone"), wired.hands(new HidState(HidState.Condition.ABSENT, "No device.", Set.of())));
        assertEquals(List.of("bay1", "bay3"), list().findValuesAsText("id"));
    }

    @Test
    public void theTargetsOneMaySeeAreListedAndNoOthers() throws IOException {
        assertEquals("[{\"id\":\"bay1\",\"label\":\"Rack 3\","
                + "\"video\":{\"state\":\"LIVE\",\"reason\":\"There is a picture.\",\"misconfigured\":false,\"stale\":false,\"width\":1280,\"height\":720,\"codec\":\"JPEG\",\"sound\":null,\"input\":null,\"fps\":30.0,\"viewers\":2},"
                + "\"hid\":{\"state\":\"READY\",\"reason\":\"Listens.\",\"features\":[\"KEYBOARD\",\"LEDS\"]}},"
                + "{\"id\":\"bay3\",\"label\":\"bay3\","
                + "\"video\":{\"state\":\"NO_DEVICE\",\"reason\":\"No video hub currently serves this target.\",\"misconfigured\":false,\"stale\":false,\"width\":null,\"height\":null,\"codec\":null,\"sound\":null,\"input\":null,\"fps\":0.0,\"viewers\":0},"
                + "\"hid\":{\"state\":\"ABSENT\",\"reason\":\"No hub currently serves the keyboard and mouse of this target.\",\"features\":[]}}]", list().toString());
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
}
