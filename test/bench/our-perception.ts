/** One side of the comparison: our own perception on every picture of a recording, as fast as it runs. Prints JSON. */

import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { openModels } from '@nattfrid/agent/perceive/models';
import { firstPerception, perceiveFrame } from '@nattfrid/agent/perceive/perceive-frame';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { type Compared, type CompareTask, compare } from './compare.ts';

const task: CompareTask = JSON.parse(process.argv[2] ?? '{}');
await using models = await openModels(await builtModels());
let watching = firstPerception;
const compared: Compared = await compare(task, async (frame) => {
  const [after, perception] = await perceiveFrame(watching, frame, { room: unknownRoom, every: true, models });
  watching = after;
  return (perception?.observation.persons.length ?? 0) > 0;
});
console.log(JSON.stringify(compared));
