package org.catseye.qemu.discovery;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.config.BadValueException;
import org.catseye.options.CheckedSettings;
import org.catseye.qemu.QemuProcess;
import org.catseye.targets.SelfCheck.Action;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

public final class MachineDiscoveryTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final List<ServerSocketChannel> servers = new ArrayList<>();
    /** By PID and name. */
    private final Map<String, Dictionary<String, Object>> saved = new HashMap<>();
    private Path sockets;
    private Path proc;
    private MachineDiscovery discovery;

    @Before
    public void create() throws Exception {
        sockets = folder.newFolder("run").toPath();
        proc = folder.newFolder("proc").toPath();
        discovery = new MachineDiscovery(fake(BundleContext.class, (self, method, arguments) -> new Bundle[] {fake(Bundle.class, (bundle, name, none) -> "org.catseye.vnc")}),
                createAdmin(), CheckedSettings.parseProperties(Map.of(), none -> new MachineSearch(sockets, proc)));
    }

    @After
    public void close() throws Exception {
        for (ServerSocketChannel server : servers) {
            server.close();
        }
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private ConfigurationAdmin createAdmin() {
        return fake(ConfigurationAdmin.class, (self, method, arguments) -> {
            if (method.getName().equals("listConfigurations")) {
                return saved.keySet().stream().filter(pid -> pid.startsWith("org.catseye.qemu~")).map(this::createConfiguration).toArray(Configuration[]::new);
            }
            return createConfiguration(arguments[0] + "~" + arguments[1]);
        });
    }

    @SuppressWarnings("unchecked")
    private Configuration createConfiguration(String pid) {
        return fake(Configuration.class, (self, method, arguments) -> {
            if (method.getName().equals("update")) {
                saved.put(pid, (Dictionary<String, Object>) arguments[0]);
                return null;
            }
            return saved.get(pid);
        });
    }

    private Path createSocket(String name) throws IOException {
        Path file = sockets.resolve(name);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(file));
        servers.add(server);
        return file;
    }

    @Test
    public void offersEachSocketOfTheFolderAndAddsItWithOneClick() throws Exception {
        Path monitor = createSocket("Web 1.qmp");
        Path vnc = createSocket("Web 1.vnc");
        Files.writeString(sockets.resolve("file.qmp"), "");
        List<Action> actions = discovery.availableActions();
        assertEquals(List.of(new Action("add-web-1", "Add Web 1", actions.get(0).description(), Permission.ADMIN)), actions);
        assertTrue(discovery.checkItems().get(0).description(), discovery.checkItems().get(0).description().contains(monitor.toString()));
        assertEquals("nothing is added by itself", Map.of(), saved);

        discovery.performAction("add-web-1");
        assertEquals(Map.of("org.catseye.qemu~web-1", Map.of("kvm.target", "web-1", "kvm.label", "Web 1", "socket", monitor.toString()),
                "org.catseye.vnc~web-1", Map.of("kvm.target", "web-1", "kvm.label", "Web 1", "socket", vnc.toString())), saved);
        assertEquals("it is offered no more", List.of(), discovery.availableActions());
        assertThrows(IllegalArgumentException.class, () -> discovery.performAction("add-web-1"));
    }

    @Test
    public void aNameThatIsTakenIsNotOverwritten() throws Exception {
        createSocket("web.qmp");
        discovery.performAction("add-web");
        servers.get(0).close();
        Files.delete(sockets.resolve("web.qmp"));
        saved.get("org.catseye.qemu~web").put("socket", "/elsewhere");
        createSocket("web.qmp");
        assertTrue(assertThrows(IOException.class, () -> discovery.performAction("add-web")).getMessage().contains("already"));
    }

    @Test
    public void aSocketWithoutRightsIsExplainedAndNotOffered() throws Exception {
        Assume.assumeFalse("root may use all sockets", Files.isWritable(Path.of("/proc/1/oom_score_adj")));
        Path monitor = createSocket("web.qmp");
        Files.setPosixFilePermissions(monitor, PosixFilePermissions.fromString("r--------"));
        assertEquals(List.of(), discovery.availableActions());
        assertTrue(discovery.checkItems().get(0).remedy().contains("group"));
    }

    @Test
    public void processesAreFoundExceptThoseOfOtherPrograms() throws Exception {
        Path monitor = createSocket("socket");
        writeProcess("17", "qemu-system-x86_64", "-name", "db", "-qmp", "unix:" + monitor + ",server=on");
        writeProcess("18", "/usr/bin/kvm", "-name", "mail", "-qmp", "unix:/run/qemu-server/100.qmp");
        writeProcess("19", "vim", "-qmp", "unix:" + createSocket("other"));
        assertEquals(List.of(new FoundMachine("db", "db", monitor, Optional.empty())), new MachineSearch(sockets, proc).findMachines(List.of()));
        assertEquals(List.of(), new MachineSearch(sockets, proc).findMachines(List.of(monitor)));
    }

    @Test
    public void aBadFolderIsReported() {
        assertThrows(BadValueException.class, () -> MachineDiscovery.parseSettings(Map.of("folder", "run")));
        MachineDiscovery bad = new MachineDiscovery(null, createAdmin(), CheckedSettings.parseProperties(Map.of("folder", "run"), MachineDiscovery::parseSettings));
        assertTrue(bad.checkItems().get(0).description(), bad.checkItems().get(0).description().contains("folder is 'run'"));
        assertEquals(List.of(), bad.availableActions());
    }

    private void writeProcess(String pid, String... command) throws IOException {
        Files.writeString(Files.createDirectories(proc.resolve(pid)).resolve("cmdline"), String.join("\0", command) + "\0");
    }

    @Test
    public void aRunningQemuIsFound() throws Exception {
        Assume.assumeTrue("QEMU is installed (qemu-system-x86)", QemuProcess.isInstalled());
        try (QemuProcess machine = new QemuProcess(sockets, "-S", "-name", "guest=running,debug-threads=on")) {
            assertTrue(new MachineSearch(proc, Path.of("/proc")).findMachines(List.of())
                    .contains(new FoundMachine("running", "running", machine.socket(), Optional.empty())));
        }
    }
}
