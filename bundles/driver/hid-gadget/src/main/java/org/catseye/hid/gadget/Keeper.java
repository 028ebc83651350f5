package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.hid.gadget.Gadget.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the gadget as it is declared: brings it there when it starts, when the gadget was made anew, and when it was unbound
 * (its controller's driver may have been loaded again). Stands aside while the root helper works. For one thread.
 */
final class Keeper {

    /** How long after a failure it is tried again. */
    static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A helper that takes longer was killed, and its mark is worth nothing. */
    private static final long BUSY_MILLIS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Gadget desired;
    private final Places places;
    private final String wanted;
    private final ConfigFs configFs;
    private final Controllers controllers;
    private final LongSupplier nanos;
    private Object known;
    private boolean due = true;
    private boolean wakes;
    private IOException trouble;
    private long troubledAt;

    /** @param wanted name of the controller to use; empty for the first */
    Keeper(Gadget desired, Places places, String wanted, LongSupplier nanos) {
        this.desired = desired;
        this.places = places;
        this.wanted = wanted;
        this.configFs = new ConfigFs(places.gadgets().resolve(desired.name()));
        this.controllers = new Controllers(places.controllers());
        this.nanos = nanos;
    }

    ConfigFs configFs() {
        return configFs;
    }

    /** Takes the gadget off its controller, until the next {@link #keep()}. @throws IOException as that does */
    void unplug() throws IOException {
        if (!Files.exists(configFs.folder().resolve("UDC"))) {
            throw new IOException("the USB gadget is not set up: run \"sudo catseye-gadget up\"");
        }
        take(new Step.Unbind());
        due = true;
    }

    /** Whether a report wakes a sleeping target; known after {@link #keep()}. */
    boolean wakes() {
        return wakes;
    }

    /** Has the next {@link #keep()} compare everything. */
    void again() {
        due = true;
    }

    /**
     * Looks, cheaply, and mends if there is a reason to.
     *
     * @return the controller that the gadget is bound to
     * @throws IOException in words for a person, with the mend
     */
    String keep() throws IOException {
        if (busy()) {
            due = true;
            trouble = null;
            throw new IOException("the USB gadget is being set up");
        }
        if (trouble != null && nanos.getAsLong() - troubledAt < RETRY_NANOS && Objects.equals(known, identity())) {
            throw trouble;
        }
        try {
            trouble = null;
            return kept();
        } catch (IOException e) {
            trouble = e;
            troubledAt = nanos.getAsLong();
            due = true;
            throw e;
        }
    }

    private String kept() throws IOException {
        String controller = controllers.choose(wanted);
        Object now = identity();
        if (due || !Objects.equals(now, known) || !configFs.controller().equals(controller)) {
            known = now;
            bring(controller);
            known = identity();
            due = false;
        }
        return controller;
    }

    private void bring(String controller) throws IOException {
        Observed observed = configFs.observe();
        if (!observed.exists() && !Files.isWritable(places.gadgets())) {
            throw new IOException(Files.isDirectory(places.gadgets())
                    ? "the USB gadget is not set up: run \"sudo catseye-gadget up\""
                    : "the kernel part for USB gadgets is not loaded: run \"sudo catseye-gadget up\"");
        }
        wakes = observed.wakes();
        checkBudget(observed);
        List<Step> plan = Planner.plan(desired, observed, controller);
        for (Step step : plan) {
            take(step);
        }
        if (!plan.isEmpty()) {
            LOG.info("USB gadget brought to profile {} in {} steps", desired.profile().word(), plan.size());
            LOG.debug("The steps: {}", plan);
        }
    }

    private void take(Step step) throws IOException {
        try {
            step.on(configFs);
        } catch (AccessDeniedException e) {
            throw new IOException("not permitted to " + step.words() + ": run \"sudo catseye-gadget up\", which hands the gadget "
                    + "over to this user's group", e);
        } catch (IOException e) {
            String why = e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
            throw new IOException("the kernel refused to " + step.words() + ": " + why + hint(step, why), e);
        }
    }

    private static String hint(Step step, String why) {
        if (step instanceof Step.Bind) {
            return "; another gadget may hold the controller, or it has too few endpoints: try a smaller profile";
        }
        return step instanceof Step.MakeFolder && "No such device".equals(why) ? "; the kernel has room for four HID functions" : "";
    }

    private void checkBudget(Observed observed) throws IOException {
        int needed = desired.profile().functions().size() * HidFunction.ENDPOINTS;
        for (Link other : observed.others()) {
            needed += endpoints(other.function());
        }
        if (needed > desired.endpoints()) {
            throw new IOException("the functions need " + needed + " endpoints and the controller has " + desired.endpoints()
                    + ": choose a smaller profile, or take a function out");
        }
    }

    /** Endpoints of the kernel's function drivers, the control endpoint not counted. */
    private static int endpoints(String function) {
        return switch (function.substring(0, Math.max(0, function.indexOf('.')))) {
            case "hid", "mass_storage", "uac1", "uac2", "uvc" -> 2;
            default -> 3;
        };
    }

    private boolean busy() {
        try {
            long since = Files.getLastModifiedTime(places.busy()).toMillis();
            return System.currentTimeMillis() - since < BUSY_MILLIS;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Changes when the gadget's folder is removed and made again; null while it is not there. */
    private Object identity() {
        try {
            return Files.readAttributes(configFs.folder(), BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
