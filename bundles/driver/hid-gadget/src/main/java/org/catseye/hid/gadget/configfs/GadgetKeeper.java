package org.catseye.hid.gadget.configfs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.hid.gadget.descriptor.Gadget;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.udc.Controllers;
import org.catseye.hid.gadget.udc.SystemPaths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the gadget in configfs equal to its declaration: applies it at startup, after the gadget was created again, and after it
 * was unbound (for example because its controller's driver was reloaded). Pauses while the root helper works. For one thread.
 */
public final class GadgetKeeper {

    /** Pause between a failure and the next attempt. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A helper that has been running for longer was killed; its busy file is ignored. */
    private static final long MAX_BUSY_MILLIS = 60_000;
    private static final String NOT_SET_UP = "the USB gadget is not set up: run \"sudo catseye-gadget up\"";

    private static final Logger LOG = LoggerFactory.getLogger(GadgetKeeper.class);

    private final Gadget configured;
    /** The configured gadget, or the same without drives after the controller refused them. */
    private Gadget declared;
    private final SystemPaths paths;
    private final String configuredController;
    private final ConfigFs configFs;
    private final Controllers controllers;
    private final LongSupplier nanos;
    private Object lastIdentity;
    private boolean fullCheckDue = true;
    private boolean canWakeHost;
    private IOException lastFailure;
    private long failedNanos;

    /**
     * @param configuredController name of the controller to use; empty for the first one
     * @param nanos clock, as {@link System#nanoTime}
     */
    public GadgetKeeper(Gadget declared, SystemPaths paths, String configuredController, LongSupplier nanos) {
        this.configured = declared;
        this.declared = declared;
        this.paths = paths;
        this.configuredController = configuredController;
        this.configFs = new ConfigFs(paths.gadgetRoot().resolve(declared.name()));
        this.controllers = new Controllers(paths);
        this.nanos = nanos;
    }

    /** The current node of a function. The kernel recreates it each time the gadget is bound. */
    public Path findNode(Role role) throws IOException {
        return paths.deviceNode(configFs.nodeNumber(role));
    }

    /** Unbinds the gadget until the next {@link #ensureDeclared()}. @throws IOException with a message for the user */
    public void unplugGadget() throws IOException {
        if (!configFs.hasControllerFile()) {
            throw new IOException(NOT_SET_UP);
        }
        applyStep(new Step.UnbindController());
        fullCheckDue = true;
    }

    /** Whether a report wakes a sleeping host; valid after {@link #ensureDeclared()}. */
    public boolean canWakeHost() {
        return canWakeHost;
    }

    /** Makes the next {@link #ensureDeclared()} compare every file. */
    public void requestFullCheck() {
        fullCheckDue = true;
    }

    /**
     * Checks the gadget, at low cost, and repairs it if it differs from its declaration.
     *
     * @return the controller that the gadget is bound to
     * @throws IOException with a message for the user, including the remedy
     */
    public String ensureDeclared() throws IOException {
        if (isHelperBusy()) {
            fullCheckDue = true;
            lastFailure = null;
            throw new IOException("the USB gadget is being set up");
        }
        if (lastFailure != null && nanos.getAsLong() - failedNanos < RETRY_NANOS && Objects.equals(lastIdentity, folderIdentity())) {
            throw lastFailure;
        }
        try {
            lastFailure = null;
            return checkAndRepair();
        } catch (IOException e) {
            lastFailure = e;
            failedNanos = nanos.getAsLong();
            fullCheckDue = true;
            throw e;
        }
    }

    private String checkAndRepair() throws IOException {
        String controller = controllers.chooseController(configuredController);
        Object identity = folderIdentity();
        if (fullCheckDue || !Objects.equals(identity, lastIdentity) || !configFs.boundController().equals(controller)) {
            declared = Objects.equals(identity, lastIdentity) ? declared : configured;
            lastIdentity = identity;
            applyDeclaration(controller);
            lastIdentity = folderIdentity();
            fullCheckDue = false;
        }
        return controller;
    }

    private void applyDeclaration(String controller) throws IOException {
        ObservedGadget observed = configFs.observeGadget();
        if (!observed.exists() && !Files.isWritable(paths.gadgetRoot())) {
            throw new IOException(Files.isDirectory(paths.gadgetRoot()) ? NOT_SET_UP
                    : "the kernel module for USB gadgets is not loaded: run \"sudo catseye-gadget up\"");
        }
        canWakeHost = observed.canWakeHost();
        checkEndpointBudget(observed);
        List<Step> plan = Planner.planSteps(declared, observed, controller);
        for (Step step : plan) {
            try {
                applyStep(step);
            } catch (IOException e) {
                if (declared.drives() == DriveSet.NONE || !(step instanceof Step.BindController || step instanceof Step.CreateLink)) {
                    throw e;
                }
                applyWithoutDrives(controller, e);
                return;
            }
        }
        if (!plan.isEmpty()) {
            LOG.info("USB gadget set to the profile {} in {} steps", declared.profile().configValue(), plan.size());
            LOG.debug("The steps: {}", plan);
        }
    }

    /** For a controller with too few endpoints, which the kernel notices only at this point: the keyboard is more important. */
    private void applyWithoutDrives(String controller, IOException cause) throws IOException {
        declared = configured.withoutDrives();
        try {
            applyDeclaration(controller);
        } catch (IOException e) {
            // The drives were not the reason.
            declared = configured;
            throw e;
        }
        LOG.warn("The USB device has no drives, because {}", cause.getMessage());
    }

    private void applyStep(Step step) throws IOException {
        try {
            step.applyTo(configFs);
        } catch (AccessDeniedException e) {
            throw new IOException("not permitted to " + step.describeStep() + ": run \"sudo catseye-gadget up\", which gives this "
                    + "user's group access to the gadget", e);
        } catch (IOException e) {
            String reason = e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
            throw new IOException("the kernel refused to " + step.describeStep() + ": " + reason + suggestRemedy(step, reason), e);
        }
    }

    private static String suggestRemedy(Step step, String reason) {
        if (step instanceof Step.BindController) {
            return "; another gadget may be using the controller, or the controller has too few endpoints: try a smaller profile";
        }
        return step instanceof Step.CreateFolder && "No such device".equals(reason) ? "; the kernel supports only four HID functions" : "";
    }

    private void checkEndpointBudget(ObservedGadget observed) throws IOException {
        int needed = observed.dropUnusableDrives(declared).requiredEndpoints() + observed.countForeignEndpoints();
        if (needed > declared.endpointCount()) {
            throw new IOException("the functions need " + needed + " endpoints, but the controller has " + declared.endpointCount()
                    + ": choose a smaller profile, or remove a function");
        }
    }

    private boolean isHelperBusy() {
        try {
            long since = Files.getLastModifiedTime(paths.busyFile()).toMillis();
            return System.currentTimeMillis() - since < MAX_BUSY_MILLIS;
        } catch (IOException noBusyFile) {
            return false;
        }
    }

    /** Changes when the gadget's folder is removed and created again, or when its drives are set up; null while it does not exist. */
    private Object folderIdentity() {
        try {
            boolean drives = configured.drives().requiredFolders().stream().allMatch(each -> Files.exists(configFs.folder().resolve(each)));
            return List.of(Files.readAttributes(configFs.folder(), BasicFileAttributes.class).fileKey(), drives);
        } catch (IOException e) {
            return null;
        }
    }
}
