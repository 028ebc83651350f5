/**
 * The health of the board that Catseye runs on: its power supply, temperature, storage and clock. There is one
 * {@link org.catseye.board.BoardHealth} service, or none if the bundle is not installed. The board is not a target: its condition
 * affects all of them.
 */
@Export
@Version("1.0.0")
package org.catseye.board;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
