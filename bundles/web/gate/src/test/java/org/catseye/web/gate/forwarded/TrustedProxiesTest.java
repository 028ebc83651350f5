package org.catseye.web.gate.forwarded;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.catseye.options.Options;
import org.catseye.web.gate.config.GateConfig;
import org.junit.Test;

public class TrustedProxiesTest {

    private static final String PROXY = "192.0.2.1";
    private static final String CLIENT = "203.0.113.9";

    private final TrustedProxies proxies = trust("X-Forwarded-For", PROXY, "10.0.0.0/8", "2001:db8:1::/48");
    private final TrustedProxies standard = trust("Forwarded", PROXY, "10.0.0.0/8", "2001:db8:1::/48");

    /** @param headers name, value, name, value... */
    private static Optional<ReportedClient> see(TrustedProxies by, String peer, String... headers) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < headers.length; i += 2) {
            all.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
        }
        return by.findClient(peer, name -> all.getOrDefault(name, List.of()));
    }

    private static String address(TrustedProxies by, String peer, String... headers) {
        return see(by, peer, headers).map(ReportedClient::address).orElse("(not believed)");
    }

    private static TrustedProxies trust(Object header, String... proxies) {
        return new TrustedProxies(new Options(GateConfig.PID, Map.of("proxies", proxies, "proxyHeader", header)));
    }

    @Test
    public void withoutConfigurationNobodyIsBelieved() {
        TrustedProxies none = new TrustedProxies(new Options(GateConfig.PID, Map.of()));
        for (String peer : List.of("127.0.0.1", "[::1]", PROXY, "10.1.2.3")) {
            assertEquals(Optional.empty(), see(none, peer, "X-Forwarded-For", CLIENT, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example"));
        }
    }

    @Test
    public void aHeaderThatCannotBeLeavesTheUsualOne() {
        for (Object header : new Object[] {new String[0], "", " ", "abc", "x".repeat(100_000)}) {
            assertEquals(CLIENT, address(trust(header, PROXY), PROXY, "X-Forwarded-For", CLIENT));
        }
    }

    @Test
    public void aMistakeIsToldShortAndOnOneLine() {
        String words = new Options(GateConfig.PID, Map.of()).badValue("hostNames", "a\nb\u202e" + "x".repeat(100_000), "a host name").getMessage();
        assertTrue(words, words.startsWith("org.catseye.web.gate: hostNames is 'a b x") && words.endsWith("...'; it has to be a host name") && words.length() < 200);
    }

    @Test
    public void whoIsNoProxyIsNotBelievedWhateverHeadersItSends() {
        for (String peer : List.of(CLIENT, "192.0.2.2", "11.0.0.1", "2001:db8:2::1", "::1", "unknown", "", "10.0.0.1.evil.example")) {
            assertEquals(peer, Optional.empty(), see(proxies, peer, "X-Forwarded-For", "10.0.0.1"));
        }
        assertEquals("a unix socket has no address", Optional.empty(), see(proxies, null, "X-Forwarded-For", CLIENT));
    }

    @Test
    public void theClientIsTheRightmostThatIsNoProxy() {
        assertEquals(CLIENT, address(proxies, PROXY, "X-Forwarded-For", CLIENT));
        assertEquals("what the client wrote itself does not count", CLIENT, address(proxies, PROXY, "X-Forwarded-For", "127.0.0.1, 8.8.8.8, " + CLIENT));
        assertEquals("nor if it claims to be a proxy", CLIENT, address(proxies, PROXY, "X-Forwarded-For", "8.8.8.8, 10.9.9.9, " + CLIENT + ", 10.0.0.2"));
        assertEquals("lines are one list", CLIENT, address(proxies, PROXY, "X-Forwarded-For", "1.1.1.1", "X-Forwarded-For", CLIENT));
        assertEquals("proxies only: the farthest", "10.0.0.3", address(proxies, PROXY, "X-Forwarded-For", "10.0.0.3,10.0.0.2"));
        assertEquals("no header: the proxy itself asks", PROXY, address(proxies, PROXY));
        assertEquals(PROXY, address(proxies, PROXY, "Forwarded", "for=" + CLIENT));
    }

    @Test
    public void ipv6ComesWithAndWithoutBracketsPortsAndInterfaces() {
        String client = "2001:db8:9:0:0:0:0:7";
        for (String peer : List.of("2001:db8:1::5", "[2001:db8:1:0:0:0:0:5]", "[2001:DB8:1::5%eth0]", "::ffff:" + PROXY)) {
            for (String text : List.of("2001:db8:9::7", "[2001:db8:9::7]", "[2001:db8:9::7]:4711", "2001:DB8:9:0::7")) {
                assertEquals(peer + " " + text, client, address(proxies, peer, "X-Forwarded-For", "1.2.3.4, " + text));
            }
        }
        assertEquals("IPv4 within IPv6 is IPv4", CLIENT, address(proxies, PROXY, "X-Forwarded-For", "::ffff:" + CLIENT));
        assertEquals(CLIENT, address(proxies, PROXY, "X-Forwarded-For", CLIENT + ":50123"));
    }

    @Test
    public void garbageEndsTheChainAtTheLastProxyThatIsKnown() {
        for (String garbage : List.of("", " ", "unknown", "_hidden", "evil.example", "localhost", "1.2.3", "0177.0.0.1", "1.2.3.4.5", "256.1.1.1", "1.2.3.4:", "1.2.3.4:x",
                "2130706433", "0x7f.1", ":::", "[::1", "::1]", "[1.2.3.4", "fe80::1%eth0", "1.2.3.4/8", "\"1.2.3.4\"", "1.2.3.4\r\nX: y", "\u0000", "\u0661.2.3.4", "a".repeat(9000))) {
            assertEquals(garbage, PROXY, address(proxies, PROXY, "X-Forwarded-For", garbage));
            assertEquals(garbage, "10.0.0.2", address(proxies, PROXY, "X-Forwarded-For", "8.8.8.8, " + garbage + ", 10.0.0.2"));
            assertEquals("what is before the client is nobody's business", CLIENT, address(proxies, PROXY, "X-Forwarded-For", garbage + ", " + CLIENT));
        }
    }

    @Test
    public void schemeAndHostAreBelievedOnlyIfTheyAreUnambiguous() {
        ReportedClient seen = see(proxies, PROXY, "X-Forwarded-For", CLIENT, "X-Forwarded-Proto", " HTTPS ", "X-Forwarded-Host", "kvm.example.org").orElseThrow();
        assertEquals(new ReportedClient(CLIENT, Optional.of("https"), Optional.of("kvm.example.org"), OptionalInt.empty(), true, BasePath.ROOT), seen);
        assertEquals(Optional.of("https"), see(proxies, PROXY, "X-Forwarded-Proto", "https, https").orElseThrow().scheme());
        for (String mixed : List.of("https, http", "http,https", "https,", "https, ftp", "wss,https")) {
            assertEquals(mixed, Optional.of("http"), see(proxies, PROXY, "X-Forwarded-Proto", mixed).orElseThrow().scheme());
        }
        assertEquals(Optional.empty(), see(proxies, PROXY, "X-Forwarded-Proto", "gopher").orElseThrow().scheme());
        assertEquals(Optional.empty(), see(proxies, PROXY, "X-Forwarded-Host", "evil.example, kvm.example.org").orElseThrow().host());
        assertEquals(Optional.empty(), see(proxies, PROXY, "X-Forwarded-Host", "a", "X-Forwarded-Host", "b").orElseThrow().host());
        assertEquals(Optional.empty(), see(proxies, PROXY, "X-Forwarded-Host", "").orElseThrow().host());
    }

    @Test
    public void thePortIsBelievedOnlyIfItIsUnambiguous() {
        assertEquals(OptionalInt.of(8443), see(proxies, PROXY, "X-Forwarded-Port", " 8443 ").orElseThrow().port());
        assertEquals(OptionalInt.of(8443), see(proxies, PROXY, "X-Forwarded-Port", "8443", "X-Forwarded-Port", "8443").orElseThrow().port());
        for (String wrong : List.of("", "0", "-1", "65536", "99999", "443, 8443", "8443;", "x", "\u0664\u0664\u0663", "9".repeat(9000))) {
            assertEquals(wrong, OptionalInt.empty(), see(proxies, PROXY, "X-Forwarded-Port", wrong).orElseThrow().port());
        }
        assertEquals("not a part of the standard header", OptionalInt.empty(), see(standard, PROXY, "X-Forwarded-Port", "8443").orElseThrow().port());
    }

    @Test
    public void theBasePathIsReadFromTrustedProxiesOnly() {
        assertEquals(new BasePath("/kvm", true), see(proxies, PROXY, "X-Forwarded-Prefix", "/kvm").orElseThrow().basePath());
        assertEquals(BasePath.ROOT, see(proxies, PROXY, "X-Forwarded-For", CLIENT).orElseThrow().basePath());
        assertFalse(see(proxies, PROXY, "X-Forwarded-Prefix", "/kvm", "X-Forwarded-Prefix", "/kvm").orElseThrow().basePath().valid());
        assertEquals(Optional.empty(), see(proxies, CLIENT, "X-Forwarded-Prefix", "/kvm"));
        assertEquals("not a part of the standard header", BasePath.ROOT, see(standard, PROXY, "X-Forwarded-Prefix", "/kvm").orElseThrow().basePath());
    }

    @Test
    public void theStandardHeaderIsReadHopByHop() {
        assertEquals(new ReportedClient(CLIENT, Optional.of("https"), Optional.of("kvm.example.org:8443"), OptionalInt.empty(), true, BasePath.ROOT), see(standard, PROXY,
                "Forwarded", "for=8.8.8.8;proto=http;host=evil.example, for=\"" + CLIENT + ":99\";Proto=HTTPS;host=\"kvm.example.org:8443\";by=_x, for=10.0.0.2;proto=http;host=inner").orElseThrow());
        assertEquals("2001:db8:9:0:0:0:0:7", address(standard, PROXY, "Forwarded", "For=\"[2001:db8:9::7]:4711\""));
        assertEquals("a comma in quotes parts nothing", CLIENT, address(standard, PROXY, "Forwarded", "for=" + CLIENT + ";host=\"a, for=8.8.8.8\""));
        assertEquals("what a proxy passes on unread is not read", PROXY, address(standard, PROXY, "X-Forwarded-For", CLIENT));
        for (String garbage : List.of("", "for", "for=", "for=unknown", "for=_secret", "for=\"", "for=\"1.2.3.4", "=1.2.3.4", "for=1.2.3.4;;", "for=\"\\", "for=1.2.3.4 x",
                ";".repeat(4000), "\"".repeat(4001), "for=\"" + "\\a".repeat(4000) + "\"")) {
            assertEquals(garbage, PROXY, address(standard, PROXY, "Forwarded", garbage));
        }
    }

    @Test
    public void aQuoteThatAStrangerOpensSwallowsNothingOfWhatTheProxiesAppend() {
        for (String opened : List.of("for=\"x", "\"", "for=\"x\\", "for=1.2.3.4;host=\"", "a=\"b\";c=\"", "for=8.8.8.8, for=\"")) {
            assertEquals(opened, new ReportedClient(CLIENT, Optional.of("http"), Optional.empty(), OptionalInt.empty(), true, BasePath.ROOT), see(standard, PROXY, "Forwarded", opened + ", for=" + CLIENT + ";proto=http").orElseThrow());
            assertEquals(opened, CLIENT, address(standard, PROXY, "Forwarded", opened, "Forwarded", "for=\"" + CLIENT + ":99\";host=\"kvm.example.org:8443\""));
            assertEquals(opened, "2001:db8:9:0:0:0:0:7", address(standard, PROXY, "Forwarded", opened + ",for=\"[2001:db8:9::7]\";proto=http"));
            assertEquals(opened, CLIENT, address(standard, PROXY, "Forwarded", opened + ", for=" + CLIENT + ", for=\"10.0.0.2:7\""));
            assertEquals(opened, CLIENT, address(standard, PROXY, "Forwarded", opened + ", for=" + CLIENT + ";host=\"a\\\"b\""));
        }
    }

    @Test
    public void whereTheChainBreaksNobodyIsSureWhoAsked() {
        for (String broken : List.of("", "unknown", "8.8.8.8, _hidden, 10.0.0.2")) {
            assertFalse(broken, see(proxies, PROXY, "X-Forwarded-For", broken).orElseThrow().certain());
        }
        assertTrue(see(proxies, PROXY, "X-Forwarded-For", "unknown, " + CLIENT + ", 10.0.0.2").orElseThrow().certain());
    }

    @Test
    public void noHeaderWhateverItHoldsBreaksItOrNamesAnAddressThatIsNone() {
        Random random = new Random(20260331);
        String[] pieces = {"for=", "\"", "[", "]", ":", ",", ";", "1.2.3.4", "10.0.0.1", "::", "%", "\\", "=", " ", "host", "proto=https", "\u0000", "\u00ff", "9", "ffff", "."};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            for (TrustedProxies by : List.of(proxies, standard)) {
                String address = address(by, PROXY, by == proxies ? "X-Forwarded-For" : "Forwarded", text.toString());
                assertTrue(text + " gave " + address, AddressRange.parseAddress(address).isPresent());
            }
        }
    }

    @Test
    public void aNetworkHoldsWhatSharesItsFirstBits() throws Exception {
        assertTrue(in("10.255.0.1", "10.0.0.0/8"));
        assertFalse(in("11.0.0.1", "10.0.0.0/8"));
        assertTrue(in("172.31.255.255", "172.16.0.0/12"));
        assertFalse(in("172.32.0.0", "172.16.0.0/12"));
        assertTrue(in("8.8.8.8", "0.0.0.0/0"));
        assertFalse("everything of IPv4 is nothing of IPv6", in("2001:db8::1", "0.0.0.0/0"));
        assertTrue(in("2001:db8:0:7fff::", "2001:db8::/49"));
        assertFalse(in("2001:db8:0:8000::", "2001:db8::/49"));
        for (String wrong : List.of("", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "10.0.0/8", "kvm.example.org", "localhost/8", "10.0.0.0/8/8", "*", "all")) {
            assertEquals(wrong, Optional.empty(), AddressRange.parseRange(wrong));
        }
        assertEquals("the others count", CLIENT, address(trust("x", "nonsense", " " + PROXY + " ", ""), PROXY, "X-Forwarded-For", CLIENT));
    }

    private static boolean in(String address, String network) throws Exception {
        return AddressRange.parseRange(network).orElseThrow().containsAddress(InetAddress.getByName(address));
    }
}
