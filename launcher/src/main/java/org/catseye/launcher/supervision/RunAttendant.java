package org.catseye.launcher.supervision;

import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.catseye.concurrent.NamedThreads;
import org.catseye.launcher.framework.FrameworkRun;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.readiness.LoginProbe;
import org.catseye.launcher.readiness.LoginWatch;
import org.catseye.launcher.readiness.ReadinessReport;
import org.catseye.launcher.readiness.StartupDiagnosis;
import org.catseye.launcher.recovery.RecoveryFiles;
import org.catseye.launcher.refusal.StartRefusedException;
import org.catseye.launcher.service.ServiceNotifier;

/**
 * Accompanies one run of the framework: starts the readiness report, completes a recovery, and then checks that users can log in. It
 * has its own thread, because a repair may take long or hang. Ends when it is interrupted or the framework stops.
 */
final class RunAttendant implements Runnable {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long START_POLL_MILLIS = 10;
    private static final long RECOVERY_POLL_MILLIS = 200;
    private final FrameworkRun run;
    private final LaunchOptions options;
    private final RecoveryFiles recovery;
    private final Instant begin;
    private final ServiceNotifier service;
    private final Runnable onLogin;

    /** @param onLogin called each time when users can log in */
    RunAttendant(FrameworkRun run, LaunchOptions options, RecoveryFiles recovery, Instant begin, ServiceNotifier service, Runnable onLogin) {
        this.run = run;
        this.options = options;
        this.recovery = recovery;
        this.begin = begin;
        this.service = service;
        this.onLogin = onLogin;
    }

    @Override
    public void run() {
        try {
            while (!run.isStarted()) {
                Thread.sleep(START_POLL_MILLIS);
            }
            NamedThreads.newDaemonThread(new ReadinessReport(run.bundleContext(), options, begin, service), "catseye-readiness").start();
            LoginProbe probe = new LoginProbe(run.bundleContext(), options);
            completeRecovery(probe);
            watchLogin(probe);
        } catch (InterruptedException | IllegalStateException stopped) {
            LOG.fine("the framework stopped");
        } catch (StartRefusedException reportedBySupervisor) {
            LOG.fine("the framework did not start");
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "the result of the recovery cannot be written", e);
        }
    }

    private void completeRecovery(LoginProbe probe) throws InterruptedException, IOException {
        while (recovery.isUnderWay()) {
            if (!recovery.isPasswordPending() && probe.isLoginPossible()) {
                recovery.publishResult();
                return;
            }
            Thread.sleep(RECOVERY_POLL_MILLIS);
        }
    }

    private boolean isLoginPossible(LoginProbe probe) {
        boolean possible = probe.isLoginPossible();
        if (possible) {
            onLogin.run();
        }
        return possible;
    }

    private void watchLogin(LoginProbe probe) throws InterruptedException {
        LoginWatch watch = new LoginWatch(() -> isLoginPossible(probe) && run.isFoundationRunning(),
                () -> run.repairBundles(probe.isLoginPossible()),
                () -> new StartupDiagnosis(run.bundleContext()).describeProblems(), LOG::severe, System::nanoTime);
        while (true) {
            Thread.sleep(watch.intervalMillis());
            watch.checkLogin();
        }
    }
}
