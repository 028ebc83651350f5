/** The Maven plug-in through which the distribution takes its content from the feature files. */
package org.catseye.feature.plugin;
