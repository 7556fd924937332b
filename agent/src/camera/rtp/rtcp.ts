/** Pure. RTCP (RFC 3550 §6): reads a camera's sender reports, and writes the receiver reports without which some hang up. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Duration } from '@nattfrid/shared/time/duration';

/** What has been received of one source (RFC 3550 §A.3, §A.8). */
export interface Reception {
  readonly source: number | undefined;
  /** Highest sequence, extended by its cycles of 65536. */
  readonly highest: number;
  readonly first: number;
  readonly received: number;
  /** Expected and received at the last report. */
  readonly before: { readonly expected: number; readonly received: number };
  /** Interarrival jitter in units of the timestamps. */
  readonly jitter: number;
  readonly transit: number | undefined;
  /** Of the last sender report: the middle 32 bits of its NTP time, and when it came (steady). */
  readonly report: { readonly ntp: number; readonly at: Duration } | undefined;
}

export type Received =
  | { readonly type: 'rtp'; readonly bytes: Uint8Array; readonly at: Duration; readonly clockRate: number }
  | { readonly type: 'rtcp'; readonly bytes: Uint8Array; readonly at: Duration }
  /** A report is due. */
  | { readonly type: 'due'; readonly at: Duration; readonly own: number; readonly name: string };

const initial: Reception = {
  source: undefined,
  highest: 0,
  first: 0,
  received: 0,
  before: { expected: 0, received: 0 },
  jitter: 0,
  transit: undefined,
  report: undefined,
};

/** Effect: a compound packet, receiver report and SDES, to be sent. */
export const receiverReports: Machine<Reception, Received, Uint8Array> = {
  initial,
  step(state, event) {
    switch (event.type) {
      case 'rtp':
        return [countPacket(state, event.bytes, event.at, event.clockRate), []];
      case 'rtcp': {
        const ntp = senderReport(event.bytes, state.source);
        return [ntp === undefined ? state : { ...state, report: { ntp, at: event.at } }, []];
      }
      case 'due': {
        const expected = state.source === undefined ? 0 : state.highest - state.first + 1;
        const packet = writeReport(state, expected, event.at, event.own, event.name);
        return [{ ...state, before: { expected, received: state.received } }, [packet]];
      }
    }
  },
};

/** Steps of the sequence beyond which a source counts as started anew (RFC 3550 §A.1, MAX_DROPOUT). */
const dropout = 3000;

function countPacket(state: Reception, bytes: Uint8Array, at: Duration, clockRate: number): Reception {
  if (bytes.length < 12) return state;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [sequence, timestamp, source] = [view.getUint16(2), view.getUint32(4), view.getUint32(8)];
  const step = ((sequence - state.highest) << 16) >> 16;
  const transit = (Math.round((at * clockRate) / 1000) - timestamp) | 0;
  if (state.source !== source || Math.abs(step) > dropout)
    return { ...initial, source, highest: sequence, first: sequence, received: 1, transit };
  const jump = state.transit === undefined ? 0 : Math.abs((transit - state.transit) | 0);
  const jitter = Math.min(state.jitter + (jump - state.jitter) / 16, 0xffffffff);
  return {
    ...state,
    highest: Math.max(state.highest, state.highest + step),
    received: state.received + 1,
    jitter,
    transit,
  };
}

/** The middle 32 bits of the NTP time of a sender report of this source (RFC 3550 §6.4.1). */
function senderReport(bytes: Uint8Array, source: number | undefined): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; at += 4 * (view.getUint16(at + 2) + 1)) {
    const whole = view.getUint8(at) >> 6 === 2 && view.getUint8(at + 1) === 200 && at + 28 <= bytes.length;
    if (whole && (source === undefined || view.getUint32(at + 4) === source)) return view.getUint32(at + 10);
  }
  return undefined;
}

/** Receiver report with at most one block (§6.4.2), and SDES with CNAME (§6.5.1). */
function writeReport(state: Reception, expected: number, at: Duration, own: number, name: string): Uint8Array {
  const blocks = state.source === undefined ? 0 : 1;
  const text = new TextEncoder().encode(name.slice(0, 64));
  const description = Math.ceil((8 + 2 + text.length + 1) / 4) * 4;
  const size = 8 + 24 * blocks;
  const packet = new Uint8Array(size + description);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x80 | blocks);
  view.setUint8(1, 201);
  view.setUint16(2, size / 4 - 1);
  view.setUint32(4, own);
  if (blocks === 1) writeBlock(view, state, expected, at);
  view.setUint8(size, 0x81);
  view.setUint8(size + 1, 202);
  view.setUint16(size + 2, description / 4 - 1);
  view.setUint32(size + 4, own);
  view.setUint8(size + 8, 1);
  view.setUint8(size + 9, text.length);
  packet.set(text, size + 10);
  return packet;
}

function writeBlock(view: DataView, state: Reception, expected: number, at: Duration): void {
  const lost = Math.max(-0x800000, Math.min(expected - state.received, 0x7fffff));
  const [lately, got] = [expected - state.before.expected, state.received - state.before.received];
  const fraction = lately > 0 && lately > got ? Math.min(255, Math.floor(((lately - got) * 256) / lately)) : 0;
  view.setUint32(8, state.source ?? 0);
  view.setUint32(12, ((fraction << 24) | (lost & 0xffffff)) >>> 0);
  view.setUint32(16, state.highest >>> 0);
  view.setUint32(20, Math.round(state.jitter));
  view.setUint32(24, state.report?.ntp ?? 0);
  view.setUint32(28, state.report ? Math.min(0xffffffff, Math.round((at - state.report.at) * 65.536)) : 0);
}
