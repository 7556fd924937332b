/** Writes docs/protocol.md: `npm run write:protocol`. */
import { writeFileSync } from 'node:fs';
import { readGolden } from './golden.ts';
import { protocolOf } from './protocol.ts';

writeFileSync(new URL('../../docs/protocol.md', import.meta.url), protocolOf(readGolden()));
