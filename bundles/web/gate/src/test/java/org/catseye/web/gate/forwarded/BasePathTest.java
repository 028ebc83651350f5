package org.catseye.web.gate.forwarded;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

public class BasePathTest {

    private static BasePath parse(String... values) {
        return BasePath.parseHeaders(List.of(values));
    }

    @Test
    public void plainPathsAreAccepted() {
        assertEquals(BasePath.ROOT, parse());
        for (String path : List.of("", "/kvm", "/a/b/c", "/Rack-1/kvm_2", "/~ann/kvm.old", "/...", "/.kvm", "/k..m", "/" + "k".repeat(199))) {
            assertEquals(path, new BasePath(path, true), parse(path));
        }
    }

    @Test
    public void allElseIsRefused() {
        for (String wrong : List.of("/", "/kvm/", "kvm", "//kvm", "//evil.example", "/kvm//x", "/.", "/..", "/kvm/..", "/kvm/../x", "/./kvm", "/kvm/.", "https://evil.example", "/kvm?x",
                "/kvm#x", "/k%76m", "/kvm;x", "/kvm, /kvm", "/kvm\r\nX: y", "/kvm ", "\\kvm", "/\"><script>", "/k\u00e4se", "/kvm\n", "/" + "k".repeat(200))) {
            BasePath basePath = parse(wrong);
            assertEquals(wrong, new BasePath("", false), basePath);
            assertEquals(wrong, 400, basePath.checkRequest("/login").orElseThrow().status());
        }
        assertFalse("it is unclear how two values combine", parse("/kvm", "/kvm").valid());
    }

    @Test
    public void aProxyThatDoesNotRemoveTheBasePathIsRefused() {
        BasePath basePath = parse("/kvm");
        for (String path : List.of("/kvm", "/kvm/", "/kvm/login", "/kvm/kvm/login", "/kvm/../api/v1/targets")) {
            assertEquals(path, "bad_prefix", basePath.checkRequest(path).orElseThrow().code());
        }
        for (String path : List.of("/", "/login", "/kvmx", "/kvm.js", "/api/kvm/", "/k%76m/")) {
            assertTrue(path, basePath.checkRequest(path).isEmpty());
        }
        assertTrue(BasePath.ROOT.checkRequest("/kvm").isEmpty());
    }
}
