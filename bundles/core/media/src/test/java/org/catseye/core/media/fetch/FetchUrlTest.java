package org.catseye.core.media.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class FetchUrlTest {

    private static FetchUrl parse(String url) {
        return FetchUrl.parse(URI.create(url)).orElseThrow();
    }

    @Test
    public void secretsOfAUrlAreNotPrinted() {
        FetchUrl url = parse("HTTPS://ann:secret@example.org:8443/pub/a%20b.iso?token=secret#secret");
        assertEquals("https://example.org:8443/pub/a%20b.iso", url.toString());
        assertEquals("/pub/a%20b.iso?token=secret", url.target());
        assertEquals("Basic YW5uOnNlY3JldA==", url.authorization());
        assertEquals("a b.iso", url.fileName());
        assertEquals("/?q", parse("http://example.org?q").target());
        assertEquals("::1", parse("http://[::1]/").host());
        assertEquals("/%C3%A4", parse("http://example.org/ä").target());
    }

    @Test
    public void onlyHttpUrlsWithAServerAreAccepted() {
        for (String url : List.of("file:///etc/passwd", "ftp://example.org/a", "/a", "http:///a", "http:a", "mailto:a@example.org", "http://example.org:0/",
                "http://example.org:70000/", "http://example.org/" + "x".repeat(5000))) {
            assertEquals(url, Optional.empty(), FetchUrl.parse(URI.create(url)));
        }
    }

    @Test
    public void redirectsAreResolved() {
        FetchUrl url = parse("https://example.org/a/b");
        assertEquals("https://example.org/a/c", url.resolve("c").orElseThrow().toString());
        assertEquals("http://other.example/", url.resolve("http://other.example/").orElseThrow().toString());
        assertTrue(url.resolve("file:///etc/passwd").isEmpty());
        assertTrue(url.resolve("http://exa mple").isEmpty());
        assertTrue(url.hasSameOrigin(parse("https://EXAMPLE.org:443/x")));
        assertTrue(!url.hasSameOrigin(parse("http://example.org/x")));
    }
}
