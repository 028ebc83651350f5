package org.catseye.web.console.guard.policy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.web.WebContext;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;

public class ConsoleFilterTest {

    private static final String TEMPLATE = "<script src='a.js'></script><script>var data = ${data};</script>";
    private static final String KNOWN = "var data = [1];";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** A servlet of the console. */
    private interface Page {
        void answer(HttpServletResponse response) throws IOException;
    }

    private FakeExchange ask(String path, Page page) throws Exception {
        FakeExchange exchange = new FakeExchange("GET", path).inContext("/system/console");
        FilterChain chain = (request, response) -> page.answer((HttpServletResponse) response);
        Set<Bundle> console = Set.of(console());
        new ConsoleFilter(new KnownScripts(label -> label.equals("bundles") ? console : Set.of(), Set.of(new InlineScript("listed()").hash()))).doFilter(exchange.request(), exchange.response(), chain);
        return exchange;
    }

    private Bundle console() throws IOException {
        Path root = folder.getRoot().toPath();
        List<URL> files = List.of(file(root.resolve("templates/main_header.html"), "<script>root = \"${a}/${b}\"</script>"), file(root.resolve("a.html"), TEMPLATE),
                file(root.resolve("b.html"), "<script>go(${seconds}, 'form');</script>"));
        return (Bundle) Proxy.newProxyInstance(ConsoleFilterTest.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundleId", "getLastModified" -> 7L;
            case "findEntries" -> Collections.enumeration(files);
            case "hashCode" -> 7;
            case "equals" -> proxy == arguments[0];
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static URL file(Path path, String html) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, html);
        return path.toUri().toURL();
    }

    private FakeExchange page(String html) throws Exception {
        return ask("/bundles", response -> {
            response.setContentType("text/html; charset=utf-8");
            response.getWriter().print(html);
        });
    }

    @Test
    public void knownScriptsRunAndOthersDoNot() throws Exception {
        FakeExchange exchange = page("<script>" + KNOWN + "</script><script>listed()</script><p><script>stranger()</script>é");
        String policy = exchange.sent("Content-Security-Policy");
        assertTrue(policy, policy.contains("script-src 'self' '" + new InlineScript(KNOWN).hash() + "' '" + new InlineScript("listed()").hash() + "';"));
        assertFalse(policy, policy.contains(new InlineScript("stranger()").hash()));
        assertEquals(Integer.toString(exchange.bytes().length), exchange.sent("Content-Length"));
        assertTrue(exchange.text(), exchange.text().endsWith("é"));
    }

    @Test
    public void aPageBelowABasePathLoadsTheQuestionsFromThere() throws Exception {
        FakeExchange exchange = new FakeExchange("GET", "/bundles").inContext("/system/console").attribute(WebContext.BASE_PATH, "/kvm");
        new ConsoleFilter(new KnownScripts(label -> Set.of(), Set.of())).doFilter(exchange.request(), exchange.response(), (request, response) -> {
            response.setContentType("text/html; charset=utf-8");
            response.getWriter().print("<head></head>" + ((HttpServletRequest) request).getContextPath());
        });
        assertEquals("<head><script type=\"module\" src=\"/kvm/ui/public/console-confirm.js\"></script></head>/kvm/system/console", exchange.text());
    }

    private int running(String html) throws Exception {
        return page(html).sent("Content-Security-Policy").split("sha256-").length - 1;
    }

    @Test
    public void aPageIsMadeOfTheHeadAndOneTemplate() throws Exception {
        String head = "<script>root = \"/system/console\"</script>";
        String data = "<script>" + KNOWN + "</script>";
        String go = "<script>go(1, 'form');</script>";
        assertEquals(2, running(head + data));
        assertEquals(2, running(head + go));
        assertEquals("known scripts of two files", 1, running(head + data + go));
        assertEquals("other data before the page's own", 1, running("<script>var data = [2];</script>" + head + data));
        assertEquals("another root before the page's own", 1, running("<script>root = \"//evil.example\"</script>" + head + data));
        assertEquals("an unknown script changes nothing", 2, running("<script>stranger()</script>" + head + data));
    }

    @Test
    public void theTemplatesOfOnePlugInAreUnknownOnThePagesOfAnother() throws Exception {
        FakeExchange exchange = ask("/other/bundles", response -> {
            response.setContentType("text/html");
            response.getWriter().print("<script>" + KNOWN + "</script>");
        });
        assertEquals(ConsolePolicy.policy(List.of()), exchange.sent("Content-Security-Policy"));
    }

    @Test
    public void noPolicyHasAHoleForScripts() throws Exception {
        for (FakeExchange exchange : List.of(page("<script>" + KNOWN + "</script>"), page("nothing"), ask("/x", response -> { }))) {
            String policy = exchange.sent("Content-Security-Policy");
            assertTrue(policy, policy.startsWith("default-src 'none'; script-src 'self'"));
            assertFalse(policy, policy.replace("style-src-attr 'unsafe-inline'", "").contains("unsafe"));
            assertFalse(policy, policy.contains("*"));
            for (String closed : List.of("script-src-attr", "object-src", "base-uri", "frame-ancestors")) {
                assertTrue(policy, policy.contains(closed + " 'none'"));
            }
            assertEquals("no-store", exchange.sent("Cache-Control"));
        }
    }

