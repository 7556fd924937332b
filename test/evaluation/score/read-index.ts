/** Reads the labelled clips of a folder from its index.json. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@nattfrid/shared/fault/fault';
import { z } from 'zod';
import { LabelledClip } from './labelled-clip.ts';

export interface Index {
  readonly clips: readonly LabelledClip[];
  /** Number of entries without a file. */
  readonly nameless: number;
}

export async function readIndex(folder: string): Promise<Index> {
  const path = join(folder, 'index.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('file-missing', `There is no ${path}.`, { cause });
  });
  try {
    const entries = z.array(z.unknown()).parse(JSON.parse(text));
    // Loose: further fields of a clip, such as its source and licence, are kept with its observations.
    const clips = entries.flatMap((entry) => LabelledClip.loose().safeParse(entry).data ?? []);
    if (entries.length > 0 && clips.length === 0) throw new Fault('file-unreadable', 'No entry names a file.');
    return { clips, nameless: entries.length - clips.length };
  } catch (cause) {
    throw new Fault('file-unreadable', `${path} is not a list of clips with a "file" each.`, { cause });
  }
}
