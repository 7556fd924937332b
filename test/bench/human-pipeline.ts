/** Other side of the comparison: the public pipeline Human on WebAssembly, with its own models for bodies and objects. Prints JSON. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { type Compared, type CompareTask, compare } from './compare.ts';
import { rgbOf } from './picture/rgb.ts';

const require = createRequire(import.meta.url);
const task: CompareTask = JSON.parse(process.argv[2] ?? '{}');

/** The package exports its WebAssembly build under a key that Node does not accept, so it is loaded by path. */
const home = dirname(dirname(require.resolve('@vladmandic/human')));

/** Human loads models over HTTP only, so that this process serves them from the package. */
const models = join(home, 'models');
const server = createServer((request, response) => {
  const file = createReadStream(join(models, basename(request.url ?? '')));
  file.on('error', () => response.writeHead(404).end());
  file.pipe(response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

const { Human } = require(join(home, 'dist/human.node-wasm.js')) as typeof import('@vladmandic/human');
const off = { enabled: false };
const human = new Human({
  backend: 'wasm',
  wasmPath: `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`,
  modelBasePath: `http://127.0.0.1:${port}/`,
  debug: false,
  // No results are cached from picture to picture.
  cacheSensitivity: 0,
  filter: off,
  face: off,
  hand: off,
  gesture: off,
  segmentation: off,
  body: { enabled: true, modelPath: 'movenet-lightning.json', skipFrames: 0, skipTime: 0 },
  object: { enabled: true, modelPath: 'centernet.json', skipFrames: 0, skipTime: 0 },
});
await human.load();

const compared: Compared = await compare(task, async (frame) => {
  const picture = human.tf.tensor(rgbOf(frame).data, [1, frame.height, frame.width, 3], 'float32');
  const found = await human.detect(picture);
  human.tf.dispose(picture);
  if (found.error) throw new Error(found.error);
  // Human always returns a body; one with a score below 0.5 does not count.
  return found.body.some(({ score }) => score >= 0.5) || found.object.some(({ label }) => label === 'person');
});
console.log(JSON.stringify(compared));
server.close();
process.exit(0);