    @Test
    public void aServletCannotLoosenThePolicyNorTheCaching() throws Exception {
        FakeExchange exchange = ask("/archive", response -> {
            response.setContentType("application/zip");
            response.setHeader("content-security-policy", "script-src *");
            response.addHeader("Content-Security-Policy", "script-src *");
            response.setHeader("Cache-Control", "public");
            response.addHeader("Cache-Control", "max-age=3600");
            response.setDateHeader("Expires", 0);
            response.setHeader("X-Content-Type-Options", "");
            response.setHeader("Content-Disposition", "attachment");
            response.setHeader("Content-Length", "3");
            response.getOutputStream().write(new byte[3]);
        });
        assertEquals(ConsolePolicy.policy(List.of()), exchange.sent("Content-Security-Policy"));
        assertEquals("no-store", exchange.sent("Cache-Control"));
        assertEquals("nosniff", exchange.sent("X-Content-Type-Options"));
        assertEquals("attachment", exchange.sent("Content-Disposition"));
        assertEquals("3", exchange.sent("Content-Length"));
        assertEquals("", exchange.sent("Expires"));
    }

    @Test
    public void filesOfTheConsolesLookAreKeptAndScriptedImagesAreNot() {
        assertEquals("private, no-cache", ConsolePolicy.caching("text/css"));
        assertEquals("private, no-cache", ConsolePolicy.caching("text/javascript;charset=utf-8"));
        assertEquals("private, no-cache", ConsolePolicy.caching("image/gif"));
        for (String type : new String[] {"image/svg+xml", "text/html", "application/json", "application/zip", "text/plain", null}) {
            assertEquals(type, "no-store", ConsolePolicy.caching(type));
        }
    }

    @Test
    public void anAnswerWithoutATypeIsNoPage() throws Exception {
        FakeExchange exchange = ask("/x", response -> response.getOutputStream().write("<script>stranger()</script>".getBytes(StandardCharsets.UTF_8)));
        assertEquals("text/plain", exchange.sent("Content-Type"));
    }

    @Test
    public void aPageThatIsTooLongToHoldIsAnError() throws Exception {
        FakeExchange exchange = page("<script>" + KNOWN + "</script>" + "x".repeat(GuardedOutput.MAX_PAGE_BYTES));
        assertEquals("500 ", exchange.status() + " " + exchange.text());
        assertEquals(ConsolePolicy.policy(List.of()), exchange.sent("Content-Security-Policy"));
        assertEquals(200, page("x".repeat(GuardedOutput.MAX_PAGE_BYTES)).status());
    }

    @Test
    public void whatWasWrittenBeforeAnErrorOrAResetIsDropped() throws Exception {
        FakeExchange wrong = ask("/x", response -> {
            response.setContentType("text/html");
            response.getWriter().print("half");
            response.sendError(404);
        });
        assertEquals("404 ", wrong.status() + " " + wrong.text());
        FakeExchange again = ask("/x", response -> {
            response.setContentType("text/html");
            response.getWriter().print("half");
            response.flushBuffer();
            response.reset();
            response.setContentType("text/html");
            response.getOutputStream().write("whole".getBytes(StandardCharsets.UTF_8));
        });
        assertEquals("whole", again.text());
        assertEquals("no-store", again.sent("Cache-Control"));
    }

    @Test
    public void aValueThatRefersToItselfEndsInAnErrorAndNotInATornPage() throws Exception {
        FakeExchange exchange = ask("/bundles", response -> {
            response.setContentType("text/html");
            response.getWriter().print("half");
            throw new StackOverflowError();
        });
        assertEquals("500 ", exchange.status() + " " + exchange.text());
        assertEquals(ConsolePolicy.policy(List.of()), exchange.sent("Content-Security-Policy"));
    }

    @Test
    public void filesThatCallEvalAreReplaced() throws Exception {
        for (String path : List.of("/res/lib/jquery.tablesorter-2.0.3.js", "/res/lib/jquery.multifile-1.4.6.js", "/res/ui/vmstat.js", "/res/ui/license.js")) {
            FakeExchange exchange = ask(path, response -> {
                throw new UncheckedIOException(new IOException("the console's own was asked for"));
            });
            assertEquals("text/javascript; charset=utf-8", exchange.sent("Content-Type"));
            assertEquals("private, no-cache", exchange.sent("Cache-Control"));
            assertTrue(path, exchange.text().startsWith("/*") && !exchange.text().contains("eval(") && !exchange.text().contains(".html("));
        }
    }

    @Test
    public void theHandlersOfTheSystemInformationAreTakenOut() throws Exception {
        String other = "<b onclick=\"steal('x')\">";
        FakeExchange exchange = page("<input value=\"Stop\" onclick=\"return confirm('This will stop. Please confirm.')\" /><input onclick=\"abort('/system/console/vmstat')\" />" + other);
        assertEquals("<input value=\"Stop\" /><input />" + other, exchange.text());
    }
}
