package org.catseye.web.control;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Condition;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;
import org.catseye.video.Codec;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState;
import org.catseye.web.control.ControlBench.Line;
import org.catseye.web.control.ControlBench.Named;
import org.catseye.web.control.ControlBench.Video;
import org.junit.After;
import org.junit.Test;

/** The state messages that a viewer gets, and how often. */
public class StateMessageTest {

    private final ControlBench bench = new ControlBench();
    private final Line line = new Line("default", "admin");
    private final Video video = new Video();

    @After
    public void stop() {
        bench.handler.stop();
    }

    @Test
    public void theFirstStateIsComplete() {
        bench.access.granted = EnumSet.of(Permission.VIEW, Permission.CONTROL, Permission.POWER);
        FakeKeyboardHub hub = bench.plug(1, "default");
        hub.onOpen = session -> session.become(new HidState(Condition.OFFLINE, "the \"target\" sleeps", Set.of(Feature.KEYBOARD, Feature.LEDS)));
        live(29.97, 2);
        bench.handler.bindVideo(video, ControlBench.properties(2, "default"));
        bench.handler.bindTarget(new Named("default", "Rack 4"), ControlBench.properties(3, "default"));
        bench.handler.open(line);
        assertEquals(List.of("{\"type\":\"state\",\"target\":\"default\",\"label\":\"Rack 4\",\"video\":{\"state\":\"LIVE\",\"reason\":\"a picture\",\"misconfigured\":false,\"stale\":false,"
            + "\"width\":1280,\"height\":720,\"fps\":30.0,\"codec\":\"JPEG\",\"input\":\"\",\"inputWidth\":0,\"inputHeight\":0,\"viewers\":2},\"hid\":{\"state\":\"OFFLINE\",\"reason\":\"the \\\"target\\\" sleeps\","
            + "\"features\":[\"KEYBOARD\",\"LEDS\"]},\"user\":\"admin\",\"permissions\":[\"VIEW\",\"CONTROL\",\"POWER\"]}"), line.sent("state"));
        assertEquals(List.of("{\"type\":\"leds\",\"known\":false,\"numLock\":false,\"capsLock\":false,\"scrollLock\":false,\"compose\":false,\"kana\":false}"),
            line.sent("leds"));
    }

    @Test
    public void aViewerGetsTheTargetsThatExistAfterOpeningAndAfterEachChange() {
        bench.handler.bindTarget(new Named("default", "Rack 4"), ControlBench.properties(3, "default"));
        bench.handler.open(line);
        assertEquals("{\"type\":\"targets\",\"targets\":[{\"id\":\"default\",\"label\":\"Rack 4\"}]}", line.last("targets"));
        bench.handler.bindTarget(new Named("bay2", "Router"), ControlBench.properties(4, "bay2"));
        bench.handler.handleTick();
        assertEquals("{\"type\":\"targets\",\"targets\":[{\"id\":\"bay2\",\"label\":\"Router\"},{\"id\":\"default\",\"label\":\"Rack 4\"}]}", line.last("targets"));
        bench.handler.unbindTarget(ControlBench.properties(4, "bay2"));
        bench.handler.handleTick();
        bench.handler.handleTick();
        assertEquals("nothing twice", 3, line.sent("targets").size());
        bench.handler.unbindTarget(ControlBench.properties(3, "default"));
        bench.handler.handleTick();
        assertEquals("their bundle is being replaced", 3, line.sent("targets").size());
        bench.access.granted = EnumSet.noneOf(Permission.class);
        bench.handler.bindTarget(new Named("bay3", "secret"), ControlBench.properties(5, "bay3"));
        bench.handler.handleTick();
        assertEquals("{\"type\":\"targets\",\"targets\":[]}", line.last("targets"));
    }

    @Test
    public void theStateNamesMissingHubs() {
        bench.handler.open(line);
        String state = line.last("state");
        assertTrue(state, state.contains("\"label\":\"default\""));
        assertTrue(state, state.contains("\"video\":{\"state\":\"NO_DEVICE\",\"reason\":\"no video hub serves this target: its bundle is not started\",\"misconfigured\":false,\"stale\":false,\"width\":0"));
        assertTrue(state, state.contains("\"hid\":{\"state\":\"ABSENT\",\"reason\":\"no keyboard hub serves this target: its bundle is not started\",\"features\":[]}"));
    }

    @Test
    public void theSizeOfTheIncomingSignalIsSent() {
        video.state = new VideoState(VideoState.Condition.LIVE, "", false, Optional.of(new VideoFormat(Codec.JPEG, 1920, 1080)), 0, 0, 0, 0,
            IncomingSignal.ofPicture(Optional.of(new IncomingSignal.Timing(1024, 768, 60, false))));
        bench.handler.bindVideo(video, ControlBench.properties(2, "default"));
        bench.handler.open(line);
        assertTrue(line.last("state"), line.last("state").contains("\"input\":\"1024x768p at 60/s\",\"inputWidth\":1024,\"inputHeight\":768,"));
    }

