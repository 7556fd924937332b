/** Pings the home from the end in which it is started, and prints what came back. */
import { ping } from './ping.ts';

const [host = '', port = '', many = ''] = process.argv.slice(2);
console.log(JSON.stringify(await ping(host, Number(port), Number(many))));
process.exit(0);
