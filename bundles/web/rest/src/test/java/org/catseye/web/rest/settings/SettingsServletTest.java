package org.catseye.web.rest.settings;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.settings.SettingsAdministration;
import org.catseye.settings.SettingsException;
import org.catseye.settings.SettingsException.Reason;
import org.catseye.settings.SettingsField;
import org.catseye.settings.SettingsField.Kind;
import org.catseye.settings.SettingsForm;
import org.catseye.settings.SettingsForm.Configured;
import org.catseye.settings.SettingsState;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Before;
import org.junit.Test;

public class SettingsServletTest {

    private static final String PATH = "/api/v1/settings/org.example.demo~a%20b";
    private static final Configured CONFIGURED = new Configured("org.example.demo~a b", "Door", Optional.of("bay1"), true, Optional.of("fps is wrong"));
    private static final SettingsForm FORM = new SettingsForm("org.example.demo", "Demo", "For tests.", SettingsForm.Group.POWER, "org.example", true, false, true,
            Optional.of("left alone"), List.of(
                    new SettingsField("fps", "Frames", "A second.", Kind.INTEGER, false, List.of("30"), Optional.of("1"), Optional.empty(), List.of(), false),
                    new SettingsField("names", "Names", "", Kind.TEXT, true, List.of(), Optional.empty(), Optional.empty(),
                            List.of(new SettingsField.Option("a", "The A")), true),
                    new SettingsField("password", "Password", "", Kind.SECRET, false, List.of(), Optional.empty(), Optional.empty(), List.of(), false)), List.of(CONFIGURED));

    private final Wired wired = new Wired();
    private final Recorder<SettingsAdministration> settings = new Recorder<>(SettingsAdministration.class);
    private final FakeAudit audit = new FakeAudit();
    private final ApiServlet servlet = new SettingsServlet(settings.service, wired.access, audit);
    private final Session session = wired.access.open("t", "ann");

    @Before
    public void allow() {
        wired.access.allow(session, Permission.ADMIN, "*");
        SettingsState state = new SettingsState(FORM, CONFIGURED, "demo.cfg", Optional.of(SettingsState.Writer.FILE),
                Map.of("fps", List.of("25"), "names", List.of("a", "b")), Set.of("password"), Map.of("fsp", "Did you mean fps?"), "v1");
        settings.answers.putAll(Map.of("listForms", List.of(FORM), "readState", state, "saveValues", state, "addConfiguration", state));
        settings.answers.put("removeConfiguration", null);
    }

    private FakeExchange ask(FakeExchange exchange, String body) throws IOException {
        FakeExchange asked = body.isEmpty() ? exchange : exchange.body("application/json", body);
        servlet.service(asked.request(), asked.response());
        return asked;
    }

    private FakeExchange ask(String method, String path, String body) throws IOException {
        return ask(wired.exchange(method, path, session), body);
    }

    private static JsonNode json(FakeExchange exchange) throws IOException {
        return ApiServlet.JSON.readTree(exchange.text());
    }

    @Test
    public void theListHasFormsAndConfigurationsWithoutValues() throws IOException {
        assertEquals("[{\"pid\":\"org.example.demo\",\"title\":\"Demo\",\"description\":\"For tests.\",\"group\":\"power\",\"bundle\":\"org.example\",\"running\":true,"
                + "\"single\":false,\"several\":true,\"lockReason\":\"These settings have to be left alone.\",\"fieldNames\":[\"Frames\",\"Names\",\"Password\"],"
                + "\"configurations\":[{\"pid\":\"org.example.demo~a b\",\"title\":\"Door\",\"stored\":true,\"target\":\"bay1\",\"problem\":\"fps is wrong\"}]}]",
                ask("GET", "/api/v1/settings", "").text());
    }

    @Test
    public void valuesHaveTheirVersionAndSecretsAreSetOrNot() throws IOException {
        FakeExchange answer = ask("GET", PATH, "");
        assertEquals("\"v1\"", answer.sent("ETag"));
        assertEquals("readState org.example.demo~a b", settings.calls.get(0));
        JsonNode fields = json(answer).get("fields");
        assertEquals("{\"id\":\"fps\",\"name\":\"Frames\",\"description\":\"A second.\",\"kind\":\"integer\",\"list\":false,\"required\":false,\"min\":\"1\","
                + "\"default\":\"30\",\"value\":\"25\"}", fields.get(0).toString());
        assertEquals("{\"id\":\"names\",\"name\":\"Names\",\"description\":\"\",\"kind\":\"text\",\"list\":true,\"required\":true,"
                + "\"options\":[{\"value\":\"a\",\"label\":\"The A\"}],\"default\":[],\"value\":[\"a\",\"b\"]}", fields.get(1).toString());
        assertEquals("{\"id\":\"password\",\"name\":\"Password\",\"description\":\"\",\"kind\":\"secret\",\"list\":false,\"required\":false,\"set\":true}", fields.get(2).toString());
        assertEquals("[{\"id\":\"fsp\",\"remedy\":\"Did you mean fps?\"}]", json(answer).get("unknown").toString());
        assertEquals("file", json(answer).get("changedBy").textValue());
    }

