package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.LoggerFactory;

/** An attacker's text in every place of every page of the web console: it stays text, and the policy that would stop it is on every answer. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConsoleInjectionIT {

    private static final Pattern MENU = Pattern.compile("href=[\"']/system/console/([^\"'/?#]+)[\"']");
    private static final String LABEL = "felix.webconsole.label";

    @Inject
    private BundleContext context;
    @Inject
    private ConfigurationAdmin configurations;
    private Client owner;
    private ConsoleScan scan;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target", "health-checks", "memory-usage");
    }

    @Before
    public void start() throws Exception {
        owner = new Running(context).client();
        Running.await("the web console", () -> owner.send("GET", "/system/console/bundles", "").statusCode() == 200 ? "there" : null);
        scan = new ConsoleScan(owner);
    }

    /** Of the menu, and of all plug-ins in the registry, whether the menu shows them or not. */
    private Set<String> labels() throws Exception {
        Set<String> labels = new TreeSet<>(Set.of("install", "no-such-page"));
        Matcher menu = MENU.matcher(owner.send("GET", "/system/console/bundles", "").body());
        while (menu.find()) {
            labels.add(menu.group(1).replace(" ", "%20"));
        }
        ServiceReference<?>[] plugins = context.getAllServiceReferences(null, "(" + LABEL + "=*)");
        Arrays.stream(plugins).map(plugin -> String.valueOf(plugin.getProperty(LABEL)).replace(" ", "%20")).forEach(labels::add);
        labels.remove("logout");
        return labels;
    }

    @Test
    public void whatARequestBringsStaysText() throws Exception {
        Set<String> labels = labels();
        assertTrue(labels.toString(), labels.size() > 20 && labels.containsAll(Set.of("bundles", "configMgr", "healthcheck", "memoryusage", "vmstat", "licenses", "services")));
        for (String label : labels) {
            scan.reflected(label);
        }
        assertEquals(scan.requests() + " requests", List.of(), scan.faults());
        assertTrue("requests: " + scan.requests(), scan.requests() > 1000);
    }

    @Test
    public void whatIsStoredStaysText() throws Exception {
        Bundle bundle = context.installBundle("zq7:" + ConsoleScan.STORED, new ByteArrayInputStream(hostileBundle()));
        Dictionary<String, Object> hostile = new Hashtable<>();
        for (int i = 0; i < ConsoleScan.PAYLOADS.size(); i++) {
            hostile.put("key" + i, ConsoleScan.PAYLOADS.get(i));
        }
        hostile.put("zq7'><zq7 onclick=zq7()>", ConsoleScan.STORED);
        ServiceRegistration<?> service = context.registerService(Runnable.class, () -> { }, hostile);
        var named = configurations.getConfiguration("org.example.zq7", "?");
        named.update(hostile);
        LoggerFactory.getLogger("zq7" + ConsoleScan.STORED).warn("{}", ConsoleScan.STORED, new IllegalStateException(ConsoleScan.STORED));
        owner.form("/system/console/events", "topic=org/example/zq7&event.key.value=" + ConsoleScan.encoded(ConsoleScan.STORED));
        owner.send("POST", "/api/v1/users", "{\"name\":\"zq7'><zq7 onclick=zq7()>\",\"password\":\"three odd words\",\"roles\":[],\"rights\":{}}");
        owner.send("POST", "/api/v1/session", "{\"user\":\"zq7'><zq7 onclick=zq7()>\",\"password\":\"wrong wrong\"}");
        try {
            for (String label : labels()) {
                for (String form : label.startsWith("status-") ? List.of("", ".json", ".nfo") : List.of("", ".json")) {
                    scan.look("GET", label + form, "");
                }
            }
            long id = (Long) service.getReference().getProperty("service.id");
            for (String page : List.of("bundles/" + bundle.getBundleId(), "bundles/" + bundle.getBundleId() + ".json", "services/" + id, "services/" + id + ".json", "configMgr/org.example.zq7", "configMgr/org.example.zq7?post=true",
                    "licenses/" + bundle.getBundleId(), "events/data.json", "logs/data.json?minLevel=4&traces=true")) {
                scan.look("GET", page, "");
            }
            assertEquals(scan.requests() + " requests", List.of(), scan.faults());
            assertTrue("pages that show it: " + scan.shown(), scan.shown() > 10);
        } finally {
            named.delete();
            service.unregister();
            bundle.uninstall();
        }
    }

    private static byte[] hostileBundle() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "org.example.zq7");
        for (String header : List.of("Bundle-Name", "Bundle-Description", "Bundle-Vendor", "Bundle-Category", "Bundle-Copyright", "Bundle-ContactAddress", "X-Hostile")) {
            main.putValue(header, ConsoleScan.STORED);
        }
        main.putValue("Bundle-DocURL", "javascript:zq7()");
        main.putValue("Bundle-License", "zq7;link=\"javascript:zq7()\"");
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        return jar.toByteArray();
    }

    /** As a plug-in of the web console did it that Catseye once had. */
    @Test
    public void aPlugInThatWritesItsPathIntoThePageIsFoundAndItsScriptsDoNotRun() throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(LABEL, "leaky");
        properties.put("felix.webconsole.title", "Leaky");
        ServiceRegistration<Servlet> leaky = context.registerService(Servlet.class, new Leaky(), properties);
        try {
            Running.await("the plug-in", () -> owner.send("GET", "/system/console/leaky", "").statusCode() == 200 ? "there" : null);
            assertTrue(labels().contains("leaky"));
            scan.reflected("leaky");
            assertTrue(scan.faults().toString(), scan.faults().stream().anyMatch(fault -> fault.contains("out of its place")));
            assertFalse("the policy is there all the same: " + scan.faults(), scan.faults().stream().anyMatch(fault -> fault.contains("has the policy") || fault.contains("may be stored")));
            String policy = owner.send("GET", "/system/console/leaky/x%3Cscript%3Ezq7()%3C%2Fscript%3E", "").headers().firstValue("Content-Security-Policy").orElse("");
            assertFalse(policy, policy.contains(ConsoleScan.hash("zq7()")));
        } finally {
            leaky.unregister();
        }
    }

    /** Writes what it is asked for into its page as it is, and would loosen the policy. */
    private static final class Leaky extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/html; charset=utf-8");
            response.setHeader("Content-Security-Policy", "script-src * 'unsafe-inline'");
            response.setHeader("Cache-Control", "public");
            response.getWriter().print("<form action='" + request.getPathInfo() + "'>" + request.getParameter("name") + "</form>");
        }
    }
}
