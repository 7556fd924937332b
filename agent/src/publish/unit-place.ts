/** Pure. Where a unit's pictures go in at the relay, and who it says it is. */

import type { UnitId } from '@nattfrid/shared/domain/ids';
import { sockets } from '@nattfrid/shared/wire/sockets';

/** @param query with its «?»; without it the connection stands by */
export function unitPlace(relayUrl: string, unit: UnitId, token: string, query = '') {
  const url = new URL(`${sockets.unit}${query}`, relayUrl);
  url.protocol = url.protocol.replace('http', 'ws');
  return { url: url.href, headers: { authorization: `Bearer ${unit}:${token}` } };
}
