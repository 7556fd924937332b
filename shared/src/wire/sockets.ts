/** Pure. THE table of the WebSocket addresses at the relay, beside the API. */
export const sockets = {
  /** Session cookie; JSON LiveEvents. */
  live: '/live',
  /** ?look=ID, session cookie; picture packets to the operator. */
  viewer: '/pictures/view',
  /**
   * Authorization: Bearer UNIT:TOKEN; picture packets from the unit. For ?look=ID, and &reader=ALIAS where it is for a colleague who
   * joined; without them it stands by until a first packet assigns it to a look.
   */
  unit: '/pictures/unit',
  /** MQTT over WebSocket; user name = unit id, password = its token. */
  mqtt: '/mqtt',
} as const;
