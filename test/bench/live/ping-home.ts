/** Program that pings the home from the namespace in which it runs, and prints the round trips. */
import { ping } from './ping.ts';

const [host = '', port = '', many = ''] = process.argv.slice(2);
console.log(JSON.stringify(await ping(host, Number(port), Number(many))));
process.exit(0);
