/**
 * Which of several services is used, answered once for all bundles: the highest {@code service.ranking}, then the lowest
 * {@code service.id}, which is the oldest. A service without the property {@code kvm.target} belongs to the target {@code default}.
 *
 * <p>{@link org.catseye.services.RankedServices} orders services of one kind, {@link org.catseye.services.ByTarget} does so for each target,
 * {@link org.catseye.services.PerTarget} keeps one object per target for as long as there is a reason to.
 */
@Export
@Version("1.0.0")
package org.catseye.services;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
