package org.catseye.web.ui;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

public class AssetServletTest {

    private static final String GATES_POLICY = "default-src 'self'; script-src 'self'; frame-ancestors 'none'";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final Map<String, URL> files = new TreeMap<>();
    private final PageModules modules = new PageModules();
    private FileServlet fileServlet;
    private ConsoleServlet console;

    @Before
    public void write() throws IOException {
        file("index.html", "<head>\n  " + ConsolePage.PLACEHOLDER + "\n</head>");
        file("login.html", "<p>log in</p>");
        file("setup.html", "<p>set up</p>");
        file("public/theme.css", "body { color: red }");
        file("public/icon.svg", "<svg/>");
        file("ui/console.js", "export const é = 1;");
        fileServlet = new FileServlet(new Assets(files));
        console = new ConsoleServlet(new Assets(files), modules);
    }

    private void file(String name, String content) throws IOException {
        Path path = folder.getRoot().toPath().resolve(name);
        Files.createDirectories(path.getParent());
        files.put(name, Files.writeString(path, content).toUri().toURL());
    }

    private FakeExchange ask(String method, String target, String ifNoneMatch) throws IOException {
        FakeExchange exchange = new FakeExchange(method, target);
        if (!ifNoneMatch.isEmpty()) {
            exchange.header("If-None-Match", ifNoneMatch);
        }
        exchange.response().setHeader("Content-Security-Policy", GATES_POLICY);
        exchange.response().setHeader("Cache-Control", "no-store");
        (target.equals("/") ? console : fileServlet).service(exchange.request(), exchange.response());
        return exchange;
    }

    private FakeExchange get(String target) throws IOException {
        return ask("GET", target, "");
    }

    @Test
    public void filesComeWithTypeLengthAndTag() throws IOException {
        assertEquals("<p>log in</p>", get("/login").text());
        assertEquals("<p>set up</p>", get("/setup?x=1").text());
        assertEquals("text/html; charset=utf-8", get("/login").sent("Content-Type"));
        FakeExchange script = get("/ui/ui/console.js");
        assertEquals("text/javascript; charset=utf-8", script.sent("Content-Type"));
        assertEquals("export const é = 1;", script.text());
        assertEquals("20", script.sent("Content-Length"));
        assertEquals("no-cache", script.sent("Cache-Control"));
        assertTrue(script.sent("ETag"), script.sent("ETag").matches("\"[A-Za-z0-9_-]{24}\""));
        assertEquals("text/css; charset=utf-8", get("/ui/public/theme.css").sent("Content-Type"));
        assertEquals("image/svg+xml", get("/favicon.ico").sent("Content-Type"));
        assertEquals("no inline script but on the console page", GATES_POLICY, get("/login").sent("Content-Security-Policy"));
    }

    @Test
    public void aKnownTagSavesTheContentAndAnotherDoesNot() throws IOException {
        String tag = get("/ui/public/theme.css").sent("ETag");
        for (String header : List.of(tag, "\"x\", " + tag, "W/" + tag, "*")) {
            FakeExchange exchange = ask("GET", "/ui/public/theme.css", header);
            assertEquals(header, 304, exchange.status());
            assertEquals(0, exchange.bytes().length);
            assertEquals(tag, exchange.sent("ETag"));
            assertEquals("no-cache", exchange.sent("Cache-Control"));
        }
        for (String header : List.of("\"x\"", tag.replace("\"", ""), get("/login").sent("ETag"))) {
            assertEquals(header, 200, ask("GET", "/ui/public/theme.css", header).status());
        }
    }

    @Test
    public void headTellsAllButTheContent() throws IOException {
        FakeExchange head = ask("HEAD", "/ui/public/theme.css", "");
        assertEquals(200, head.status());
        assertEquals(0, head.bytes().length);
        for (String header : List.of("ETag", "Content-Type", "Content-Length")) {
            assertEquals(get("/ui/public/theme.css").sent(header), head.sent(header));
        }
    }

    @Test
    public void theLinksOfThePageForNothingBeginWithTheBasePath() throws IOException {
        FakeExchange exchange = new FakeExchange("GET", "/ui/a/b").attribute(WebContext.BASE_PATH, "/kvm");
        fileServlet.service(exchange.request(), exchange.response());
        assertTrue(exchange.text(), exchange.text().contains("href=\"/kvm/\"") && exchange.text().contains("src=\"/kvm/ui/public/refusal.js\""));
        assertFalse(exchange.text(), exchange.text().contains("=\"/ui"));
    }

    @Test
    public void whatIsNotThereGetsAPageThatSaysSo() throws IOException {
        Files.writeString(folder.getRoot().toPath().resolve("secret"), "secret");
        for (String path : List.of("/ui/", "/ui", "/ui/nothing.js", "/ui/../secret", "/ui/public/../../secret", "/ui/public/..", "/ui//public/theme.css", "/ui/secret",
                "/ui/index.html", "/ui/login.html", "/ui/public", "/ui/public/", "/ui/PUBLIC/theme.css", "/ui/public%2Ftheme.css", "/login/", "/ui/\u0000")) {
            FakeExchange exchange = get(path);
            assertEquals(path, 404, exchange.status());
            assertTrue(exchange.text(), exchange.text().contains("<h1 data-status=\"404\">Page not found</h1>") && exchange.text().contains("/ui/public/refusal.js"));
            assertFalse(exchange.text().contains("secret"));
            assertEquals("text/html; charset=utf-8", exchange.sent("Content-Type"));
        }
    }

