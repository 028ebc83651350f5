package org.catseye.feature.plugin;

import java.io.File;
import java.io.IOException;
import java.util.Collection;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Exclusion;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Makes each bundle that a feature file names a dependency of this project: provided, and without what it depends on in turn, because a feature
 * is complete. What runs later in the build (assembly, bill of materials) then finds exactly the shipped bundles.
 */
@Mojo(name = "add-bundles", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public final class AddBundlesMojo extends AbstractMojo {

    /** The folder of the feature files. */
    @Parameter(required = true)
    private File features;

    @Parameter(defaultValue = "${project}", readonly = true)
    private MavenProject project;

    @Override
    @SuppressWarnings("deprecation") // the only way to have a project resolved again
    public void execute() throws MojoFailureException {
        Collection<BundleId> bundles;
        try {
            bundles = new FeatureFolder(features.toPath(), project.getVersion()).readBundles();
        } catch (IOException | IllegalArgumentException e) {
            throw new MojoFailureException("The feature files in " + features + " cannot be read: " + e.getMessage(), e);
        }
        bundles.forEach(bundle -> project.getDependencies().add(createDependency(bundle)));
        // Maven has resolved this project already, for a check of an earlier phase. This makes it resolve again.
        project.setDependencyArtifacts(null);
        getLog().info(bundles.size() + " bundles from " + features);
    }

    private static Dependency createDependency(BundleId bundle) {
        Exclusion all = new Exclusion();
        all.setGroupId("*");
        all.setArtifactId("*");
        Dependency dependency = new Dependency();
        dependency.setGroupId(bundle.group());
        dependency.setArtifactId(bundle.artifact());
        dependency.setVersion(bundle.version());
        dependency.setType(bundle.type());
        dependency.setClassifier(bundle.classifier());
        dependency.setScope(Artifact.SCOPE_PROVIDED);
        dependency.addExclusion(all);
        return dependency;
    }
}
