package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.catseye.hid.spi.KeyboardReport;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Texts typed by the server, through the real hub, on computers that read slowly. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TypingIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 90;

    @Inject
    private BundleContext context;
    private Client client;

    @Configuration
    public Option[] config() throws IOException {
        return Product.configured(Map.of("org.catseye.core.target~slow16", "id = slow16\nlabel = Slow",
                "org.catseye.core.target~slow50", "id = slow50\nlabel = Slower", "org.catseye.core.target~bare", "id = bare\nlabel = Without a keyboard"), "virtual-target");
    }

    @Before
    public void logIn() throws Exception {
        client = new Running(context).client();
    }

    @Test
    public void longTextsArriveCompleteAndInOrderOnSlowComputers() throws Exception {
        try (SlowKeyboard at16 = new SlowKeyboard(context, "slow16", 16); SlowKeyboard at50 = new SlowKeyboard(context, "slow50", 50)) {
            String capitals = start("slow16", "A".repeat(400));
            String letters = start("slow50", "a".repeat(300));
            assertEquals(400, awaitDone("slow16", capitals));
            assertEquals(300, awaitDone("slow50", letters));
            KeyboardReport shift = new KeyboardReport(2, List.of());
            assertEquals(repeat(400, List.of(shift, new KeyboardReport(2, List.of(4)), shift, KeyboardReport.UP)), at16.reports());
            assertEquals(repeat(300, List.of(new KeyboardReport(0, List.of(4)), KeyboardReport.UP)), at50.reports());
        }
        String audit = client.send("GET", "/api/v1/audit?limit=50", "").body();
        assertTrue(audit, audit.contains("\"action\":\"text.typed\"") && audit.contains("\"characters\":\"400\""));
        assertTrue("not the text", !audit.contains("AAAA"));
    }

    @Test
    public void aTokenTypesACancelledTextIsReleasedAndThePageSeesIt() throws Exception {
        Client.Socket page = client.socket("/api/v1/targets/default/control", "catseye.control.v1");
        String made = client.send("POST", "/api/v1/tokens", "{\"name\":\"typist\",\"rights\":{\"default\":[\"VIEW\",\"CONTROL\"]},\"expires\":\""
                + Instant.now().plusSeconds(600) + "\"}").body();
        String token = JSON.readTree(made).get("token").textValue();
        String path = "/api/v1/targets/default/text";
        HttpResponse<String> begun = ask(token, HttpRequest.newBuilder(URI.create(client.origin() + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"dir dir dir dir\\n\",\"layout\":\"de\",\"rate\":2}")));
        assertEquals(begun.body(), 202, begun.statusCode());
        String id = JSON.readTree(begun.body()).get("id").textValue();
        assertNotNull("the page sees it", page.text(text -> text.contains("\"type\":\"typing\"") && text.contains(id)));
        assertEquals(204, ask(token, HttpRequest.newBuilder(URI.create(client.origin() + path + "/" + id)).DELETE()).statusCode());
        assertNotNull("and its end", page.text(text -> text.contains("\"type\":\"typing\"") && text.contains("CANCELLED")));
        page.close();
    }

    @Test
    public void aTargetWithoutAKeyboardSaysSo() throws Exception {
        HttpResponse<String> refused = client.send("POST", "/api/v1/targets/bare/text", "{\"text\":\"a\"}");
        assertEquals(503, refused.statusCode());
        assertTrue(refused.body(), refused.body().contains("\"no_keyboard\""));
    }

    @Test
    public void layoutsAreListedAndServed() throws Exception {
        JsonNode list = JSON.readTree(client.send("GET", "/api/v1/layouts", "").body());
        assertTrue(list.size() + " layouts", list.size() > 500);
        JsonNode german = JSON.readTree(client.send("GET", "/api/v1/layouts/de", "").body());
        assertEquals("AltRight+KeyQ", german.get("characters").get("@").textValue());
        assertEquals("Backquote KeyE", german.get("characters").get("\u00ea").textValue());
        assertEquals(404, client.send("GET", "/api/v1/layouts/nothing", "").statusCode());
        assertEquals(405, client.send("POST", "/api/v1/layouts", "{}").statusCode());
    }

    private static HttpResponse<String> ask(String token, HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String start(String target, String text) throws Exception {
        HttpResponse<String> begun = Running.await("the keyboard of " + target, () -> {
            HttpResponse<String> answer = client.send("POST", "/api/v1/targets/" + target + "/text", "{\"text\":\"" + text + "\",\"layout\":\"us\",\"rate\":1000}");
            return answer.statusCode() == 503 ? null : answer;
        });
        assertEquals(begun.body(), 202, begun.statusCode());
        return JSON.readTree(begun.body()).get("id").textValue();
    }

    private int awaitDone(String target, String id) throws Exception {
        JsonNode end = Running.await("the end of the text on " + target, () -> {
            JsonNode progress = JSON.readTree(client.send("GET", "/api/v1/targets/" + target + "/text/" + id, "").body());
            return progress.get("state").textValue().equals("TYPING") ? null : progress;
        }, PATIENCE_SECONDS);
        assertEquals(end.toString(), "DONE", end.get("state").textValue());
        return end.get("typed").intValue();
    }

    private static List<KeyboardReport> repeat(int times, List<KeyboardReport> reports) {
        List<KeyboardReport> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.addAll(reports);
        }
        return all;
    }
}
