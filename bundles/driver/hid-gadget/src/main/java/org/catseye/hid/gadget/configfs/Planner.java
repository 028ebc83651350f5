package org.catseye.hid.gadget.configfs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.catseye.hid.gadget.descriptor.Attribute;
import org.catseye.hid.gadget.descriptor.Gadget;
import org.catseye.hid.gadget.descriptor.Gadget.Link;

/**
 * Compares the declared gadget with the current one, and computes the shortest list of steps between them. It respects the
 * kernel's rules: a function's files are locked while it is linked, removing a link from a bound gadget unbinds it, the host does
 * not notice ids that change while the gadget is bound, and interfaces are numbered in the order of linking.
 */
public final class Planner {

    private final Gadget declared;
    private final ObservedGadget current;
    private final String controller;
    private final Set<String> changedFolders = new HashSet<>();
    private final List<Step> folders = new ArrayList<>();
    private final List<Step> writes = new ArrayList<>();
    private final List<Step> removals = new ArrayList<>();
    private final List<Step> additions = new ArrayList<>();

    private Planner(Gadget declared, ObservedGadget current, String controller) {
        this.declared = declared;
        this.current = current;
        this.controller = controller;
    }

    /** The steps, in order; empty if the gadget already matches its declaration, apart from drives that cannot be used. */
    public static List<Step> planSteps(Gadget declared, ObservedGadget current, String controller) {
        return new Planner(current.dropUnusableDrives(declared), current, controller).collectSteps();
    }

    private List<Step> collectSteps() {
        planFolders();
        planWrites();
        planLinks();
        boolean changes = !(folders.isEmpty() && writes.isEmpty() && removals.isEmpty() && additions.isEmpty());
        boolean bound = !current.controller().isEmpty();
        List<Step> plan = new ArrayList<>();
        if (bound && (changes || !current.controller().equals(controller))) {
            plan.add(new Step.UnbindController());
        }
        plan.addAll(removals);
        plan.addAll(folders);
        plan.addAll(writes);
        plan.addAll(additions);
        if (!bound || !plan.isEmpty()) {
            plan.add(new Step.BindController(controller));
        }
        return plan;
    }

    private void planFolders() {
        if (!current.exists()) {
            folders.add(new Step.CreateFolder(""));
        }
        for (String folder : declared.requiredFolders()) {
            if (!current.folders().contains(folder)) {
                folders.add(new Step.CreateFolder(folder));
                changedFolders.add(folder);
            }
        }
    }

    private void planWrites() {
        for (Attribute attribute : declared.declareAttributes(current.foreignLinks().size(), current.canWakeHost())) {
            if (!current.hasAttribute(attribute)) {
                writes.add(new Step.WriteAttribute(attribute));
                changedFolders.add(attribute.parentFolder());
            }
        }
    }

    private void planLinks() {
        List<Link> required = declared.requiredLinks();
        int kept = 0;
        while (kept < required.size() && canStay(required.get(kept))) {
            kept++;
        }
        List<Link> keep = required.subList(0, kept);
        for (Link link : current.links()) {
            if (link.isManaged() && !keep.contains(link)) {
                removals.add(new Step.RemoveLink(link));
            }
        }
        for (Link link : required.subList(kept, required.size())) {
            additions.add(new Step.CreateLink(link));
        }
        if (!additions.isEmpty()) {
            // Foreign functions are linked again after ours, so that the keyboard stays the first interface.
            current.foreignLinks().forEach(link -> {
                removals.add(new Step.RemoveLink(link));
                additions.add(new Step.CreateLink(link));
            });
        }
    }

    private boolean canStay(Link link) {
        return current.links().contains(link) && !changedFolders.contains("functions/" + link.functionName());
    }
}
