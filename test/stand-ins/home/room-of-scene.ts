/** The room of a drawn scene, from the index beside the clips. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Room, unknownRoom } from '@nattfrid/shared/domain/room';

/** @param scene file name of a clip in fixtures/scenes @returns an unknown room where there is no index */
export function roomOfScene(scene: string): Room {
  const list = fileURLToPath(new URL('../../../fixtures/scenes/index.json', import.meta.url));
  if (!existsSync(list)) return unknownRoom;
  const entries = JSON.parse(readFileSync(list, 'utf8')) as {
    file: string;
    bed_polygon_norm?: Room['beds'][number];
    exits_norm?: Room['exits'];
  }[];
  const entry = entries.find((one) => one.file === scene);
  return { beds: entry?.bed_polygon_norm ? [entry.bed_polygon_norm] : [], exits: entry?.exits_norm ?? [], masks: [] };
}
