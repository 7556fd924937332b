/** Pure. The tables as types. Instants are milliseconds since 1970; `body` is JSON of the noun that the table is named after. */
import type { Generated } from 'kysely';

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
    /** When it was paired by its label: it comes in by a certificate, and by no token. */
    readonly paired_at: number | null;
  };
  readonly organisations: {
    readonly organisation: string;
    readonly name: string;
    readonly kind: 'municipality' | 'operator';
    readonly added_at: number;
    /** 1: push messages may name the alias of a client. */
    readonly push_alias: number | null;
  };
  readonly municipality_keys: {
    readonly organisation: string;
    readonly number: number;
    readonly key: string;
    readonly set_at: number;
    readonly who: string;
    /** JSON of what the key before it says; null: there was none. */
    readonly successor: string | null;
  };
  readonly key_letters: {
    readonly organisation: string;
    readonly key: string;
    readonly kind: 'signer' | 'voucher';
    readonly body: string;
    readonly kept_at: number;
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
    /** JSON of the levels of other actions; null: a password is enough for each. */
    readonly levels: string | null;
  };
  readonly passkeys: {
    /** SHA-256 of the credential's id, base64url. */
    readonly passkey: string;
    readonly person: string;
    readonly name: string;
    readonly credential: string;
    /** COSE, base64url. */
    readonly public_key: string;
    /** How often it has been used, as its authenticator counts; 0 always: that one does not count. */
    readonly counter: number;
    /** JSON. */
    readonly transports: string | null;
    readonly added_at: number;
    readonly used_at: number | null;
  };
  readonly authenticators: {
    readonly person: string;
    /** Sealed. */
    readonly secret: string;
    /** The step of the newest code that was taken. */
    readonly last_step: number;
    readonly added_at: number;
  };
  readonly recovery_codes: { readonly hash: string; readonly person: string };
  /** What somebody has not read yet about the own sign-in. */
  readonly sign_in_news: {
    readonly person: string;
    readonly what: 'reset' | 'guessed';
    readonly at: number;
    readonly who: string | null;
  };
  /** Whose each unit is, and was: it outlasts the unit. */
  readonly unit_organisations: { readonly unit: string; readonly organisation: string };
  /** Whose a line of the audit log is: of whoever did it, and of whoever it is about. None: the relay's own. */
  readonly audit_organisations: { readonly number: number; readonly organisation: string };
  /** Homes that somebody is about to look into. */
  readonly reserved_looks: {
    readonly operator: string;
    readonly who: string;
    readonly organisation: string;
    readonly session: string;
    readonly look: string;
    readonly client: string;
    /** The organisation whose home it is. */
    readonly home: string;
    readonly until: number;
  };
  readonly plans: {
    readonly unit: string;
    readonly version: number;
    readonly plan: string;
    readonly municipality: string;
    readonly body: string;
    readonly signature: string;
    /** JSON of the municipality's word for whoever signed it; null: its own key has. */
    readonly signer: string | null;
    readonly received_at: number;
    /** Taken by the unit when; null: not yet. */
    readonly taken_at: number | null;
  };
  readonly halts: {
    readonly halt: string;
    readonly unit: string;
    /** Their order, for each unit. */
    readonly turn: number;
    readonly type: 'stop' | 'pause';
    readonly body: string;
    /** Of a stop: no plan up to this version counts. */
    readonly plan_version: number | null;
    /** Of a pause. */
    readonly until: number | null;
    readonly made_at: number;
    /** Handed last. */
    readonly handed_at: number | null;
    /** Taken by the unit; null: not yet. */
    readonly taken_at: number | null;
    readonly refused: string | null;
    /** Of a pause that is to end sooner: when that was said. */
    readonly over_at: number | null;
    readonly over_taken_at: number | null;
  };
  readonly shadow_events: {
    readonly event: string;
    readonly unit: string;
    readonly client: string;
    readonly kind: string;
    readonly began_at: number;
    readonly ended_at: number | null;
    readonly evidence: string;
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
  /** When each person has done each thing last: what the audit log says, without reading all of it. */
  readonly last_done: { readonly operator: string; readonly what: string; readonly at: string };
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
  /** One row; the private half is sealed under a key that is not in the database. */
  readonly vapid_keys: {
    readonly slot: number;
    readonly public_key: string;
    readonly private_sealed: string;
    readonly made_at: number;
  };
  readonly push_devices: {
    readonly device: string;
    readonly operator: string;
    readonly session: string;
    readonly organisation: string;
    readonly endpoint: string;
    readonly p256dh: string;
    readonly auth: string;
    readonly label: string;
    readonly language: string;
    readonly since: number;
    readonly delivered_at: number | null;
    readonly failing_since: number | null;
  };
  readonly push_forgotten: {
    readonly device: string;
    readonly operator: string;
    readonly label: string;
    readonly at: number;
    readonly why: 'gone' | 'keys-renewed';
  };
  readonly push_outbox: {
    readonly id: string;
    readonly device: string;
    readonly alarm: string;
    readonly organisation: string;
    readonly client: string;
    readonly kind: string;
    readonly overdue: number;
    readonly made_at: number;
    readonly attempts: number;
    readonly next_at: number;
    readonly state: 'waiting' | 'delivered' | 'given-up' | 'dropped';
  };
  readonly webhooks: {
    readonly webhook: string;
    readonly organisation: string;
    readonly label: string;
    readonly url: string;
    readonly events: string;
    readonly secret_sealed: string;
    readonly state: 'on' | 'off' | 'gone';
    readonly since: number;
    readonly delivered_at: number | null;
    readonly failing_since: number | null;
    /** The last ones, newest first, as JSON. */
    readonly answers: string;
  };
  readonly webhook_outbox: {
    /** The order in which it is sent. */
    readonly place: Generated<number>;
    readonly id: string;
    readonly webhook: string;
    /** What happened: told to one webhook once. */
    readonly event: string;
    readonly client: string;
    readonly type: string;
    readonly body: string;
    readonly state: 'waiting' | 'delivered' | 'given-up' | 'seen-to';
    readonly made_at: number;
    readonly attempts: number;
    readonly next_at: number;
    readonly done_at: number | null;
  };
  readonly api_keys: {
    readonly key: string;
    readonly organisation: string;
    readonly label: string;
    readonly begins: string;
    readonly hash: string;
    readonly scopes: string;
    readonly made_at: number;
    readonly made_by: string;
    readonly expires_at: number;
    readonly last_used_at: number | null;
    readonly revoked_at: number | null;
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
  readonly stock_items: {
    readonly item: string;
    readonly organisation: string;
    readonly individual: string;
    readonly state: string;
    readonly body: string;
  };
  readonly stock_locations: { readonly organisation: string; readonly location: string; readonly least: number };
  readonly swaps: { readonly swap: string; readonly organisation: string; readonly body: string };
  readonly rollouts: { readonly organisation: string; readonly version: string; readonly body: string };
  readonly update_groups: { readonly unit: string; readonly update_group: string };
  readonly unit_hours: {
    readonly unit: string;
    readonly hour: number;
    readonly samples: number;
    readonly heard: number;
    readonly camera: number;
    readonly clock: number;
    readonly plan: number;
  };
  readonly unit_checks: {
    readonly unit: string;
    readonly name: string;
    readonly state: string;
    readonly code: string;
    readonly figures: string | null;
    readonly at: number;
    readonly since: number;
    readonly owner: string | null;
    readonly owner_name: string | null;
    readonly owned_at: number | null;
  };
  readonly unit_sealing: {
    readonly unit: string;
    readonly sealing_key: string | null;
    readonly sealing_proof: string | null;
  };
  readonly unit_calls: {
    readonly unit: string;
    readonly type: string;
    readonly call: string;
    readonly at: number;
    readonly by_whom: string;
    readonly answer: string | null;
    readonly answered_at: number | null;
  };
  readonly test_alarms: {
    readonly alarm: string;
    readonly unit: string;
    readonly call: string;
    readonly raised_at: number;
    readonly taken_at: number | null;
    readonly taken_by: string | null;
    readonly taken_by_id: string | null;
  };
  readonly questionnaires: {
    readonly answer: string;
    readonly organisation: string;
    readonly at: number;
    readonly body: string;
  };
  readonly months: {
    readonly organisation: string;
    readonly month: string;
    readonly made_at: number;
    readonly opened_at: number | null;
    readonly body: string;
  };
  readonly checklists: {
    readonly organisation: string;
    readonly kind: string;
    readonly version: number;
    readonly body: string;
  };
  readonly filled_checklists: {
    readonly filled: string;
    readonly organisation: string;
    readonly begun_at: number;
    readonly body: string;
  };
  readonly exercises: {
    readonly run: string;
    readonly organisation: string;
    readonly operator: string;
    readonly begun_at: number;
    readonly body: string;
  };
  readonly contacts: { readonly organisation: string; readonly body: string };
  readonly log_checks: {
    readonly check_id: string;
    readonly organisation: string;
    readonly from_day: string;
    readonly until_day: string;
    readonly made_at: number;
    readonly made_by: string;
    readonly signed_off_at: number | null;
    readonly signed_off_by: string | null;
    readonly body: string;
  };
  readonly log_check_accesses: {
    readonly check_id: string;
    readonly access: string;
    readonly line: number;
    readonly body: string;
  };
  readonly alarm_labels: {
    readonly alarm: string;
    readonly at: number;
    readonly reason: string;
    readonly by_whom: string;
  };
  readonly teams: { readonly team: string; readonly organisation: string; readonly body: string };
  /** Who is, or was, in which team. */
  readonly shifts: {
    readonly shift: string;
    readonly team: string;
    readonly operator: string;
    readonly who: string;
    readonly organisation: string;
    /** That it was joined from: it ends with it. */
    readonly session: string;
    readonly joined_at: number;
    readonly left_at: number | null;
    readonly why_left: string | null;
  };
  readonly handovers: {
    readonly handover: string;
    readonly team: string;
    readonly organisation: string;
    readonly by_whom: string;
    readonly by_id: string;
    readonly note: string;
    readonly at: number;
    readonly read_by: string | null;
    readonly read_at: number | null;
  };
  /** To whom an organisation's alarms are told, where no action card says so. */
  readonly lines: { readonly organisation: string; readonly body: string };
  readonly fallback_calls: {
    readonly call: string;
    readonly alarm: string;
    readonly body: string;
    readonly made_at: number;
    readonly attempts: number;
    /** Answered, or not needed any more; null: still to be made. */
    readonly over_at: number | null;
    readonly outcome: string | null;
  };
  readonly scaip_receivers: {
    readonly receiver: string;
    readonly organisation: string;
    readonly settings: string;
    readonly password: string | null;
    readonly answered_at: number | null;
    readonly failing_since: number | null;
    readonly failing_why: string | null;
    readonly failing_alarm: string | null;
    readonly added_at: number;
  };
  readonly scaip_outbox: {
    readonly ref: string;
    readonly receiver: string;
    readonly subject: string;
    readonly event: string;
    readonly number: number;
    readonly place: string | null;
    readonly unit: string;
    readonly client: string;
    readonly state: 'open' | 'taken' | 'refused' | 'dropped';
    readonly made_at: number;
    readonly done_at: number | null;
    readonly answer_status: number | null;
    readonly answer_words: string | null;
  };
  readonly clients: {
    readonly client: string;
    readonly alias: string;
    readonly organisation: string;
    readonly state: 'enrolled' | 'ended';
    /** Who it is; null: erased, since the client has ended. */
    readonly sealed: string | null;
    readonly added_at: number;
    readonly ended_at: number | null;
    /** Sealed. */
    readonly ended_why: string | null;
    readonly erased_at: number | null;
  };
  /** Each that was ever made; the newest counts. */
  readonly decisions: {
    readonly decision: string;
    readonly client: string;
    readonly reference: string;
    readonly from_day: string;
    readonly until_day: string | null;
    /** Sealed. */
    readonly body: string | null;
    readonly recorded_by: string;
    readonly recorded_at: number;
  };
  readonly consents: {
    readonly consent: string;
    readonly client: string;
    readonly what: string;
    /** Sealed. */
    readonly body: string | null;
    readonly recorded_by: string;
    readonly recorded_at: number;
  };
  readonly consents_withdrawn: {
    readonly consent: string;
    readonly at: number;
    /** Sealed. */
    readonly body: string | null;
  };
  readonly care_plans: {
    readonly care_plan: string;
    readonly client: string;
    readonly edition: number;
    readonly state: string;
    readonly from_day: string;
    readonly until_day: string;
    /** The form, sealed. */
    readonly body: string | null;
    /** The machine's state, in which nobody is named but by alias. */
    readonly record: string;
  };
  /** One of each home, by its alias. */
  readonly home_halts: {
    readonly alias: string;
    readonly type: 'stopped' | 'paused';
    readonly why: string;
    readonly by_whom: string;
    readonly at: number;
    readonly from_at: number | null;
    readonly until_at: number | null;
  };
  /** Each time at which somebody had to go there instead of a look, by derived id: none is made twice. */
  readonly physical_visits: {
    readonly id: string;
    readonly alias: string;
    readonly visit: string;
    readonly at: number;
  };
  readonly break_glass: {
    readonly access: string;
    readonly organisation: string;
    readonly client: string;
    readonly state: 'asked' | 'open' | 'over';
    readonly asked_at: number;
    readonly ended_at: number | null;
    readonly reviewed_at: number | null;
    /** Sealed. */
    readonly words: string | null;
    readonly body: string;
  };
  readonly session_computers: {
    readonly session: string;
    readonly operator: string;
    readonly computer: string;
    readonly since: number;
    readonly locked_at: number | null;
  };
  /** By the console's own key. */
  readonly shared_consoles: {
    readonly console: string;
    readonly lock_minutes: number;
    readonly organisation: string;
    readonly by_whom: string;
    readonly at: number;
  };
  readonly unit_certificates: {
    readonly serial: string;
    readonly unit: string;
    /** SHA-256 of the certificate as it was issued. */
    readonly digest: string;
    readonly from_at: number;
    readonly until_at: number;
    /** When somebody first came in with it. */
    readonly came_at: number | null;
    readonly revoked_at: number | null;
  };
  readonly work_orders: {
    readonly work_order: string;
    readonly organisation: string;
    readonly state: string;
    readonly made_at: number;
    readonly body: string;
  };
  readonly pairing_tickets: {
    readonly ticket: string;
    readonly work_order: string;
    readonly unit: string;
    readonly organisation: string;
    readonly operator: string;
    readonly session: string;
    readonly made_at: number;
    readonly used_at: number | null;
    readonly state: string;
    readonly why: string | null;
    readonly body: string;
  };
  /** By the unit's name; `door_hash`: SHA-256 of what is derived from the label secret. */
  readonly labels: {
    readonly unit: string;
    readonly organisation: string;
    readonly item: string;
    readonly public_key: string;
    readonly door_hash: string;
    readonly added_at: number;
  };
  readonly wipes: { readonly unit: string; readonly organisation: string; readonly at: number; readonly body: string };
  readonly installations: {
    /** Of the work order. */
    readonly work_order: string;
    readonly organisation: string;
    readonly unit: string;
    readonly state: 'paired' | 'ready' | 'done';
    readonly paired_at: number;
    readonly body: string;
  };
  readonly pulse: { readonly slot: number; readonly at: number };
  readonly sure_time: { readonly slot: number; readonly at: number };
}
