/** The clips that a folder's index.json names. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@nattfrid/shared/fault/fault';
import { z } from 'zod';
import { LabelledClip } from './labelled-clip.ts';

export interface Index {
  readonly clips: readonly LabelledClip[];
  /** Entries that name no file. */
  readonly nameless: number;
}

export async function readIndex(folder: string): Promise<Index> {
  const path = join(folder, 'index.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('file-missing', `There is no ${path}.`, { cause });
  });
  try {
    const entries = z.array(z.unknown()).parse(JSON.parse(text));
    // Loose: what else is told of a clip, its source and licence, goes where its observations are kept.
    const clips = entries.flatMap((entry) => LabelledClip.loose().safeParse(entry).data ?? []);
    if (entries.length > 0 && clips.length === 0) throw new Fault('file-unreadable', 'No entry names a file.');
    return { clips, nameless: entries.length - clips.length };
  } catch (cause) {
    throw new Fault('file-unreadable', `${path} is not a list of clips with a "file" each.`, { cause });
  }
}
