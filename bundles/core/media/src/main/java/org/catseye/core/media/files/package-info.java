/** Disk images with a FAT file system, and the files on them. The programs of mtools and dosfstools do the work. */
package org.catseye.core.media.files;
