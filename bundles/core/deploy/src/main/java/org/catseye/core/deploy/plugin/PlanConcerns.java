package org.catseye.core.deploy.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catseye.core.deploy.change.PluginHistory;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.signature.SignatureTrust;
import org.catseye.plugins.PluginDescription.Identity;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginPlan;
import org.catseye.plugins.PluginPlan.Concern;
import org.catseye.plugins.PluginPlan.ConcernKind;

/** What a user has to agree to before a plan is applied. It can change while the plan exists, with the list of trusted makers for example. */
final class PlanConcerns {

    private final PluginHistory history;
    private final PluginReader plugins;
    private final SignatureTrust trust;

    PlanConcerns(PluginHistory history, PluginReader plugins, SignatureTrust trust) {
        this.history = history;
        this.plugins = plugins;
        this.trust = trust;
    }

    /** The plan with its signature and its concerns as they currently are. */
    StagedPlan assess(StagedPlan staged) {
        Signature signature = trust.assess(staged.signature());
        return staged.withPlan(staged.plan().withAssessment(signature, listConcerns(staged, signature)));
    }

    private List<Concern> listConcerns(StagedPlan staged, Signature signature) {
        PluginPlan plan = staged.plan();
        List<Concern> concerns = new ArrayList<>();
        if (signature.kind() != Signature.Kind.TRUSTED) {
            concerns.add(new Concern(ConcernKind.UNTRUSTED, ""));
        }
        findPreviousMaker(staged).filter(maker -> !trust.isSignedBy(staged.signature(), maker)).ifPresent(maker -> concerns.add(new Concern(ConcernKind.CHANGED_MAKER, maker.name())));
        if (staged.replaced().isEmpty()) {
            history.findHighestVersion(plan.plugin().id()).filter(highest -> highest.compareTo(staged.content().parseVersion()) > 0)
                    .ifPresent(highest -> concerns.add(new Concern(ConcernKind.OLDER_VERSION, highest.toString())));
        } else if (!plan.newPermissions().isEmpty() || plan.plugin().permissions().isEmpty() && declaredPermissions(staged)) {
            concerns.add(new Concern(ConcernKind.NEW_PERMISSIONS, String.join(", ", plan.newPermissions())));
        }
        return concerns;
    }

    private boolean declaredPermissions(StagedPlan staged) {
        return staged.replaced().filter(jar -> plugins.describeJar(jar).permissions().isPresent()).isPresent();
    }

    /** Of the installed jar. If it has several, the recorded one. If it has none, because that is not trusted any more, also the recorded one. */
    private Optional<Identity> findPreviousMaker(StagedPlan staged) {
        Optional<Identity> recorded = history.findMaker(staged.plan().plugin().id());
        return staged.replaced().filter(jar -> recorded.filter(maker -> plugins.isSignedBy(jar, maker)).isEmpty())
                .map(jar -> plugins.describeJar(jar).signature().maker()).filter(maker -> !maker.equals(Identity.NONE)).or(() -> recorded);
    }

    /** The maker to be remembered when the plan was applied: the same as before, as long as that one has signed the file too. */
    Identity chooseMaker(StagedPlan staged) {
        return findPreviousMaker(staged).filter(maker -> trust.isSignedBy(staged.signature(), maker)).orElse(staged.plan().plugin().signature().maker());
    }

    /**
     * Checks that the plan is still what the user has seen, and that they agree.
     *
     * @param staged as it was shown last
     * @param now as it is
     */
    void requireConsent(StagedPlan staged, StagedPlan now, boolean consent) throws PluginException {
        Set<Concern> added = new HashSet<>(now.plan().concerns());
        added.removeAll(staged.plan().concerns());
        if (!added.isEmpty()) {
            throw new PluginException(Reason.CONFLICT, "Something has changed since the plan was shown. Look at it again. " + describe(List.copyOf(added)));
        }
        if (!now.plan().concerns().isEmpty() && !consent) {
            throw new PluginException(Reason.CONSENT_REQUIRED, describe(now.plan().concerns()) + " Install it only if you agree to that.");
        }
        requireSameFile(staged);
    }

    /** The signature was verified when the plan was made. */
    private static void requireSameFile(StagedPlan staged) throws PluginException {
        try {
            if (!JarContent.computeDigest(staged.jar()).equals(staged.content().digest())) {
                throw new PluginException(Reason.CONFLICT, "The file of the plan was changed. Send it again.");
            }
        } catch (IOException e) {
            throw new PluginException(Reason.FAILED, "The file of the plan cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String describe(List<Concern> concerns) {
        return concerns.stream().map(PlanConcerns::describe).collect(Collectors.joining(" "));
    }

    private static String describe(Concern concern) {
        return switch (concern.kind()) {
            case UNTRUSTED -> "No trusted maker has signed this file.";
            case CHANGED_MAKER -> "The version before was signed by the trusted maker " + concern.detail() + ", and this one is not.";
            case OLDER_VERSION -> "The version " + concern.detail() + " ran before, and this one is older.";
            case NEW_PERMISSIONS -> concern.detail().isEmpty() ? "It no longer declares its permissions." : "It declares new permissions: " + concern.detail() + ".";
        };
    }

    /** For the audit log. */
    static String listKinds(PluginPlan plan) {
        return plan.concerns().isEmpty() ? "none" : plan.concerns().stream().map(concern -> concern.kind().name()).collect(Collectors.joining(", "));
    }
}
