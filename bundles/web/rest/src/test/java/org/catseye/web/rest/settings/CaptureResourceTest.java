package org.catseye.web.rest.settings;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.config.BadValueException;
import org.catseye.settings.SettingsAdministration;
import org.catseye.settings.SettingsException;
import org.catseye.settings.SettingsException.Reason;
import org.catseye.settings.SettingsField;
import org.catseye.settings.SettingsField.Kind;
import org.catseye.settings.SettingsForm;
import org.catseye.settings.SettingsForm.Configured;
import org.catseye.settings.SettingsState;
import org.catseye.targets.Target;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.video.IncomingSignal.Timing;
import org.catseye.video.device.CaptureSettings;
import org.catseye.video.device.DeviceControl;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.device.DeviceSettings.Configuration;
import org.catseye.video.device.EdidDescription;
import org.catseye.video.device.EdidSettings;
import org.catseye.video.device.PictureModes;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.dispatch.Dispatchers;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Constants;

public class CaptureResourceTest {

    private static final String FORM = "org.example.stick";
    private static final String PID = FORM + "~bay1";
    private static final SettingsField BRIGHTNESS = new SettingsField("brightness", "Brightness", "", Kind.TEXT, false, List.of(), Optional.empty(), Optional.empty(), List.of(), false);
    private static final SettingsField TARGET = new SettingsField("kvm.target", "Target", "", Kind.TEXT, false, List.of(), Optional.empty(), Optional.empty(), List.of(), false);

    private final Wired wired = new Wired();
    private final Recorder<SettingsAdministration> settings = new Recorder<>(SettingsAdministration.class);
    private final FakeAudit audit = new FakeAudit();
    private final CaptureResource resource = new CaptureResource(settings.service, audit);
    private final Session admin = wired.access.open("t", "ann");
    private final List<String> checked = new ArrayList<>();
    private DeviceSettings device;
    private IOException mistake;

    @Before
    public void connect() {
        wired.access.allow(admin, Permission.ADMIN, "bay1");
        wired.addHub(1, "bay1", Wired.live(640));
        SettingsState state = new SettingsState(
                new SettingsForm(FORM, "Stick", "", SettingsForm.Group.COMPUTERS, "org.example", true, false, true, Optional.empty(), List.of(TARGET, BRIGHTNESS), List.of()),
                new Configured(PID, "Stick", Optional.of("bay1"), true, Optional.empty()), "stick.cfg", Optional.empty(),
                Map.of("brightness", List.of("7"), "kvm.target", List.of("bay1")), Set.of(), Map.of(), "v1");
        settings.answers.putAll(Map.of("readState", state, "saveValues", state, "addConfiguration", state));
        resource.bindDevice(new CaptureSettings() {
            @Override
            public DeviceSettings readSettings() {
                return device;
            }

            @Override
            public void checkValues(Map<String, String> values) throws IOException {
                checked.add(new TreeMap<>(values).toString());
                if (mistake != null) {
                    throw mistake;
                }
            }
        }, Map.of(Target.ID, "bay1", Constants.SERVICE_ID, 1L));
        device = describe(Optional.of(PID));
    }

    private static DeviceSettings describe(Optional<String> pid) {
        Timing hd = new Timing(1280, 720, 59.9401, false);
        return new DeviceSettings("/dev/video0", Optional.of(new Configuration(FORM, pid, pid.isPresent() ? Map.of() : Map.of("kvm.target", "bay1", "device", "1-1.3"), List.of("brightness"))),
                List.of(new DeviceControl("brightness", -128, 127, 1, -11, OptionalInt.of(7), "")),
                Optional.of(new PictureModes("width", "height", "rate", List.of(new PictureModes.Size(1280, 720, List.of(60.0, 29.97003))))), Optional.of(hd),
                Optional.of(new EdidSettings("edid", List.of("1280x720p60"), Optional.of(new EdidDescription("00ff", "1.4", "CAT", 1, "Catseye", "", 2026, Optional.of(hd), List.of(hd),
                        List.of(200), true, false)), "")), "");
    }

    private FakeExchange ask(String method, String body, String... header) throws IOException {
        FakeExchange exchange = wired.exchange(method, "/api/v1/targets/bay1/capture", admin);
        if (header.length > 0) {
            exchange.header(header[0], header[1]);
        }
        if (!body.isEmpty()) {
            exchange.body("application/json", body);
        }
        Dispatchers.withResource(wired, "capture", resource).service(exchange.request(), exchange.response());
        return exchange;
    }

    private static JsonNode json(FakeExchange exchange) throws IOException {
        return ApiServlet.JSON.readTree(exchange.text());
    }

