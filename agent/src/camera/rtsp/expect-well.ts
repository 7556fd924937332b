/** Pure. What a camera's no means, in words. */

import type { RtspResponse } from './event.ts';
import { sessionFaults as faults, loginFaults } from './faults.ts';
import type { RtspAddress } from './url.ts';

/** @param what the camera was asked to: `begin`. @returns the answer, where it is a yes. @throws Fault with the status in its fields */
export function expectWell(answer: RtspResponse | undefined, what: string, address: RtspAddress): RtspResponse {
  const status = answer?.status ?? 0;
  if (answer && status >= 200 && status < 300) return answer;
  if (status === 403) throw loginFaults.forbidden(address);
  if (status === 404) throw faults.noSuchPath(address);
  // 503 is what cameras say that do not know 453.
  if (status === 453 || status === 503) throw faults.busy(address, status);
  if (status === 461) throw faults.noTransport(address, status);
  if (status >= 500) throw faults.notNow(address, what, status);
  throw faults.willNot(address, what, status);
}
