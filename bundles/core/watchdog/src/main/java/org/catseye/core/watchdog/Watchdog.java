package org.catseye.core.watchdog;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.watchdog.output.LogFilter;
import org.catseye.core.watchdog.output.OsgiLogSilence;
import org.catseye.core.watchdog.output.OutputCounts;
import org.catseye.core.watchdog.output.PrintedOutput;
import org.catseye.core.watchdog.owner.BundleOwners;
import org.catseye.core.watchdog.usage.JvmThreads;
import org.catseye.core.watchdog.usage.ThreadSampler;
import org.catseye.core.watchdog.verdict.BackgroundStop;
import org.catseye.core.watchdog.verdict.Limits;
import org.catseye.options.Options;
import org.catseye.plugins.health.BundleHealth;
import org.catseye.plugins.health.BundleWatchdog;
import org.catseye.plugins.health.LentFrames;
import org.catseye.plugins.health.PluginControl;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.admin.LoggerAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures all bundles every two seconds, counts what they log and print, and has plug-ins stopped that stay over a limit. */
@Component(service = BundleWatchdog.class, immediate = true, configurationPid = WatchdogConfig.PID)
@Designate(ocd = WatchdogConfig.class)
public final class Watchdog implements BundleWatchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long SAMPLE_SECONDS = 2;

    private final BundleOwners owners;
    private final OutputCounts output;
    private final LogFilter log;
    private final PrintedOutput printed;
    private final OsgiLogSilence silence = new OsgiLogSilence(() -> Optional.ofNullable(this.loggers), System::nanoTime);
    private final BackgroundStop stop = new BackgroundStop(() -> Optional.ofNullable(this.control));
    private final HealthRounds rounds;
    private final ScheduledExecutorService thread = NamedThreads.newSingleThreadScheduler("watchdog");
    private final Thread.UncaughtExceptionHandler uncaught = Watchdog::logUncaught;
    private volatile Limits limits;
    private volatile List<BundleHealth> health = List.of();
    private volatile boolean failing;
    private volatile PluginControl control;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile LentFrames lentFrames;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile LoggerAdmin loggers;

    @Activate
    public Watchdog(Map<String, Object> properties, BundleContext context) {
        BundleContext framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
        Path file = context.getDataFile("stopped-plugins").toPath();
        limits = readLimits(properties);
        owners = new BundleOwners(framework);
        ThreadSampler sampler = new ThreadSampler(new JvmThreads(), owners);
        output = new OutputCounts(System::nanoTime, limits.linesPerMinute());
        log = new LogFilter(owners, output, silence::silence);
        printed = new PrintedOutput(owners, output, sampler::findOwner);
        rounds = new HealthRounds(owners, sampler, output, () -> Optional.ofNullable(lentFrames), stop, file, System::nanoTime, Clock.systemUTC());
    }

    @Activate
    void start() {
        log.install();
        printed.install();
        if (Thread.getDefaultUncaughtExceptionHandler() == null) {
            Thread.setDefaultUncaughtExceptionHandler(uncaught);
        }
        thread.scheduleWithFixedDelay(this::measure, 0, SAMPLE_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        thread.shutdownNow();
        stop.close();
        if (Thread.getDefaultUncaughtExceptionHandler() == uncaught) {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        printed.remove();
        log.remove();
        silence.restoreAll();
    }

    @Modified
    void readSettings(Map<String, Object> properties) {
        limits = readLimits(properties);
        output.setLinesPerMinute(limits.linesPerMinute());
    }

    private static Limits readLimits(Map<String, Object> properties) {
        Options options = new Options(WatchdogConfig.PID, properties);
        return new Limits(options.readFlagOrDefault("stopPlugins", true, LOG::error),
            options.readNumberOrDefault("cpuPercent", WatchdogConfig.DEFAULT_CPU, WatchdogConfig.MIN_CPU, WatchdogConfig.MAX_CPU, LOG::error),
            options.readNumberOrDefault("threads", WatchdogConfig.DEFAULT_THREADS, WatchdogConfig.MIN_THREADS, WatchdogConfig.MAX_THREADS, LOG::error),
            options.readNumberOrDefault("linesPerMinute", WatchdogConfig.DEFAULT_LINES, WatchdogConfig.MIN_LINES, WatchdogConfig.MAX_LINES, LOG::error),
            options.readNumberOrDefault("exceptionsPerMinute", WatchdogConfig.DEFAULT_EXCEPTIONS, WatchdogConfig.MIN_EXCEPTIONS, WatchdogConfig.MAX_EXCEPTIONS, LOG::error),
            options.readNumberOrDefault("graceSeconds", WatchdogConfig.DEFAULT_GRACE, WatchdogConfig.MIN_GRACE, WatchdogConfig.MAX_GRACE, LOG::error));
    }

    /** Its bundle starts last. Without it, no bundle counts as a plug-in. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void setControl(PluginControl service) {
        control = service;
        owners.setPluginLocations(service::isPlugin);
    }

    /** Plug-ins stay plug-ins while that bundle is replaced. */
    void unsetControl(PluginControl service) {
        if (control == service) {
            control = null;
        }
    }

    @Override
    public List<BundleHealth> listHealth() {
        return health;
    }

    private void measure() {
        try {
            health = rounds.measure(limits);
            silence.restoreOverdue();
            failing = false;
        } catch (RuntimeException | LinkageError e) {
            if (!failing) {
                LOG.error("The bundles cannot be measured. The next attempt follows", e);
            }
            failing = true;
        }
    }

    /** In the log instead of only on the error output, where it is counted for its plug-in. */
    private static void logUncaught(Thread ended, Throwable exception) {
        LOG.error("The thread {} has ended with an exception", ended.getName(), exception);
    }
}
