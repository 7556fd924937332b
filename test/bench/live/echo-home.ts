/** Program in the home's namespace that answers pings. */
import { openEcho } from './ping.ts';

process.stdin.resume().once('end', () => process.exit());
const { port } = await openEcho(process.argv[2] ?? '127.0.0.1');
console.log(JSON.stringify({ port }));
