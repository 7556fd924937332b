/** Pure. THE table of the relay's WebSocket paths, beside the API. */
export const sockets = {
  /** Session cookie; JSON LiveEvents. With ?units=brief units come without their figures, and only when something else of them changes. */
  live: '/live',
  /** ?look=ID, session cookie; picture packets to the operator. */
  viewer: '/pictures/view',
  /**
   * Authorization: Bearer UNIT:TOKEN; picture packets from the unit. With ?look=ID, and &reader=ALIAS for a colleague who has joined;
   * without them it is a standby until its first packet assigns it to a look.
   */
  unit: '/pictures/unit',
  /** MQTT over WebSocket; user name = unit id, password = its token; or, on the listener for units, its certificate. */
  mqtt: '/mqtt',
  /** No credential: a unit that waits to be paired; JSON PairingUp and PairingDown. */
  pairing: '/pair-unit',
} as const;
