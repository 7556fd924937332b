/** Pure. Cuts a stream into SIP messages (RFC 3261 section 18.3), within bounds; blank lines between them keep the connection alive. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { contentLength, headEnd, mostHeadBytes, mostSipBytes, readHead, readSip, type SipMessage } from './message.ts';

export interface Frames {
  /** @returns what is whole now; a Fault: nothing after it can be understood, end the connection */
  push(bytes: Uint8Array): readonly (SipMessage | Fault)[];
}

export function openFrames(): Frames {
  let held: Uint8Array = new Uint8Array();
  let broken = false;

  function takeOne(): SipMessage | Fault | undefined {
    let start = 0;
    while (held[start] === 13 || held[start] === 10) start++;
    held = held.subarray(start);
    const end = headEnd(held);
    if (end === undefined) return held.length > mostHeadBytes ? tooLong() : undefined;
    const head = readHead(held.subarray(0, end));
    if (head instanceof Fault) return head;
    // Over a stream nothing else says where it ends.
    const length = contentLength(head) ?? 0;
    if (length < 0 || end + length > mostSipBytes) return tooLong();
    if (held.length < end + length) return undefined;
    const message = readSip(held.subarray(0, end + length));
    held = held.slice(end + length);
    return message;
  }

  return {
    push(bytes) {
      if (broken) return [];
      const whole = new Uint8Array(held.length + bytes.length);
      whole.set(held);
      whole.set(bytes, held.length);
      held = whole;
      const out: (SipMessage | Fault)[] = [];
      for (let one = takeOne(); one !== undefined; one = takeOne()) {
        out.push(one);
        if (one instanceof Fault) {
          broken = true;
          held = new Uint8Array();
          break;
        }
      }
      return out;
    },
  };
}

const tooLong = (): Fault => new Fault('message-too-large', 'A SIP message that is too long, or says no length.');