    @Test
    public void theDeviceComesWithItsLimitsAndOnlyItsOwnSettings() throws IOException {
        FakeExchange answer = ask("GET", "");
        assertEquals("\"v1\"", answer.sent("ETag"));
        JsonNode content = json(answer);
        assertEquals("[{\"key\":\"brightness\",\"min\":-128,\"max\":127,\"step\":1,\"default\":-11,\"current\":7}]", content.get("controls").toString());
        assertEquals("{\"widthKey\":\"width\",\"heightKey\":\"height\",\"rateKey\":\"rate\",\"sizes\":[{\"width\":1280,\"height\":720,\"rates\":[60.0,29.97]}]}", content.get("modes").toString());
        assertEquals("{\"width\":1280,\"height\":720,\"fps\":59.94,\"interlaced\":false}", content.get("incoming").toString());
        assertEquals("Catseye", content.at("/edid/current/name").textValue());
        assertEquals("[200]", content.at("/edid/current/unknownCodes").toString());
        assertTrue(content.get("configured").booleanValue());
        assertEquals("the target of a device is no business of its user", 1, content.at("/settings/fields").size());
        assertEquals("7", content.at("/settings/fields/0/value").textValue());
        assertFalse(content.has("problem"));
    }

    @Test
    public void withoutADeviceThereIsAReason() throws IOException {
        device = DeviceSettings.nothingToAdjust("Screen", "This device has nothing to adjust.");
        JsonNode content = json(ask("GET", ""));
        assertEquals("This device has nothing to adjust.", content.get("problem").textValue());
        assertFalse(content.has("settings"));
        FakeExchange refused = ask("PUT", "{\"values\":{\"brightness\":1}}");
        assertEquals(409, refused.status());
        assertEquals("nothing_to_adjust", json(refused).at("/error/code").textValue());
        resource.unbindDevice(Map.of(Target.ID, "bay1", Constants.SERVICE_ID, 1L));
        assertEquals("This computer has no capture device now.", json(ask("GET", "")).get("problem").textValue());
    }

    @Test
    public void aChangeIsCheckedByTheDeviceThenSavedAndRecorded() throws IOException {
        FakeExchange saved = ask("PUT", "{\"values\":{\"brightness\":-3}}", "If-Match", "\"v1\"");
        assertEquals(saved.text(), 200, saved.status());
        assertEquals("with the values that stay", List.of("{brightness=-3, kvm.target=bay1}"), checked);
        assertTrue(settings.calls.toString(), settings.calls.contains("saveValues " + PID + " {brightness=Optional[[-3]]} Optional[v1]"));
        assertEquals(1, audit.actions().size());
        assertTrue(audit.lines().toString(), audit.lines().get(0).contains("settings.changed"));
        assertFalse("never a value", audit.lines().toString().contains("-3"));
        assertEquals("\"v1\"", saved.sent("ETag"));
    }

    @Test
    public void theFirstChangeOfADeviceWithoutConfigurationAddsOne() throws IOException {
        device = describe(Optional.empty());
        FakeExchange saved = ask("PUT", "{\"values\":{\"brightness\":\"5\"}}");
        assertEquals(saved.text(), 200, saved.status());
        String call = settings.calls.stream().filter(each -> each.startsWith("addConfiguration")).findFirst().orElseThrow();
        for (String part : List.of(FORM + " bay1 ", "brightness=Optional[[5]]", "kvm.target=Optional[[bay1]]", "device=Optional[[1-1.3]]")) {
            assertTrue(call, call.contains(part));
        }
        assertTrue("the new configuration, even while the device has not adopted it", json(saved).get("configured").booleanValue());
    }

    @Test
    public void anotherSettingOfTheFormCannotBeChangedHere() throws IOException {
        FakeExchange refused = ask("PUT", "{\"values\":{\"kvm.target\":\"bay2\"}}");
        assertEquals(400, refused.status());
        assertTrue(refused.text(), json(refused).at("/error/fields/kvm.target").textValue().contains("brightness"));
        assertEquals(List.of(), checked);
        assertTrue("nothing was saved", settings.calls.stream().noneMatch(call -> call.startsWith("saveValues")));
    }

    @Test
    public void aRefusedValueIsReportedAtItsField() throws IOException {
        mistake = new BadValueException(PID, "brightness", 999, "-128 to 127 for this device");
        FakeExchange refused = ask("PUT", "{\"values\":{\"brightness\":999}}");
        assertEquals(400, refused.status());
        assertEquals("It has to be -128 to 127 for this device.", json(refused).at("/error/fields/brightness").textValue());
        mistake = new IOException("VIDIOC_QUERYCTRL failed");
        assertEquals(502, ask("PUT", "{\"values\":{\"brightness\":1}}").status());
        mistake = null;
        settings.refusal = new SettingsException(Reason.CHANGED, "Changed.");
        assertEquals(409, ask("PUT", "{\"values\":{\"brightness\":1}}").status());
        assertTrue(audit.lines().toString(), audit.lines().toString().contains("settings.refused"));
    }

    @Test
    public void aTargetsAdministratorMustHaveProvedWhoTheyAre() {
        assertEquals(Permission.ADMIN, resource.requiredPermission("GET", ""));
        assertEquals(Permission.ADMIN, resource.requiredPermission("PUT", ""));
        assertTrue(resource.requiresProof("PUT", ""));
    }
}
