/** Pure. What a unit's system is made of: Debian packages, what of them is left out, and RAUC's settings. */
import type { Architecture } from './architecture.ts';
import { partition } from './layout.ts';

/** What every image has. The agent's package brings what it needs itself. */
export const packagesFor = ({ kernel, grubPackage }: Architecture): readonly string[] => [
  'systemd',
  'systemd-sysv',
  'udev',
  'dbus',
  'kmod',
  kernel,
  'initramfs-tools',
  'zstd',
  'network-manager',
  'modemmanager',
  'mobile-broadband-provider-info',
  'usb-modeswitch',
  'ca-certificates',
  'rauc',
  'rauc-service',
  'cryptsetup-bin',
  'e2fsprogs',
  'systemd-timesyncd',
  'iproute2',
  // Its modules become the boot loader's file, and leave the image again.
  grubPackage,
];

const kernelParts = [
  'drivers/gpu',
  'drivers/media',
  'drivers/infiniband',
  'drivers/isdn',
  'drivers/staging',
  'drivers/comedi',
  'drivers/bluetooth',
  'drivers/net/wireless',
  'drivers/net/ethernet/mellanox',
  'drivers/net/ethernet/chelsio',
  'drivers/net/ethernet/qlogic',
  'drivers/net/ethernet/netronome',
  'drivers/net/ethernet/cavium',
  'drivers/net/ethernet/sfc',
  'drivers/scsi/[!su]*',
  'drivers/target',
  'drivers/thunderbolt',
  'drivers/firewire',
  'drivers/joystick',
  'sound',
  ...'afs btrfs ceph cifs smb coda dlm ecryptfs f2fs gfs2 hfs hfsplus jffs2 jfs minix nfs nfsd nilfs2 ntfs3 ocfs2 orangefs reiserfs ubifs udf xfs'
    .split(' ')
    .map((name) => `fs/${name}`),
  ...'bluetooth ceph sctp tipc rds wireless mac80211 mac802154 ieee802154 can dccp batman-adv nfc appletalk ax25 rose netrom atm sunrpc 9p'
    .split(' ')
    .map((name) => `net/${name}`),
];

/**
 * What is not unpacked at all, as dpkg writes it: nobody reads manuals on a unit, and what a kernel has not got cannot be attacked: no
 * wireless, no sound, no camera of its own, no file systems of others.
 */
export const leftOut: readonly string[] = [
  '/usr/share/doc/*',
  '/usr/share/man/*',
  '/usr/share/info/*',
  '/usr/share/locale/*',
  '/usr/share/lintian/*',
  '/usr/share/bug/*',
  '/usr/share/fonts/*',
  '/usr/share/bash-completion/*',
  '/usr/lib/*/dri/*',
  '/usr/lib/*/libLLVM*',
  '/usr/lib/*/libz3.so*',
  '/usr/lib/*/mfx/*',
  '/usr/share/icons/*',
  '/boot/System.map*',
  ...kernelParts.map((part) => `/lib/modules/*/kernel/${part}/*`),
];

/** What an update must be for, so that a unit takes it. */
export const compatible = ({ name }: Architecture) => `nattfrid-unit-${name}`;

/**
 * RAUC's settings. The same text decides on the unit and, before an update leaves it, on the bench.
 * - `verity`: a bundle is read through the hash tree that is signed; a plain one is refused.
 * - `check-purpose`: RAUC would ask for a certificate for e-mail, and refuse one for code.
 * - `use-bundle-signing-time`: a unit whose clock stands in 1970 takes an update too, and one whose signer's certificate has run out since.
 * @param paths of the keyring and the programs; the unit's own by default
 */
export function raucSettings(architecture: Architecture, paths = { keyring: '/etc/rauc/keyring.pem' }): string {
  const device = (name: string) => `/dev/disk/by-partuuid/${partition(name).id}`;
  const programs = '/usr/lib/nattfrid-image';
  return `[system]
compatible=${compatible(architecture)}
bootloader=custom
bundle-formats=-plain
statusfile=/var/lib/rauc/status
mountprefix=/run/rauc/mnt

[keyring]
path=${paths.keyring}
use-bundle-signing-time=true
check-purpose=codesign

[handlers]
bootloader-custom-backend=${programs}/boot-state
pre-install=${programs}/before-update

${(['a', 'b'] as const)
  .map(
    (slot, index) => `[slot.root.${index}]
device=${device(`root-${slot}`)}
type=raw
bootname=${slot.toUpperCase()}

[slot.boot.${index}]
device=${device(`boot-${slot}`)}
type=raw
parent=root.${index}
`,
  )
  .join('\n')}`;
}
