/** Pure. The tables as types. Instants are milliseconds since 1970; `body` is JSON of the noun that the table is named after. */

export interface Tables {
  readonly units: {
    readonly unit: string;
    readonly client: string;
    readonly place: string | null;
    readonly municipality: string | null;
    readonly public_key: string;
    readonly token_salt: string;
    readonly token_hash: string;
    readonly presence: 'expected' | 'here' | 'late' | 'silent';
    readonly heard_at: number | null;
    readonly vitals: string | null;
    readonly announced: string | null;
    readonly trouble: string | null;
    readonly added_at: number;
    readonly organisation: string | null;
  };
  readonly organisations: {
    readonly organisation: string;
    readonly name: string;
    readonly kind: 'municipality' | 'operator';
    readonly added_at: number;
  };
  readonly agreements: {
    readonly agreement: string;
    readonly municipality: string;
    readonly operator: string;
    /** JSON. */
    readonly what: string;
    readonly hours_from: string | null;
    readonly hours_to: string | null;
    readonly valid_from: number;
    readonly valid_until: number | null;
    readonly ended_at: number | null;
  };
  readonly sign_in_settings: {
    readonly organisation: string;
    /** JSON; null: by password alone. */
    readonly provider: string | null;
    /** Sealed. */
    readonly secret: string | null;
    readonly look_assurance: number;
  };
  /** Whose each unit is, and was: it outlasts the unit. */
  readonly unit_organisations: { readonly unit: string; readonly organisation: string };
  /** Whose a line of the audit log is: of whoever did it, and of whoever it is about. None: the relay's own. */
  readonly audit_organisations: { readonly number: number; readonly organisation: string };
  readonly plans: {
    readonly unit: string;
    readonly version: number;
    readonly plan: string;
    readonly municipality: string;
    readonly body: string;
    readonly signature: string;
    readonly received_at: number;
    /** Taken by the unit when; null: not yet. */
    readonly taken_at: number | null;
  };
  readonly rooms: {
    readonly unit: string;
    readonly version: number;
    readonly body: string;
    /** Who confirmed it. */
    readonly who: string;
    /** Used by the unit since when, by its own clock; null: not yet. */
    readonly in_use_since: number | null;
    readonly refused: string | null;
    /** 1: a second person has not said yes yet, and the unit is not told; null: it may be used. */
    readonly waiting: number | null;
    /** The second person who has said yes; null: none was needed, or none has. */
    readonly second: string | null;
  };
  /** The newest of each unit. */
  readonly room_proposals: { readonly unit: string; readonly body: string; readonly received_at: number };
  readonly received: { readonly id: string; readonly unit: string; readonly name: string; readonly at: number };
  readonly alarms: {
    readonly alarm: string;
    readonly unit: string;
    readonly state: string;
    readonly received_at: number;
    readonly closed_at: number | null;
    readonly body: string;
  };
  readonly looks: {
    readonly look: string;
    readonly unit: string;
    readonly state: string;
    readonly alarm: string | null;
    /** The look that leads the one opened together with it. */
    readonly beside: string | null;
    readonly due_from: number;
    readonly due_until: number;
    readonly done_at: number | null;
    readonly body: string;
  };
  readonly visits: {
    readonly visit: string;
    readonly unit: string;
    readonly state: string;
    readonly needed_at: number;
    readonly done_at: number | null;
    readonly body: string;
  };
  readonly audit: {
    readonly number: number;
    readonly at: string;
    readonly who: string;
    readonly what: string;
    readonly subject: string;
    readonly details: string;
    readonly hash: string;
  };
  readonly held_alarms: {
    readonly alarm: string;
    readonly unit: string;
    readonly into_alarm: string;
    readonly received_at: number;
    readonly body: string;
  };
  readonly consoles: {
    readonly operator: string;
    readonly key: string;
    readonly alias: string;
    readonly who: string;
    readonly label: string | null;
    readonly state: 'known' | 'unconfirmed' | 'confirmed' | 'withdrawn';
    readonly asks: number;
    readonly first_seen_at: number;
    readonly last_seen_at: number;
    readonly by_whom: string | null;
    readonly doubted_by: string | null;
    readonly confirmations: string;
    readonly withdrawal: string | null;
  };
  /** These three are the sign-in library's, which writes times as text. */
  readonly operators: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly role: string;
    readonly organisation: string | null;
    readonly updatedAt: string;
  };
  readonly sessions: {
    readonly id: string;
    readonly userId: string;
    readonly expiresAt: string;
    readonly createdAt: string;
    readonly updatedAt: string;
    readonly userAgent: string | null;
    /** Ours, in milliseconds. */
    readonly seenAt: number | null;
    /** Ours: how sure it was who signed in; null: by a password. */
    readonly assurance: number | null;
  };
  readonly accounts: {
    readonly id: string;
    readonly userId: string;
    readonly providerId: string;
    readonly password: string | null;
  };
  readonly pulse: { readonly slot: number; readonly at: number };
  readonly sure_time: { readonly slot: number; readonly at: number };
}
