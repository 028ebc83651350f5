package org.catseye.web.gate.origin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.catseye.options.Options;
import org.catseye.web.gate.config.GateConfig;
import org.junit.Test;

public class OwnOriginsTest {

    private final OwnOrigins origins = new OwnOrigins("Bay1.example.net", new Options(GateConfig.PID, Map.of(
            "hostNames", new String[] {"kvm.example.org", "not a name", "x:80", " "},
            "origins", new String[] {"https://Front.example.org", "front.example.org", "https://front.example.org/path", ""})));

    @Test
    public void namesThatNobodyElseCanPointAtUsAreKnown() {
        for (String host : List.of("127.0.0.1", "127.0.0.1:8080", "192.168.1.20", "[::1]:8080", "[fe80::1]", "localhost", "LOCALHOST:8080", "localhost.",
                "bay1", "bay1.example.net", "anything.local", "bay1.home.arpa", "kvm.example.org", "KVM.example.org:8443", "front.example.org")) {
            assertTrue(host, known(host));
        }
    }

    @Test
    public void namesThatAnybodyCanPointAtUsAreNot() {
        for (String host : List.of("evil.example", "localhost.evil.example", "bay1.evil.example", "evil-kvm.example.org", "kvm.example.org.evil.example",
                "1.2.3.4.evil.example", "999.1.1.1", "1.2.3", "127.1", "2130706433", "0x7f.0.0.1", "local", "evillocal", "x", "not a name")) {
            assertFalse(host, known(host));
        }
    }

    @Test
    public void inTheDomainsOfHomeRoutersOnlyTheOwnNameIsKnown() {
        for (String domain : List.of("lan", "home", "localdomain", "fritz.box", "home.arpa")) {
            assertTrue(domain, known("bay1." + domain));
            assertTrue(domain, known("BAY1." + domain.toUpperCase() + ".:8443"));
            assertTrue(domain, ours("http://bay1." + domain + ":8080", false, "bay1." + domain + ":8080"));
        }
        for (String host : List.of("evil.lan", "lan", "fritz.box", "evil.fritz.box", "bay1.evil.lan", "bay1.lan.evil.example", "bay1.box", "evilbay1.lan", "bay1.example.lan")) {
            assertFalse(host, known(host));
        }
        assertFalse("a device whose name is unknown", new OwnOrigins("", new Options(GateConfig.PID, Map.of())).isOwnHost(new Authority("bay1.lan", -1)));
    }

    @Test
    public void brokenHostsAreNotRead() {
        for (String host : List.of("", " ", "a b", "a/b", "a@b", "a:b", "a:123456", "a:99999", "[::1", "::1", "[g::1]", "a\r\nb", "-a", "a,b")) {
            assertTrue(host, Authority.parseAuthority(host).isEmpty());
        }
    }

    private boolean known(String host) {
        return Authority.parseAuthority(host).map(origins::isOwnHost).orElse(false);
    }

    @Test
    public void anOriginIsOursOnlyWithSchemeHostAndPort() {
        assertTrue(ours("http://192.0.2.1:8080", false, "192.0.2.1:8080"));
        assertTrue(ours("http://192.0.2.1", false, "192.0.2.1:80"));
        assertTrue(ours("https://bay1", true, "BAY1:443"));
        assertTrue(ours("http://[::1]:8080", false, "[::1]:8080"));
        assertTrue("a proxy in front does TLS", ours("https://front.example.org", false, "front.example.org"));
        for (String foreign : List.of("http://192.0.2.1", "https://192.0.2.1:8080", "http://192.0.2.1:8081", "http://192.0.2.2:8080", "null", "",
                "http://evil.example", "http://192.0.2.1:8080/", "http://192.0.2.1:8080.evil.example", "http://evil.example@192.0.2.1:8080",
                "192.0.2.1:8080", "ftp://192.0.2.1:8080", "https://front.example.org/path")) {
            assertFalse(foreign, ours(foreign, false, "192.0.2.1:8080"));
        }
    }

    private boolean ours(String origin, boolean secure, String host) {
        return origins.isOwnOrigin(origin, secure, Authority.parseAuthority(host).orElseThrow());
    }

    @Test
    public void originsAreWrittenAsBrowsersDo() {
        assertEquals("https://bay1:80", Authority.parseAuthority("bay1:80").orElseThrow().toOrigin("https"));
        assertEquals("http://bay1", Authority.parseAuthority("bay1:80").orElseThrow().toOrigin("http"));
    }
}
