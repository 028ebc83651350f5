package org.catseye.core.deploy.plugin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import org.apache.felix.framework.FrameworkFactory;
import org.catseye.access.Caller;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.WatchedFolder;
import org.catseye.core.deploy.running.TargetPictures;
import org.catseye.core.deploy.trial.TrialWatch.SettleTimes;
import org.catseye.plugins.Plugin;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginPlan;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.PluginResult.Outcome;
import org.catseye.plugins.PluginState;
import org.catseye.testkit.FakeAccess;
import org.catseye.testkit.FakeAudit;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/** A real framework with the administration of plug-ins. */
public abstract class PluginFramework {

    static final Caller ANN = new Caller(new FakeAccess().open("t", "ann"), "192.0.2.1");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    final FakeComponents components = new FakeComponents();
    final FakeSettings settings = new FakeSettings();
    final FakeAudit audit = new FakeAudit();
    volatile boolean live;
    Path folder;
    Framework framework;
    DropFolder dropFolder;
    ChangeRunner runner;
    PluginAdministration plugins;
    /** How long the target has a picture, if it is live. */
    volatile BooleanSupplier picture = () -> true;

    @Before
    public void boot() throws Exception {
        Path home = temporary.getRoot().toPath();
        folder = Files.createDirectories(home.resolve("deploy"));
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", home.resolve("cache").toString(),
                "org.osgi.framework.startlevel.beginning", "100", "org.osgi.framework.bsnversion", "multiple", "catseye.deploy.folder", folder.toString()));
        framework.init();
        dropFolder = WatchedFolder.start(framework.getBundleContext(), this::review);
        TargetPictures pictures = new TargetPictures(framework.getBundleContext());
        pictures.addHub(hub(), Map.of("kvm.target", "default", "service.id", 1L));
        runner = new ChangeRunner(dropFolder);
        runner.setAudit(audit);
        runner.start();
        plugins = new PluginAdministration(Map.of("trialSeconds", TrialConfig.MIN_SECONDS), framework.getBundleContext(), dropFolder, pictures, components, settings.metatype(),
                settings.configurationAdmin(), runner, log(), new SettleTimes(300, 300));
        plugins.start();
        framework.start();
    }

    /** Each new listener hears at once of a failure in the bundle {@code a}. */
    private LogReaderService log() {
        return proxy(LogReaderService.class, (proxy, method, arguments) -> {
            if (method.getName().equals("addLogListener")) {
                ((LogListener) arguments[0]).logged(proxy(LogEntry.class, (self, call, none) -> switch (call.getName()) {
                    case "getLogLevel" -> LogLevel.ERROR;
                    case "getException" -> new IllegalStateException("constructor", new IllegalArgumentException("no grabber"));
                    case "getBundle" -> proxy(Bundle.class, (bundle, ask, nothing) -> "a");
                    default -> throw new UnsupportedOperationException(call.getName());
                }));
            }
            return null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Optional<String> review(Attributes headers) {
        return Optional.ofNullable(headers.getValue("X-Problem"));
    }

    private VideoHub hub() {
        return new VideoHub() {
            @Override
            public VideoState currentState() {
                return new VideoState(live && picture.getAsBoolean() ? Condition.LIVE : Condition.NO_DEVICE, "", Optional.empty(), 0, 2, 0, 0);
            }

            @Override
            public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @After
    public void stop() throws Exception {
        WatchedFolder.stop(dropFolder);
        framework.stop();
        framework.waitForStop(5_000);
    }

    void restart(Callable<?> meanwhile) throws Exception {
        stop();
        meanwhile.call();
        boot();
    }

    PluginPlan plan(byte[] jar) throws Exception {
        return plugins.planChange("some file.jar", new ByteArrayInputStream(jar));
    }

    PluginResult install(byte[] jar) throws Exception {
        PluginPlan plan = plan(jar);
        assertEquals(List.of(), plan.problems());
        return plugins.applyPlan(ANN, plan.id(), true);
    }

    void installWell(byte[] jar) throws Exception {
        PluginResult result = install(jar);
        assertEquals(result.toString(), Outcome.KEPT, result.outcome());
    }

    Plugin plugin(String id) {
        return plugins.listPlugins().stream().filter(plugin -> plugin.description().id().equals(id)).findFirst().orElseThrow();
    }

    void awaitState(String id, PluginState state) throws Exception {
        await(id + " is " + state, () -> plugins.listPlugins().stream().anyMatch(plugin -> plugin.description().id().equals(id) && plugin.state() == state));
    }

    void await(String what, BooleanSupplier condition) throws Exception {
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertTrue(what + ": " + plugins.listPlugins() + audit.lines(), condition.getAsBoolean());
    }

    static Reason reasonOf(ThrowingCall call) {
        return assertThrows(PluginException.class, call::run).reason();
    }

    interface ThrowingCall {
        void run() throws Exception;
    }
}
