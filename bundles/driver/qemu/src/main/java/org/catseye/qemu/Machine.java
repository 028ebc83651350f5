package org.catseye.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.catseye.concurrent.NamedThreads;
import org.catseye.qemu.drive.DriveList;
import org.catseye.qemu.machine.MachinePower;
import org.catseye.qemu.qmp.QmpClient;
import org.catseye.qemu.qmp.QmpError;
import org.catseye.qemu.qmp.QmpListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual machine: the connection to QEMU, and what depends on it. Its drives are offered when QEMU has described them for the first time, and
 * stay while QEMU is restarted. Work that waits for QEMU runs on a thread of its own, because the thread of the connection reads the answers.
 */
final class Machine implements QmpListener, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);

    private final String target;
    private final DrivePublisher publisher;
    private final QmpClient client;
    private final MachinePower power;
    private final DriveList drives;
    private final ScheduledExecutorService worker;
    /** The actions that withdraw offered drives. Guarded by the worker; null when the machine is closed. */
    private Map<DriveList.Found, Runnable> offered = new HashMap<>();
    private volatile Optional<MachineEvent> latestEvent = Optional.empty();

    /** Offers a drive to the hubs. */
    @FunctionalInterface
    interface DrivePublisher {
        /** @return withdraws it */
        Runnable publishDrive(DriveList.Found drive);
    }

    Machine(QemuSettings settings, DrivePublisher publisher) {
        target = settings.target();
        this.publisher = publisher;
        client = new QmpClient(settings.address(), target, this);
        power = new MachinePower(client);
        drives = new DriveList(client, settings.drives());
        worker = NamedThreads.newSingleThreadScheduler("qemu-" + target);
    }

    void start() {
        client.start();
    }

    QmpClient client() {
        return client;
    }

    MachinePower power() {
        return power;
    }

    List<DriveList.Found> knownDrives() {
        return drives.knownDrives();
    }

    /** What QEMU reported last. */
    Optional<MachineEvent> latestEvent() {
        return latestEvent;
    }

    @Override
    public void handleConnection() {
        LOG.info("Target {}: connected to QEMU {}", target, client.version());
        submit(() -> offerDrives(drives.findDrives()));
    }

    @Override
    public void handleDisconnection(String problem) {
        LOG.info("Target {}: {}", target, problem);
    }

    @Override
    public void handleEvent(String event, JsonNode data) {
        if (event.equals("DEVICE_TRAY_MOVED") && data.path("tray-open").asBoolean()) {
            submit(drives::releaseEjected);
        }
        MachineEvent.findByName(event, data).ifPresent(known -> {
            latestEvent = Optional.of(known);
            LOG.info("Target {}: {}", target, known.description());
        });
    }

    /** What waits for QEMU. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void submit(Work work) {
        try {
            worker.execute(() -> runWork(work));
        } catch (RejectedExecutionException e) {
            LOG.debug("Target {}: closed", target);
        }
    }

    private void runWork(Work work) {
        try {
            work.run();
        } catch (QmpError e) {
            LOG.warn("Target {}: the drives are not known: {}", target, e.getMessage());
        } catch (IOException e) {
            LOG.debug("Target {}: {}", target, e.getMessage()); // The next connection looks again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Target {}", target, e);
        }
    }

    /** Withdraws those that no longer exist first, because a new one may have the same name. */
    private void offerDrives(List<DriveList.Found> found) {
        synchronized (worker) {
            if (offered == null) {
                return;
            }
            offered.entrySet().removeIf(each -> {
                boolean removed = !found.contains(each.getKey());
                if (removed) {
                    each.getValue().run();
                }
                return removed;
            });
            found.forEach(each -> offered.computeIfAbsent(each, publisher::publishDrive));
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        Map<DriveList.Found, Runnable> withdrawn;
        synchronized (worker) {
            withdrawn = offered;
            offered = null;
        }
        if (withdrawn != null) {
            withdrawn.values().forEach(Runnable::run);
        }
        client.close();
    }
}
