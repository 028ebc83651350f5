/** The library: images as plain files of a folder, their uploads and downloads, and further folders that are only read. */
package org.catseye.core.media.library;
