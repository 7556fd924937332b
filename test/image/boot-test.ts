/** Starts a copy of an image on a board that qemu plays, and tells how long it takes: the first try of every image. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Architecture } from '../../image/architecture.ts';
import { copyCard } from './card.ts';
import { power } from './machine.ts';

/**
 * Starts it, and waits until the unit says that its slot is good.
 * @param seconds that are waited at most
 * @throws Error with the last lines where it does not come so far
 */
export async function bootTest(
  architecture: Architecture,
  image: string,
  seconds: number,
  said: (line: string) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-boot-'));
  try {
    const card = await copyCard(image, join(folder, 'card.img'));
    await using board = power({ architecture, card });
    for (const [pattern, words] of [
      [/nattfrid: starts slot (\w)/, 'the boot loader has chosen a slot'],
      [/nattfrid: the state is open/, 'the unit has made its state'],
      [/nattfrid-agent\[\d+\]|nattfrid-agent: /, 'the agent says its first word'],
      [/nattfrid: slot .* is good/, 'the slot is good'],
      [/nattfrid: listens: nothing/, 'nothing listens'],
    ] as const) {
      const line = await board.line(pattern, seconds - board.seconds());
      said(
        `${board.seconds().toFixed(1).padStart(6)} s  ${words}: ${line.replace(/^\[[^\]]*\]\s*/, '').slice(0, 120)}`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
