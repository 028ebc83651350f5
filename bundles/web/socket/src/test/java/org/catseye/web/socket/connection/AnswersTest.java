package org.catseye.web.socket.connection;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.catseye.web.socket.FakeHttp;
import org.junit.Test;

public class AnswersTest {

    private static final String NASTY = "a \"quote\", a \\ and\r\n\t\u0000 \u2028 é 😀 </script>";

    @Test
    public void anyWordsMakeValidJson() throws IOException {
        JsonNode message = new ObjectMapper().readTree(Answers.formatMessage("bad_message", NASTY));
        assertEquals("error", message.get("type").asText());
        assertEquals("bad_message", message.get("code").asText());
        assertEquals(NASTY, message.get("message").asText());
        assertEquals(3, message.size());
    }

    @Test
    public void aRefusalHasTheFormOfTheApi() throws IOException {
        FakeHttp http = new FakeHttp("");
        Answers.refuse(http.response(), 404, "unknown_target", NASTY);
        assertEquals(404, http.status);
        assertEquals("application/json", http.headers.get("Content-Type"));
        assertEquals("no-store", http.headers.get("Cache-Control"));
        assertEquals(String.valueOf(http.body().getBytes(java.nio.charset.StandardCharsets.UTF_8).length), http.headers.get("Content-Length"));
        JsonNode error = new ObjectMapper().readTree(http.body()).get("error");
        assertEquals("unknown_target", error.get("code").asText());
        assertEquals(NASTY, error.get("message").asText());
    }
}
