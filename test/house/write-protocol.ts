/** Writes docs/protocol.md, docs/fault-table.md, and the table of docs/scaip.md: `npm run write:protocol`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { faultTable } from './fault-table.ts';
import { readGolden } from './golden.ts';
import { protocolOf } from './protocol.ts';
import { withScaipTable } from './scaip-table.ts';

writeFileSync(new URL('../../docs/protocol.md', import.meta.url), protocolOf(readGolden()));

const scaip = new URL('../../docs/scaip.md', import.meta.url);
writeFileSync(scaip, withScaipTable(readFileSync(scaip, 'utf8')));

writeFileSync(new URL('../../docs/fault-table.md', import.meta.url), faultTable());
