/** Pure. Why the relay closes a socket, as the number that a WebSocket is closed with (RFC 6455 §7.4.2: 4000 and up are ours). */
export const closeCodes = {
  lookOver: 4000,
  sessionOver: 4001,
  takenOver: 4003,
  stopping: 4004,
  /** What came first was not what comes first. */
  notAsked: 4005,
} as const;
