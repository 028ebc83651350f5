package org.catseye.web.rest.plugin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.makers.Maker;
import org.catseye.plugins.makers.MakerList;
import org.catseye.plugins.makers.Makers;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.rest.Recorder;
import org.catseye.web.rest.Wired;
import org.junit.Before;
import org.junit.Test;

public class MakersServletTest {

    private static final String PATH = "/api/v1/plugins/makers";
    private static final Maker ANN = new Maker("aa", "CN=Ann", Optional.of(Instant.EPOCH), "");
    private final Wired wired = new Wired();
    private final Recorder<Makers> makers = new Recorder<>(Makers.class);
    private final MakersServlet servlet = new MakersServlet(wired.access);
    private final Session ann = wired.access.open("t", "ann");

    @Before
    public void fill() {
        servlet.makers = makers.service;
        makers.answers.put("listMakers", new MakerList(List.of(ANN, new Maker("b.pem", "b.pem", Optional.empty(), "The file cannot be used.")), "There are too many."));
        makers.answers.put("addMaker", ANN);
        wired.access.allow(ann, Permission.ADMIN, "*");
    }

    private FakeExchange send(FakeExchange exchange) throws IOException {
        servlet.service(exchange.request(), exchange.response());
        return exchange;
    }

    private FakeExchange add(String body) throws IOException {
        return send(wired.exchange("POST", PATH, ann).body("application/x-pem-file", body));
    }

    @Test
    public void makersAreListedAddedAndRemoved() throws Exception {
        assertEquals("{\"makers\":[{\"fingerprint\":\"aa\",\"name\":\"CN=Ann\",\"expires\":\"1970-01-01T00:00:00Z\",\"problem\":\"\"},{\"fingerprint\":\"b.pem\",\"name\":\"b.pem\","
                + "\"expires\":null,\"problem\":\"The file cannot be used.\"}],\"problem\":\"There are too many.\"}", send(wired.exchange("GET", PATH, ann)).text());
        FakeExchange added = add("PEM");
        assertEquals(201, added.status());
        assertTrue(added.text(), added.text().startsWith("{\"fingerprint\":\"aa\""));
        assertEquals(204, send(wired.exchange("DELETE", PATH + "/b%20c.pem", ann)).status());
        assertEquals(List.of("listMakers", "addMaker PEM", "removeMaker b c.pem"), makers.calls.stream().map(call -> call.replaceAll("\\[.*?\\] ", "")).toList());
        assertEquals(405, send(wired.exchange("GET", PATH + "/aa", ann)).status());
    }

    @Test
    public void onlyAdministratorsMay() throws Exception {
        Session bob = wired.access.open("u", "bob");
        for (FakeExchange exchange : List.of(wired.exchange("GET", PATH, bob), wired.exchange("POST", PATH, bob).body("text/plain", "PEM"), wired.exchange("DELETE", PATH + "/aa", bob))) {
            assertEquals(403, send(exchange).status());
        }
        assertEquals(List.of(), makers.calls);
    }

    @Test
    public void problemsAreAnswers() throws Exception {
        assertEquals(413, add("x".repeat(8 * 1024 + 1)).status());
        assertEquals(List.of(), makers.calls);
        makers.refusal = new PluginException(Reason.UNUSABLE, "This is a private key.");
        FakeExchange refused = add("-----BEGIN PRIVATE KEY-----\nsecret");
        assertEquals(422, refused.status());
        assertFalse(refused.text(), refused.text().contains("secret"));
        servlet.makers = null;
        assertEquals(503, add("PEM").status());
    }
}
