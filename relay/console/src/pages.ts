/**
 * The pages of the console. Watch and alarms are there from the beginning; each other comes in a file of its own, which is fetched before
 * anybody asks for it, as soon as the desk is shown, and in this order: looks and rounds first.
 */
import { AlarmPage } from './alarm/alarm-page.tsx';
import { MorePage } from './frame/more-page.tsx';
import { HaltActs } from './halt/halt-later.ts';
import { later } from './parts/later.tsx';
import type { Page } from './parts/way.tsx';
import { SearchBox } from './search/search.tsx';
import { WatchPage } from './watch/watch-page.tsx';

export const pages = {
  watch: WatchPage,
  alarm: AlarmPage,
  look: later(async () => (await import('./look/look-page.tsx')).LookPage),
  round: later(async () => (await import('./round/round-page.tsx')).RoundPage),
  visits: later(async () => (await import('./visit/visits-page.tsx')).VisitsPage),
  units: later(async () => (await import('./unit/units-page.tsx')).UnitsPage),
  room: later(async () => (await import('./room/room-page.tsx')).RoomPage),
  plan: later(async () => (await import('./plan/plan-page.tsx')).PlanPage),
  clients: later(async () => (await import('./client/clients-page.tsx')).ClientsPage),
  'new-client': later(async () => (await import('./client/client-page.tsx')).NewClientPage),
  client: later(async () => (await import('./client/client-page.tsx')).ClientPage),
  printed: later(async () => (await import('./client/printed-page.tsx')).PrintedPage),
  keys: later(async () => (await import('./keys/keys-page.tsx')).KeysPage),
  consoles: later(async () => (await import('./consoles/consoles-page.tsx')).ConsolesPage),
  people: later(async () => (await import('./people/people-page.tsx')).PeoplePage),
  audit: later(async () => (await import('./audit/audit-page.tsx')).AuditPage),
  shifts: later(async () => (await import('./night/shifts-page.tsx')).ShiftsPage),
  car: later(async () => (await import('./car/car-page.tsx')).CarPage),
  teams: later(async () => (await import('./night/teams-page.tsx')).TeamsPage),
  paper: later(async () => (await import('./night/paper-page.tsx')).PaperPage),
  receivers: later(async () => (await import('./receivers/receivers-page.tsx')).ReceiversPage),
  connections: later(async () => (await import('./connections/connections-page.tsx')).ConnectionsPage),
  organisation: later(async () => (await import('./organisation/organisation-page.tsx')).OrganisationPage),
  more: MorePage,
  statistics: later(async () => (await import('./follow-up/statistics-page.tsx')).StatisticsPage),
  'log-check': later(async () => (await import('./follow-up/log-check-page.tsx')).LogCheckPage),
  shadow: later(async () => (await import('./shadow/shadow-page.tsx')).ShadowPage),
  documents: later(async () => (await import('./documents/documents-page.tsx')).DocumentsPage),
  stock: later(async () => (await import('./stock/stock-page.tsx')).StockPage),
  serve: later(async () => (await import('./serve/serve-page.tsx')).ServePage),
  faults: later(async () => (await import('./serve/faults-page.tsx')).FaultsPage),
  updates: later(async () => (await import('./serve/updates-page.tsx')).UpdatesPage),
  'work-orders': later(async () => (await import('./install/orders-page.tsx')).OrdersPage),
  'work-order': later(async () => (await import('./install/order-page.tsx')).OrderPage),
  pair: later(async () => (await import('./install/pair-page.tsx')).PairPage),
  'install-record': later(async () => (await import('./install/record-page.tsx')).RecordPage),
  'install-papers': later(async () => (await import('./install/papers-page.tsx')).PapersPage),
  'first-steps': later(async () => (await import('./first-steps/first-steps-page.tsx')).FirstStepsPage),
  months: later(async () => (await import('./follow-up/months-page.tsx')).MonthsPage),
  month: later(async () => (await import('./follow-up/month-page.tsx')).MonthPage),
  checklists: later(async () => (await import('./checklist/checklists-page.tsx')).ChecklistsPage),
  training: later(async () => (await import('./training/training-page.tsx')).TrainingPage),
  'break-glass': later(async () => (await import('./break-glass/break-glass-page.tsx')).BreakGlassPage),
  'own-sign-in': later(async () => (await import('./own-sign-in/own-sign-in-page.tsx')).OwnSignInPage),
  'sign-in-settings': later(
    async () => (await import('./sign-in-settings/sign-in-settings-page.tsx')).SignInSettingsPage,
  ),
} as const satisfies Readonly<Record<Page, unknown>>;

/** Where the relay cannot be reached: the service worker keeps its file, as all others. */
export const OfflineCar = later(async () => (await import('./car/offline-car.tsx')).OfflineCar);

/** What is fetched before anybody asks for it, in this order. */
export const ahead = [HaltActs, SearchBox, ...Object.values(pages), OfflineCar].filter((one) => 'fetch' in one);