    @Test
    public void otherMethodsAreRefused() throws IOException {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
            FakeExchange exchange = ask(method, "/login", "");
            assertEquals(405, exchange.status());
            assertEquals("GET, HEAD", exchange.sent("Allow"));
        }
    }

    @Test
    public void theConsolePageNamesTheModulesOfPluginsAndItsPolicyAllowsTheImportMapAlone() throws Exception {
        String before = get("/").sent("ETag");
        ServiceReference<?> power = module(1, "/power/panel.js");
        modules.addModule(power);
        modules.addModule(module(2, "/media/panel.js"));
        modules.addModule(module(3, "/media/panel.js"));
        FakeExchange page = get("/");
        assertEquals("<head>\n  <script type=\"importmap\">{\"imports\":{\"catseye/\":\"./ui/\"}}</script>\n"
                + "  <script type=\"module\" src=\"./media/panel.js\"></script>\n  <script type=\"module\" src=\"./power/panel.js\"></script>\n</head>", page.text());
        Matcher inline = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL).matcher(page.text());
        assertTrue(inline.find());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(inline.group(1).getBytes(StandardCharsets.UTF_8));
        assertEquals("default-src 'self'; script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'; frame-ancestors 'none'",
                page.sent("Content-Security-Policy"));
        assertNotEquals("browsers see that it changed", before, page.sent("ETag"));
        assertEquals(304, ask("GET", "/", page.sent("ETag")).status());
        modules.removeModule(power);
        assertFalse(get("/").text().contains("power"));
    }

    @Test
    public void aModuleThatIsNoPlainPathHereIsLeftOut() throws IOException {
        for (Object bad : new Object[] {"//evil.example/x.js", "https://evil.example/x.js", "panel.js", "/x\"><script>", "/x y", "", "/", 7, new String[] {"/a.js"}}) {
            modules.addModule(module(1, bad));
        }
        assertEquals(1, get("/").text().split("<script", -1).length - 1);
    }

    @Test
    public void filesOfAPluginAreServedFromItsStaticFolderWhileItsServiceIsThere() throws IOException {
        file("static/panel.js", "export const panel = 1;");
        file("secret.txt", "not served");
        ServiceReference<?> module = module(1, "/ui/plugins/org.example.bad/panel.js");
        assertEquals(404, plugin("/ui/plugins/org.example.bad/panel.js").status());
        modules.addModule(module);
        assertEquals("export const panel = 1;", plugin("/ui/plugins/org.example.bad/panel.js").text());
        assertEquals("text/javascript; charset=utf-8", plugin("/ui/plugins/org.example.bad/panel.js").sent("Content-Type"));
        for (String other : List.of("secret.txt", "../secret.txt", "static/panel.js", "", "panel.js/")) {
            assertEquals(other, 404, plugin("/ui/plugins/org.example.bad/" + other).status());
        }
        assertEquals(404, plugin("/ui/plugins/org.example.other/panel.js").status());
        modules.removeModule(module);
        assertEquals(404, plugin("/ui/plugins/org.example.bad/panel.js").status());
    }

    @Test
    public void aModuleOutsideOfItsBundlesFolderIsTheBundlesOwnToServe() throws IOException {
        file("static/panel.js", "export const panel = 1;");
        modules.addModule(module(1, "/ui/plugins/org.example.other/panel.js"));
        modules.addModule(module(2, "/panel.js"));
        assertEquals(404, plugin("/ui/plugins/org.example.other/panel.js").status());
        assertEquals(404, plugin("/ui/plugins/org.example.bad/panel.js").status());
    }

    private FakeExchange plugin(String path) throws IOException {
        FakeExchange exchange = new FakeExchange("GET", path);
        new PluginFileServlet(modules).service(exchange.request(), exchange.response());
        return exchange;
    }

    private Object bundle(String called) {
        return called.equals("findEntries") ? Collections.enumeration(files.values().stream().filter(url -> url.getPath().contains("/static/")).toList())
                : "org.example.bad";
    }

    private ServiceReference<?> module(int rank, Object path) {
        return (ServiceReference<?>) Proxy.newProxyInstance(AssetServletTest.class.getClassLoader(), new Class<?>[] {Ranked.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> arguments[0].equals(WebContext.PAGE_MODULE) ? path : null;
                    case "getBundle" -> Proxy.newProxyInstance(AssetServletTest.class.getClassLoader(), new Class<?>[] {Bundle.class}, (b, m, a) -> bundle(m.getName()));
                    case "rank" -> rank;
                    case "compareTo" -> Integer.compare(rank, ((Ranked) arguments[0]).rank());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    interface Ranked extends ServiceReference<Object> {
        int rank();
    }

    @Test
    public void theSameContentHasTheSameTag() {
        byte[] content = {1, 2, 3};
        assertEquals(Asset.ofContent("a.js", content).tag(), Asset.ofContent("b.css", content.clone()).tag());
        assertArrayEquals(content, Asset.ofContent("a.js", content).content());
    }
}
