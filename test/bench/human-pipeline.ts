/** A public pipeline over the same recording: Human, with its own choice of models for bodies and objects, on WebAssembly. Prints JSON. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { type Compared, type CompareTask, compare } from './compare.ts';
import { rgbOf } from './picture/rgb.ts';

const require = createRequire(import.meta.url);
const task: CompareTask = JSON.parse(process.argv[2] ?? '{}');

/** Its package names the file for WebAssembly under a key without the dot that Node asks for: it is taken by its path. */
const home = dirname(dirname(require.resolve('@vladmandic/human')));

/** It reads its models over HTTP only: they are served to it on this machine, from its own package. */
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
  // Every picture is looked at: nothing is carried over from the one before.
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
  // It always draws some body; one that it is less sure of than of not is not counted.
  return found.body.some(({ score }) => score >= 0.5) || found.object.some(({ label }) => label === 'person');
});
console.log(JSON.stringify(compared));
server.close();
process.exit(0);
