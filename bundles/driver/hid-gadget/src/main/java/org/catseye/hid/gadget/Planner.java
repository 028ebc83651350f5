package org.catseye.hid.gadget;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.catseye.hid.gadget.Gadget.Link;

/**
 * Compares a gadget as declared with what configfs holds, and finds the smallest list of steps between them. Knows what the
 * kernel demands: a function's files are locked while it is linked, a link taken out of a bound gadget unbinds it, ids written to
 * a bound gadget stay unseen, and interfaces are numbered in the order of linking.
 */
final class Planner {

    private final Gadget desired;
    private final Observed now;
    private final String controller;
    private final Set<String> reopened = new HashSet<>();
    private final List<Step> folders = new ArrayList<>();
    private final List<Step> writes = new ArrayList<>();
    private final List<Step> removals = new ArrayList<>();
    private final List<Step> additions = new ArrayList<>();

    private Planner(Gadget desired, Observed now, String controller) {
        this.desired = desired;
        this.now = now;
        this.controller = controller;
    }

    /** The steps, in order; empty if all is as declared. */
    static List<Step> plan(Gadget desired, Observed now, String controller) {
        return new Planner(desired, now, controller).plan();
    }

    private List<Step> plan() {
        folders();
        files();
        links();
        boolean changes = !(folders.isEmpty() && writes.isEmpty() && removals.isEmpty() && additions.isEmpty());
        boolean bound = !now.controller().isEmpty();
        List<Step> plan = new ArrayList<>();
        if (bound && (changes || !now.controller().equals(controller))) {
            plan.add(new Step.Unbind());
        }
        plan.addAll(removals);
        plan.addAll(folders);
        plan.addAll(writes);
        plan.addAll(additions);
        if (!bound || !plan.isEmpty()) {
            plan.add(new Step.Bind(controller));
        }
        return plan;
    }

    private void folders() {
        if (!now.exists()) {
            folders.add(new Step.MakeFolder(""));
        }
        for (String folder : desired.folders()) {
            if (!now.folders().contains(folder)) {
                folders.add(new Step.MakeFolder(folder));
                reopened.add(folder);
            }
        }
    }

    private void files() {
        for (Attribute attribute : desired.attributes(now.others().size(), now.wakes())) {
            if (!now.holds(attribute)) {
                writes.add(new Step.Write(attribute));
                reopened.add(attribute.folder());
            }
        }
    }

    private void links() {
        List<Link> wanted = desired.links();
        int kept = 0;
        while (kept < wanted.size() && stays(wanted.get(kept))) {
            kept++;
        }
        List<Link> keep = wanted.subList(0, kept);
        for (Link link : now.links()) {
            if (link.ours() && !keep.contains(link)) {
                removals.add(new Step.RemoveLink(link));
            }
        }
        for (Link link : wanted.subList(kept, wanted.size())) {
            additions.add(new Step.MakeLink(link));
        }
        if (!additions.isEmpty()) {
            // The others stay behind ours: the keyboard is to be the first interface.
            now.others().forEach(link -> {
                removals.add(new Step.RemoveLink(link));
                additions.add(new Step.MakeLink(link));
            });
        }
    }

    private boolean stays(Link link) {
        return now.links().contains(link) && !reopened.contains("functions/" + link.function());
    }
}
