import { t } from '../public/text.js';
import { describeDrive, isOccupied } from './media-text.js';

/**
 * The content of the Media menu.
 *
 * @typedef {import('../protocol/media-message.js').Drive} Drive
 */

/** @param {import('./toolbar.js').ToolbarModel} model @param {import('./toolbar-menus.js').Send} send @returns {import('./menu.js').MenuGroup[]} */
export function mediaGroups({ drives }, send) {
  return [
    ...(drives ?? []).map((drive) => driveGroup(drive, send)),
    {
      title: drives === null ? t('media.drivesUnknown') : drives.length === 0 ? t('media.noDrives') : undefined,
      items: [{ label: t('library.menu'), icon: 'library', action: () => send({ command: 'library' }) }],
    },
  ];
}

/** @param {Drive} drive @param {import('./toolbar-menus.js').Send} send @returns {import('./menu.js').MenuGroup} */
function driveGroup(drive, send) {
  const occupied = isOccupied(drive);
  return {
    title: t('menu.named', { label: drive.label, value: describeDrive(drive) }),
    items: [
      { label: t(occupied ? 'drive.change' : 'drive.attach'), icon: 'disc', disabled: drive.state === 'UNAVAILABLE' || drive.state === 'LOCKED', action: () => send({ command: 'attach', drive }) },
      ...(occupied ? [{ label: t('drive.eject'), icon: 'eject', action: () => send({ command: 'eject', drive }) }] : []),
    ],
  };
}
