/** Words of a shell in a mount namespace of its own: a machine that has everything of this one, and of which nothing that is written is kept. */

/** @param folder of the test, with an empty `disk` in it. Ends in the new root */
export const ownDisk = (folder: string): string => `set -e
mount --make-rprivate /
mount -t tmpfs tmpfs ${folder}/disk
mkdir ${folder}/disk/{upper,work,root}
mount -t overlay overlay -o lowerdir=/,upperdir=${folder}/disk/upper,workdir=${folder}/disk/work ${folder}/disk/root
cd ${folder}/disk/root
mount -t proc proc proc
mount --rbind /dev dev`;

/** Before a program and its words: it runs there, with nothing of this machine's environment. */
export const inside = 'chroot . env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root';
