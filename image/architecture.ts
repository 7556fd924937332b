/** Pure. The two kinds of boards that an image is made for, and what differs between them. */

/** One kind of board. */
export interface Architecture {
  /** Debian's name of it. */
  readonly name: 'amd64' | 'arm64';
  readonly kernel: string;
  /** What GRUB calls it, and the file that UEFI starts from a card. */
  readonly grub: string;
  readonly grubPackage: string;
  readonly startsFrom: string;
  /** Where the kernel and the services write their words, beside a screen. */
  readonly serial: string;
}

export const architectures: Readonly<Record<Architecture['name'], Architecture>> = {
  amd64: {
    name: 'amd64',
    kernel: 'linux-image-amd64',
    grub: 'x86_64-efi',
    grubPackage: 'grub-efi-amd64-bin',
    startsFrom: 'BOOTX64.EFI',
    serial: 'ttyS0,115200',
  },
  arm64: {
    name: 'arm64',
    kernel: 'linux-image-arm64',
    grub: 'arm64-efi',
    grubPackage: 'grub-efi-arm64-bin',
    startsFrom: 'BOOTAA64.EFI',
    serial: 'ttyAMA0,115200',
  },
};

/**
 * The architecture of that name.
 * @throws TypeError that says which there are.
 */
export function architectureOf(name: string | undefined): Architecture {
  const found = Object.values(architectures).find((one) => one.name === name);
  if (!found) throw new TypeError(`--arch takes ${Object.keys(architectures).join(' or ')}, not «${name ?? ''}»`);
  return found;
}
