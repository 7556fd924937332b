/** Pure. The part of the table of the API that is about other systems: webhooks, keys, and what a key can read and write. */
import { z } from 'zod';
import { AlarmView } from './alarm-view.ts';
import { ApiKeyView, WebhookAnswer, WebhookView } from './connections-view.ts';
import { LookView } from './look-view.ts';
import { OutwardName } from './outward.ts';
import { none, type Route } from './route.ts';
import { Scope } from './scopes.ts';
import { VisitView } from './visit-view.ts';

const webhook = z.object({ webhook: z.string().min(1).max(60) }).readonly();
const key = z.object({ key: z.string().min(1).max(60) }).readonly();

/** Which of them are meant, in the query; at most 500 are answered, the oldest first. */
export const ListAsked = z
  .object({
    from: z.iso.datetime().optional().describe('Received, due or needed then or later; without it, the last 24 hours'),
    to: z.iso.datetime().optional().describe('Before then'),
  })
  .readonly();
export type ListAsked = z.infer<typeof ListAsked>;

const list = <View extends z.ZodType>(view: View) =>
  z
    .object({
      items: z.array(view).readonly(),
      more: z.boolean().describe('There are later ones: ask again from the time of the last of these'),
    })
    .readonly();

/** Staff are personal data, and no other system's: these views are told without them. */
export const AlarmListed = AlarmView.unwrap()
  .omit({ takenBy: true, takenById: true, closedBy: true, closedById: true })
  .readonly();
export const LookListed = LookView.unwrap()
  .omit({ operator: true, operatorId: true, joined: true, notJoined: true })
  .readonly();
export const VisitListed = VisitView.unwrap().omit({ who: true, outcome: true }).readonly();

const NewWebhook = z
  .object({
    name: z.string().trim().min(1).max(60),
    url: z.url({ protocol: /^https$/ }).max(500),
    events: z.array(OutwardName).min(1).readonly(),
  })
  .readonly();

export const ImportedPerson = z
  .object({
    line: z.int().min(1).describe('Of the file, from 1; the line of heads is the first'),
    email: z.string(),
    what: z.enum(['added', 'role-changed', 'removed', 'same', 'wrong']),
    why: z.string().max(300).optional().describe('What is wrong with the line; nothing was done for it'),
    password: z.string().optional().describe('Of one who was added, told this once; never to a key'),
  })
  .readonly();
export type ImportedPerson = z.infer<typeof ImportedPerson>;

export const connectionsRoutes = {
  connections: {
    method: 'GET',
    path: '/api/connections',
    params: none,
    body: none,
    answer: z.object({ webhooks: z.array(WebhookView).readonly(), keys: z.array(ApiKeyView).readonly() }).readonly(),
    action: 'manage-connections',
  },
  /** The secret is told this once. */
  addWebhook: {
    method: 'POST',
    path: '/api/webhooks',
    params: none,
    body: NewWebhook,
    answer: z.object({ webhook: WebhookView, secret: z.string() }).readonly(),
    action: 'manage-connections',
  },
  setWebhook: {
    method: 'POST',
    path: '/api/webhooks/:webhook',
    params: webhook,
    body: z.object({ on: z.boolean(), events: z.array(OutwardName).min(1).readonly() }).readonly(),
    answer: WebhookView,
    action: 'manage-connections',
  },
  /** Told this once; the old one signs nothing any more. */
  newWebhookSecret: {
    method: 'POST',
    path: '/api/webhooks/:webhook/secret',
    params: webhook,
    body: none,
    answer: z.object({ secret: z.string() }).readonly(),
    action: 'manage-connections',
  },
  /** Sends a test now, past what waits, and tells what was answered. */
  tryWebhook: {
    method: 'POST',
    path: '/api/webhooks/:webhook/try',
    params: webhook,
    body: none,
    answer: WebhookAnswer,
    action: 'manage-connections',
  },
  /** What was given up has been seen to by a person. `again`: it is sent once more. */
  seeToWebhook: {
    method: 'POST',
    path: '/api/webhooks/:webhook/see-to',
    params: webhook,
    body: z.object({ again: z.boolean() }).readonly(),
    answer: WebhookView,
    action: 'manage-connections',
  },
  removeWebhook: {
    method: 'POST',
    path: '/api/webhooks/:webhook/remove',
    params: webhook,
    body: none,
    answer: none,
    action: 'manage-connections',
  },
  /** The key is told this once. */
  addApiKey: {
    method: 'POST',
    path: '/api/keys',
    params: none,
    body: z
      .object({
        name: z.string().trim().min(1).max(60),
        scopes: z.array(Scope).min(1).readonly(),
        days: z.int().min(1).max(730).describe('It opens nothing after so many days'),
      })
      .readonly(),
    answer: z.object({ key: ApiKeyView, secret: z.string() }).readonly(),
    action: 'manage-connections',
  },
  /** At once: what is being answered with it is cut. */
  revokeApiKey: {
    method: 'POST',
    path: '/api/keys/:key/revoke',
    params: key,
    body: none,
    answer: none,
    action: 'manage-connections',
  },
  listAlarms: {
    method: 'GET',
    path: '/api/alarms',
    params: ListAsked,
    body: none,
    answer: list(AlarmListed),
    action: 'read-alarms',
  },
  listLooks: {
    method: 'GET',
    path: '/api/looks',
    params: ListAsked,
    body: none,
    answer: list(LookListed),
    action: 'read-looks',
  },
  listVisits: {
    method: 'GET',
    path: '/api/visits',
    params: ListAsked,
    body: none,
    answer: list(VisitListed),
    action: 'read-visits',
  },
  /** As CSV with documented columns (docs/connections.md), for a system that keeps the social documentation. */
  exportOutcomes: {
    method: 'GET',
    path: '/api/outcomes.csv',
    params: ListAsked,
    body: none,
    answer: z.string().describe('text/csv, UTF-8, with a line of heads'),
    action: 'read-looks',
  },
  /** People as CSV: email, name, role, active. `dryRun`: what would be done, and nothing is. */
  importPeople: {
    method: 'POST',
    path: '/api/people/import',
    params: none,
    body: z.object({ csv: z.string().min(1).max(200_000), dryRun: z.boolean() }).readonly(),
    answer: z.object({ dryRun: z.boolean(), people: z.array(ImportedPerson).readonly() }).readonly(),
    action: 'import-people',
  },
} as const satisfies Record<string, Route>;
