/**
 * What aedes is given in place of its own emitter and its own store. What a unit says is taken by the relay and handed to no other unit, and
 * every session is clean: nothing is matched, routed, retained or kept, and a unit costs no place in tables that nobody reads.
 */
import { Readable } from 'node:stream';

type Done = (error?: Error | null) => void;

/** In place of `mqemitter`: nobody hears what is published in the broker. */
export const emitsNothing = () => ({
  on: (_topic: string, _heard: unknown, done?: Done) => soon(done),
  removeListener: (_topic: string, _heard: unknown, done?: Done) => soon(done),
  emit: (_packet: unknown, done?: Done) => soon(done),
  close: (done?: Done) => soon(done),
});

/** In place of `aedes-persistence`. */
export const keepsNothing = () => ({
  // A function that aedes knows by its kind.
  setup: async () => {},
  storeRetained: nothing,
  createRetainedStreamCombi: none,
  addSubscriptions: nothing,
  removeSubscriptions: nothing,
  cleanSubscriptions: nothing,
  subscriptionsByClient: () => Promise.resolve([]),
  subscriptionsByTopic: () => Promise.resolve([]),
  outgoingEnqueue: nothing,
  outgoingEnqueueCombi: nothing,
  outgoingUpdate: nothing,
  outgoingClearMessageId: nothing,
  outgoingStream: none,
  // QoS 2 is refused before it comes here.
  incomingStorePacket: nothing,
  incomingGetPacket: () => Promise.reject(new Error('no such packet')),
  incomingDelPacket: nothing,
  cleanIncoming: nothing,
  // The will of a unit is with its connection, and is said when that ends.
  putWill: nothing,
  delWill: nothing,
  streamWill: none,
});

const nothing = (): Promise<void> => Promise.resolve();
const none = (): Readable => Readable.from([]);
const soon = (done: Done | undefined): void => {
  if (done) queueMicrotask(done);
};
