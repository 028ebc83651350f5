package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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
import org.osgi.service.cm.ConfigurationAdmin;

/** Secrets that were planted everywhere are on no page, in no archive, in no log and in no file that others can read. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SecretsIT {

    private static final String LDAP = "org.catseye.auth.ldap";
    private static final String CAMERA = "org.example.camera";
    private static final String LDAP_PASSWORD = "zq7LdapBindPassword4711";
    private static final String NEW_LDAP_PASSWORD = "zq7SecondBindPassword4712";
    private static final String CAMERA_PASSWORD = "zq7CameraPassword4713";
    private static final String USER_PASSWORD = "zq7UserPassword4714";
    private static final String DIRECTORY = """
            servers = ["ldaps://127.0.0.1:1"]
            bindDn = cn=catseye,dc=example,dc=org
            bindPassword = %s
            userBase = dc=example,dc=org
            groupRoles = ["cn=admins,dc=example,dc=org => admin"]
            """.formatted(LDAP_PASSWORD);
    private static final Pattern MENU = Pattern.compile("href=[\"']/system/console/([^\"'/?#]+)[\"']");
    private static final Pattern PATH = Pattern.compile("\"(/[^\"{}]*)\":\\{");
    /** All status pages in one file, for a support request. */
    private static final String ARCHIVE = "status-Bundlelist/configuration-status-20300101-000000.zip";
    private static final String LABEL = "felix.webconsole.label";

    @Inject
    private BundleContext context;
    @Inject
    private ConfigurationAdmin configurations;
    private Client owner;
    private Path home;
    private final Map<String, String> planted = new LinkedHashMap<>();
    private final List<String> found = new ArrayList<>();
    private int looked;

    @Configuration
    public Option[] config() throws IOException {
        return Product.configured(Map.of(LDAP, DIRECTORY), "virtual-target", "ldap", "health-checks", "memory-usage");
    }

    @Before
    public void plant() throws Exception {
        Running running = new Running(context);
        owner = running.client();
        home = Path.of(context.getProperty("catseye.home"));
        Running.await("the web console", () -> owner.send("GET", "/system/console/bundles", "").statusCode() == 200 ? "there" : null);
        Files.writeString(home.resolve("config").resolve(LDAP + ".cfg"), DIRECTORY);
        Running.await("the file to be read", () -> configurations.getConfiguration(LDAP, "?").getProperties().get("timeoutSeconds") == null ? "read" : null);
        planted.put("the LDAP password", LDAP_PASSWORD);
        planted.put("the new LDAP password", NEW_LDAP_PASSWORD);
        planted.put("the password of the owner", Product.PASSWORD);
        planted.put("the session", owner.cookie().substring(owner.cookie().indexOf('=') + 1));
        planted.put("the TLS key", keyText());
        owner.send("POST", "/api/v1/users", "{\"name\":\"zq7user\",\"password\":\"" + USER_PASSWORD + "\",\"roles\":[],\"rights\":{\"*\":[\"VIEW\"]}}");
        planted.put("the password of a user", USER_PASSWORD);
        planted.put("the API token", field("token", owner.send("POST", "/api/v1/tokens", "{\"name\":\"zq7" + System.nanoTime() + "\",\"rights\":{\"*\":[\"ADMIN\"]},\"expires\":\"" + Instant.now().plusSeconds(86_400) + "\"}")));
        planted.put("the secret of one-time codes", secondFactor());
        Dictionary<String, Object> camera = new Hashtable<>(Map.of("address", "192.0.2.1", "password", CAMERA_PASSWORD));
        configurations.getConfiguration(CAMERA, "?").update(camera);
        planted.put("the password of another product's component", CAMERA_PASSWORD);
    }

    private String keyText() throws IOException {
        try (var files = Files.walk(home)) {
            Path key = files.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().endsWith(".key")).findFirst().orElseThrow();
            return Files.readAllLines(key).stream().filter(line -> !line.startsWith("-")).findFirst().orElseThrow();
        }
    }

    private String secondFactor() throws Exception {
        HttpResponse<String> answer = owner.send("POST", "/api/v1/users/admin/second-factor", "{\"password\":\"" + Product.PASSWORD + "\"}");
        return field("secret", answer);
    }

    private static String field(String name, HttpResponse<String> answer) {
        Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]{16,})\"").matcher(answer.body());
        assertTrue(answer.statusCode() + " " + name + ": " + answer.body(), value.find());
        return value.group(1);
    }

    @Test
    public void noPageAndNoArchiveOfTheConsoleShowsASecret() throws Exception {
        Set<String> labels = labels();
        assertTrue(labels.toString(), labels.size() > 20);
        for (String label : labels) {
            for (String form : label.startsWith("status-") ? List.of("", ".json", ".nfo", ".txt", ".html", ".zip") : List.of("", ".json", "/data.json")) {
                look(label + form);
            }
        }
        look(ARCHIVE);
        for (Bundle bundle : context.getBundles()) {
            look("bundles/" + bundle.getBundleId() + ".json");
        }
        for (ServiceReference<?> service : context.getAllServiceReferences(null, null)) {
            Object id = service.getProperty("service.id");
            look("services/" + id + ".json");
            Object component = service.getProperty("component.id");
            if (component != null) {
                look("components/" + component);
                look("components/" + component + ".json");
            }
        }
        for (long id = 0; id < 200; id++) {
            look("components/" + id + ".json");
        }
        for (String pid : List.of(LDAP, CAMERA)) {
            look("configMgr/" + pid);
            look("configMgr/" + pid + ".json");
            note("POST configMgr/" + pid, owner.form("/system/console/configMgr/" + pid, "post=true").body());
        }
        assertEquals(looked + " answers", List.of(), found);
        assertTrue("answers: " + looked, looked > 400);
    }

    /** Proves that the search can find something, where it looks. */
    @Test
    public void theSearchFindsAnOpenSettingInPagesAndArchives() throws Exception {
        planted.put("an open setting", "dc=example,dc=org");
        for (String label : labels()) {
            if (label.startsWith("status-")) {
                look(label + ".txt");
                look(label + ".zip");
            }
        }
        look(ARCHIVE);
        assertTrue(found.toString(), found.stream().anyMatch(line -> line.contains("an open setting")));
        assertTrue(found.toString(), found.stream().anyMatch(line -> line.contains("an open setting") && line.contains(ARCHIVE + "!")));
        assertFalse(found.toString(), found.stream().anyMatch(line -> !line.contains("an open setting")));
    }

    @Test
    public void aPasswordThatIsSavedInTheFormReachesTheFileAndIsHiddenAtOnce() throws Exception {
        HttpResponse<String> saved = owner.form("/system/console/configMgr/" + LDAP,
                "apply=true&action=ajaxConfigManager&propertylist=bindPassword&bindPassword=" + NEW_LDAP_PASSWORD);
        assertEquals(saved.body(), 302, saved.statusCode());
        assertTrue(Files.readString(home.resolve("config").resolve(LDAP + ".cfg")).contains("bindPassword = " + NEW_LDAP_PASSWORD + "\n"));
        note("ConfigurationAdmin", configurations.getConfiguration(LDAP, "?").getProperties().toString());
        look(ARCHIVE);
        look("configMgr/" + LDAP + ".json");
        assertEquals(List.of(), found);
        // As the form sends it when the password was left alone.
        owner.form("/system/console/configMgr/" + LDAP, "apply=true&action=ajaxConfigManager&propertylist=bindPassword,timeoutSeconds&bindPassword=unmodified&timeoutSeconds=7");
        String text = Files.readString(home.resolve("config").resolve(LDAP + ".cfg"));
        assertTrue(text.contains("timeoutSeconds = 7\n") && text.contains("bindPassword = " + NEW_LDAP_PASSWORD + "\n"));
    }

    private HttpResponse<String> savePassword(String key, String value) throws Exception {
        return owner.form("/system/console/configMgr/" + LDAP, "apply=true&action=ajaxConfigManager&propertylist=" + key + "&" + key + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private String reference(String pid, String key) throws IOException {
        return (String) configurations.getConfiguration(pid, "?").getProperties().get(key);
    }

    @Test
    public void dotsInAFormNeverReplaceASecret() throws Exception {
        Path file = home.resolve("config").resolve(LDAP + ".cfg");
        String before = Files.readString(file);
        for (String dots : List.of(reference(CAMERA, "password"), reference(LDAP, "bindPassword") + "x", "\u2022".repeat(8))) {
            HttpResponse<String> refused = savePassword("bindPassword", dots);
            assertEquals(refused.body(), 400, refused.statusCode());
            assertTrue(refused.body(), refused.body().contains("it has to be the value itself, because these dots stand for no known value of this setting"));
        }
        HttpResponse<String> otherLetters = savePassword("BINDPASSWORD", reference(LDAP, "bindPassword"));
        assertEquals(otherLetters.body(), 400, otherLetters.statusCode());
        assertTrue(otherLetters.body(), otherLetters.body().contains("under exactly this name"));
        assertEquals(before, Files.readString(file));
    }

    /** Each round of the watcher tried it again, five times, with a stack trace each. */
    @Test
    public void aCopiedReferenceInAFileIsReportedOnce() throws Exception {
        PrintStream standardError = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            writeAndAwait("org.catseye.copied", "fps = 1\npassword = " + reference(CAMERA, "password") + "\n");
            for (int round = 1; round < 4; round++) {
                writeAndAwait("org.catseye.mark" + round, "fps = 1\n");
            }
        } finally {
            System.setErr(standardError);
        }
        assertEquals("\u2022".repeat(8), reference("org.catseye.copied", "password"));
        List<String> errors = log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("ERROR") && line.contains("org.catseye.copied")).toList();
        assertEquals(errors.toString(), 1, errors.size());
        assertTrue(errors.get(0), errors.get(0).contains("line 2: password has dots in place of its value. Enter the value itself"));
    }

    private void writeAndAwait(String pid, String text) throws Exception {
        Files.writeString(home.resolve("config").resolve(pid + ".cfg"), text);
        Running.await(pid, () -> configurations.getConfiguration(pid, "?").getProperties() != null ? "read" : null);
    }

    @Test
    public void noAnswerOfTheApiAndNoFileThatOthersCanReadHasASecret() throws Exception {
        Matcher path = PATH.matcher(owner.send("GET", "/api/v1/openapi.json", "").body().replaceAll("\\s*:\\s*\\{", ":{"));
        Set<String> paths = new TreeSet<>(Set.of("/metrics", "/api/v1/users", "/api/v1/sessions", "/api/v1/tokens", "/api/v1/audit", "/api/v1/targets/default/checks",
                "/api/v1/settings", "/api/v1/settings/" + LDAP));
        while (path.find()) {
            paths.add(path.group(1));
        }
        assertTrue(paths.toString(), paths.size() > 10);
        for (String one : paths) {
            note("GET " + one, owner.send("GET", one, "").body());
        }
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // The file of the option --admin-password-file is the user's own.
                boolean others = Files.getPosixFilePermissions(file).stream().anyMatch(Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ)::contains);
                boolean log = file.startsWith(home.resolve("log"));
                if ((others || log) && !file.equals(home.resolve("password")) && Files.size(file) < 16 << 20) {
                    note(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    public void heapDumpsNeedAFeatureOfTheirOwn() throws IOException {
        String base = Files.readString(Path.of(System.getProperty("catseye.dist"), "features/base.json"));
        assertTrue(base.contains("org.apache.felix.webconsole:"));
        assertFalse(base.contains("memoryusage"));
        String script = Files.readString(Path.of(System.getProperty("catseye.dist"), "bin/catseye"));
        assertTrue(script.contains("-XX:-HeapDumpOnOutOfMemoryError") && script.contains("-XX:-CreateCoredumpOnCrash"));
    }

    private Set<String> labels() throws Exception {
        Set<String> labels = new TreeSet<>(Set.of("install"));
        Matcher menu = MENU.matcher(owner.send("GET", "/system/console/bundles", "").body());
        while (menu.find()) {
            labels.add(menu.group(1).replace(" ", "%20"));
        }
        ServiceReference<?>[] plugins = context.getAllServiceReferences(null, "(" + LABEL + "=*)");
        Arrays.stream(plugins).map(plugin -> String.valueOf(plugin.getProperty(LABEL)).replace(" ", "%20")).forEach(labels::add);
        labels.remove("logout");
        return labels;
    }

    private void look(String path) throws Exception {
        HttpResponse<byte[]> answer = owner.bytes("/system/console/" + path);
        looked += answer.statusCode() == 200 ? 1 : 0;
        byte[] body = answer.body();
        if (body.length > 4 && body[0] == 'P' && body[1] == 'K') {
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(body))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    note(path + "!" + entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } else {
            note(path, new String(body, StandardCharsets.UTF_8));
        }
        String caching = answer.headers().firstValue("Cache-Control").orElse("");
        if (answer.statusCode() == 200 && !caching.contains("no-store")) {
            found.add(path + " may be stored: " + caching);
        }
    }

    /** Notes each secret in a text, as it is, with escapes of its page removed, and in Base64. */
    private void note(String where, String text) {
        String plain = text.replace("&amp;", "&").replace("&#x3D;", "=").replace("&gt;", ">").replace("\\u003d", "=").replace("\\/", "/");
        planted.forEach((what, secret) -> {
            String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)).replace("=", "");
            if (plain.contains(secret) || plain.contains(encoded)) {
                found.add(where + " has " + what);
            }
        });
    }
}