    @Test
    public void aBadSettingIsReportedBesideOneOfTheFourStates() {
        video.state = new VideoState(VideoState.Condition.MISCONFIGURED, "x: width is 'abc'", Optional.empty(), 0, 0, 0, 0);
        bench.handler.bindVideo(video, ControlBench.properties(2, "default"));
        bench.handler.open(line);
        assertTrue(line.last("state"), line.last("state").contains("\"state\":\"CONNECTING\",\"reason\":\"x: width is 'abc'\",\"misconfigured\":true"));
    }

    @Test
    public void aFrozenLivePictureIsMarkedStale() {
        video.state = new VideoState(VideoState.Condition.LIVE, "Datagrams were lost.", true, Optional.of(new VideoFormat(Codec.H264, 1280, 720)), 0, 0, 0, 0,
            IncomingSignal.UNKNOWN);
        bench.handler.bindVideo(video, ControlBench.properties(2, "default"));
        bench.handler.open(line);
        assertTrue(line.last("state"), line.last("state").contains("\"state\":\"LIVE\",\"reason\":\"Datagrams were lost.\",\"misconfigured\":false,\"stale\":true"));
    }

    @Test
    public void aChangeIsSentOnceAndNothingIsRepeated() {
        bench.handler.bindVideo(video, ControlBench.properties(2, "default"));
        bench.handler.open(line);
        live(30, 1);
        for (int i = 0; i < 20; i++) {
            bench.pass(250);
        }
        assertEquals("at open, and as it went live", 2, line.sent("state").size());
        bench.handler.unbindVideo(ControlBench.properties(2, "default"));
        assertTrue(line.last("state"), line.last("state").contains("\"NO_DEVICE\",\"reason\":\"the video hub is being replaced\""));
    }

    @Test
    public void figuresAreSentAtMostOnceASecond() {
        bench.handler.bindVideo(video, ControlBench.properties(2, "default"));
        live(30, 1);
        bench.handler.open(line);
        for (int i = 1; i <= 40; i++) {
            live(30 + i, i);
            bench.pass(250);
        }
        int states = line.sent("state").size();
        assertTrue("10 s: " + states, states >= 10 && states <= 11);
    }

    @Test
    public void aRateThatHardlyChangesIsSentEveryTenSeconds() {
        bench.handler.bindVideo(video, ControlBench.properties(2, "default"));
        live(30, 1);
        bench.handler.open(line);
        for (int i = 1; i <= 80; i++) {
            live(i % 2 == 0 ? 30 : 29.3, 1);
            bench.pass(250);
        }
        int states = line.sent("state").size();
        assertTrue("20 s: " + states, states >= 2 && states <= 3);
        live(25, 1);
        bench.pass(1_000);
        assertTrue(line.last("state"), line.last("state").contains("\"fps\":25.0"));
    }

    @Test
    public void viewersAreToldAtOnceWhenThePictureStandsStill() {
        bench.handler.bindVideo(video, ControlBench.properties(2, "default"));
        live(30, 1);
        bench.handler.open(line);
        bench.pass(1_000);
        live(29, 1);
        bench.pass(250);
        live(1, 1);
        bench.pass(250);
        assertTrue(line.last("state"), line.last("state").contains("\"fps\":1.0"));
        live(30, 1);
        bench.pass(250);
        assertTrue(line.last("state"), line.last("state").contains("\"fps\":30.0"));
    }

    @Test
    public void lightsAndStateOfTheHubAreSentToAllViewersAtOnce() {
        bench.access.granted = EnumSet.of(Permission.VIEW);
        FakeKeyboardHub hub = bench.plug(1, "default");
        Line other = new Line("default", "eve");
        bench.handler.open(line);
        bench.handler.open(other);
        hub.last().light(Leds.fromReport(2));
        for (Line each : List.of(line, other)) {
            assertTrue(each.last("leds"), each.last("leds").contains("\"known\":true,\"numLock\":false,\"capsLock\":true"));
        }
        hub.last().become(new HidState(Condition.OFFLINE, "unplugged", Set.of()));
        assertTrue(other.last("state"), other.last("state").contains("\"reason\":\"unplugged\""));
        bench.unplug(hub, 1, "default");
        assertTrue("lights of a removed hub are unknown", other.last("leds").contains("\"known\":false"));
    }

    @Test
    public void aNewLabelIsSent() {
        Map<String, Object> properties = ControlBench.properties(3, "default");
        bench.handler.bindTarget(new Named("default", "old"), properties);
        bench.handler.open(line);
        bench.handler.bindTarget(new Named("default", "new"), properties);
        assertTrue(line.last("state"), line.last("state").contains("\"label\":\"new\""));
    }

    private void live(double fps, int viewers) {
        video.state = new VideoState(VideoState.Condition.LIVE, "a picture", Optional.of(new VideoFormat(Codec.JPEG, 1280, 720)), fps, viewers, 0, 0);
    }
}
