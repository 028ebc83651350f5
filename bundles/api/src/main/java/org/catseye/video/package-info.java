/**
 * Video for viewers: one {@link org.catseye.video.VideoHub} per target, identified by the service property {@code kvm.target}. A
 * hub outlives its capture devices: a viewer subscribes once and stays subscribed when the device or its configuration changes.
 */
@Export
@Version("2.2.0")
package org.catseye.video;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