    @Test
    public void aChangeIsSavedAndTheAuditLogHasNoValue() throws IOException {
        FakeExchange answer = ask(wired.exchange("PUT", PATH, session).header("If-Match", "\"v0\""),
                "{\"values\":{\"password\":\"blue 7 tulips\",\"fps\":25,\"fast\":true,\"names\":[\"a\",\"b\"],\"old\":null}}");
        assertEquals(answer.text(), 200, answer.status());
        assertEquals("saveValues org.example.demo~a b {password=Optional[[blue 7 tulips]], fps=Optional[[25]], fast=Optional[[true]], names=Optional[[a, b]], old=Optional.empty} "
                + "Optional[v0]", settings.calls.get(0));
        assertEquals(List.of("settings.changed ann 192.0.2.7 {keys=fast, fps, names, old, password, pid=org.example.demo~a b}"), audit.lines());
        assertFalse(answer.text().contains("tulips"));
    }

    @Test
    public void configurationsAreAddedAndRemoved() throws IOException {
        assertEquals(201, ask("POST", "/api/v1/settings/org.example.demo", "{\"name\":\"two\",\"values\":{\"fps\":\"5\"}}").status());
        assertEquals(204, ask("DELETE", PATH, "").status());
        assertEquals(List.of("addConfiguration org.example.demo two {fps=Optional[[5]]}", "removeConfiguration org.example.demo~a b Optional.empty"), settings.calls);
        assertEquals(List.of("settings.added", "settings.removed"), audit.actions());
    }

    @Test
    public void aRefusalNamesTheField() throws IOException {
        settings.refusal = new SettingsException(Reason.INVALID, "fps", "It has to be a whole number.");
        FakeExchange refused = ask("PUT", PATH, "{\"values\":{\"fps\":\"abc\"}}");
        assertEquals(400, refused.status());
        assertEquals("{\"error\":{\"code\":\"bad_value\",\"message\":\"fps: It has to be a whole number.\",\"fields\":{\"fps\":\"It has to be a whole number.\"}}}", refused.text());
        assertEquals(List.of("settings.refused ann 192.0.2.7 {keys=fps, pid=org.example.demo~a b, reason=INVALID}"), audit.lines());
        Map<Reason, Integer> statuses = Map.of(Reason.NOT_FOUND, 404, Reason.NAME_TAKEN, 409, Reason.CHANGED, 409, Reason.NOT_STORED, 507);
        for (Map.Entry<Reason, Integer> status : statuses.entrySet()) {
            settings.refusal = new SettingsException(status.getKey(), "x");
            assertEquals((int) status.getValue(), ask("PUT", PATH, "{\"values\":{}}").status());
        }
        assertEquals("reading is not recorded", 5, audit.lines().size());
    }

    @Test
    public void aBodyIsSmallAndHasNothingElse() throws IOException {
        for (String body : List.of("{}", "{\"values\":[]}", "{\"values\":{\"a\":{}}}", "{\"values\":{\"a\":[[]]}}", "{\"values\":{\"a\":[null]}}", "{\"values\":{},\"x\":1}")) {
            assertEquals(body, 400, ask("PUT", PATH, body).status());
        }
        assertEquals(413, ask("PUT", PATH, "{\"values\":{\"a\":\"" + "x".repeat(9000) + "\"}}").status());
        assertEquals(List.of(), settings.calls);
    }

    @Test
    public void onlyAdministratorsGetInAndChangesNeedAProof() throws IOException {
        wired.access.ageProof(session);
        FakeExchange old = ask("PUT", PATH, "{\"values\":{}}");
        assertTrue(old.text(), old.status() == 403 && old.text().contains("proof_required"));
        Session other = wired.access.open("u", "bob");
        wired.access.allow(other, Permission.CONTROL, "*");
        for (String method : List.of("GET", "PUT", "POST", "DELETE")) {
            assertEquals(method, 403, ask(wired.exchange(method, PATH, other), method.startsWith("P") ? "{\"values\":{}}" : "").status());
        }
        assertEquals(403, ask(wired.exchange("GET", "/api/v1/settings", other), "").status());
        assertEquals(List.of(), settings.calls);
    }
}
