package org.catseye.web.socket.websocket;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.catseye.web.socket.FakeHttp;
import org.junit.Test;

public class WebSocketHandshakeTest {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private final FakeHttp http = new FakeHttp("").header("Upgrade", "websocket").header("Connection", "keep-alive, Upgrade")
            .header("Sec-WebSocket-Version", "13").header("Sec-WebSocket-Key", KEY);

    @Test
    public void theExampleOfTheRfcIsAnswered() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketHandshake.computeAccept(KEY));
    }

    @Test
    public void aGoodRequestOpensTheSocket() {
        http.header("Sec-WebSocket-Protocol", "other", "x, catseye.video.v1");
        assertTrue(WebSocketHandshake.isRequested(http.request()));
        assertTrue(WebSocketHandshake.acceptsProtocol(http.request(), "catseye.video.v1"));
        assertEquals("", WebSocketHandshake.accept(http.request(), http.response(), "catseye.video.v1"));
        assertEquals(101, http.status);
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", http.headers.get("Sec-WebSocket-Accept"));
        assertEquals("catseye.video.v1", http.headers.get("Sec-WebSocket-Protocol"));
    }

    @Test
    public void whoOffersNoSubprotocolIsGivenNone() {
        assertTrue(WebSocketHandshake.acceptsProtocol(http.request(), "catseye.video.v1"));
        assertEquals("", WebSocketHandshake.accept(http.request(), http.response(), "catseye.video.v1"));
        assertFalse(http.headers.containsKey("Sec-WebSocket-Protocol"));
        http.header("Sec-WebSocket-Protocol", "other");
        assertFalse(WebSocketHandshake.acceptsProtocol(http.request(), "catseye.video.v1"));
    }

    @Test
    public void badRequestsAreRefusedInWords() {
        http.header("Sec-WebSocket-Version", "8");
        assertEquals("Sec-WebSocket-Version must be 13", WebSocketHandshake.accept(http.request(), http.response(), "p"));
        assertEquals("13", http.headers.get("Sec-WebSocket-Version"));
        http.header("Sec-WebSocket-Version", "13");
        for (String key : new String[] {"", "c2hvcnQ=", "not base64 at all!", KEY + "AAAA"}) {
            http.header("Sec-WebSocket-Key", key);
            assertEquals(key, "Sec-WebSocket-Key must be 16 bytes in Base64", WebSocketHandshake.accept(http.request(), http.response(), "p"));
        }
        http.requestHeaders.remove("Sec-WebSocket-Key");
        assertEquals("Sec-WebSocket-Key must be 16 bytes in Base64", WebSocketHandshake.accept(http.request(), http.response(), "p"));
        assertEquals("nothing was switched", 200, http.status);
    }

    @Test
    public void aPlainRequestAsksForNoSocket() {
        assertFalse(WebSocketHandshake.isRequested(new FakeHttp("").request()));
        assertFalse(WebSocketHandshake.isRequested(new FakeHttp("").header("Upgrade", "websocket").request()));
        assertFalse(WebSocketHandshake.isRequested(http.header("Upgrade", "h2c").request()));
    }
}
