/** The only door to TanStack Router: the addresses of the console, links to them, and going there. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
  useNavigate,
  useParams,
  useRouterState,
  useSearch,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A page of the console; `id`: of the alarm, look, or unit that it shows. */
export type Address =
  | { readonly page: 'watch' }
  | { readonly page: 'alarm'; readonly id: string }
  | { readonly page: 'look'; readonly id: string }
  | { readonly page: 'visits' }
  | { readonly page: 'units'; readonly id?: string }
  | { readonly page: 'room'; readonly id: string }
  | { readonly page: 'plan'; readonly id?: string }
  | { readonly page: 'clients' }
  | { readonly page: 'new-client' }
  | { readonly page: 'client'; readonly id: string }
  | { readonly page: 'printed'; readonly id: string }
  | { readonly page: 'keys' }
  | { readonly page: 'consoles' }
  | { readonly page: 'people' }
  | { readonly page: 'audit' }
  | { readonly page: 'more' }
  | { readonly page: 'statistics' }
  | { readonly page: 'log-check' }
  | { readonly page: 'shadow' }
  | { readonly page: 'documents' }
  | { readonly page: 'stock' }
  | { readonly page: 'serve'; readonly id: string }
  | { readonly page: 'faults' }
  | { readonly page: 'updates' }
  | { readonly page: 'work-orders' }
  | { readonly page: 'work-order'; readonly id: string }
  | { readonly page: 'pair' }
  | { readonly page: 'install-record'; readonly id: string }
  | { readonly page: 'install-papers'; readonly id: string }
  | { readonly page: 'first-steps' }
  | { readonly page: 'round' }
  | { readonly page: 'shifts' }
  | { readonly page: 'car' }
  | { readonly page: 'teams' }
  | { readonly page: 'paper' }
  | { readonly page: 'receivers' }
  | { readonly page: 'connections' }
  | { readonly page: 'organisation' }
  | { readonly page: 'months' }
  | { readonly page: 'month'; readonly id: string }
  | { readonly page: 'checklists' }
  | { readonly page: 'training' }
  | { readonly page: 'break-glass'; readonly id?: string }
  | { readonly page: 'own-sign-in' }
  | { readonly page: 'sign-in-settings' };
export type Page = Address['page'];

export function pathOf(address: Address): string {
  switch (address.page) {
    case 'watch':
      return '/';
    case 'alarm':
    case 'look':
    case 'room':
    case 'client':
    case 'printed':
    case 'month':
    case 'serve':
    case 'work-order':
    case 'install-record':
    case 'install-papers':
      return `/${address.page}/${address.id}`;
    case 'break-glass':
      return address.id ? `/break-glass/${encodeURIComponent(address.id)}` : '/break-glass';
    case 'units':
      return address.id ? `/units/${encodeURIComponent(address.id)}` : '/units';
    case 'plan':
      return address.id ? `/plans/${address.id}` : '/plans';
    case 'visits':
    case 'clients':
    case 'new-client':
    case 'keys':
    case 'consoles':
    case 'people':
    case 'audit':
    case 'round':
    case 'shifts':
    case 'car':
    case 'teams':
    case 'paper':
    case 'receivers':
    case 'connections':
    case 'organisation':
    case 'more':
    case 'statistics':
    case 'log-check':
    case 'shadow':
    case 'documents':
    case 'stock':
    case 'faults':
    case 'updates':
    case 'work-orders':
    case 'pair':
    case 'first-steps':
    case 'months':
    case 'checklists':
    case 'training':
    case 'own-sign-in':
    case 'sign-in-settings':
      return `/${address.page}`;
  }
}

export const patterns = {
  watch: ['/'],
  alarm: ['/alarm/$id'],
  look: ['/look/$id'],
  visits: ['/visits'],
  units: ['/units', '/units/$id'],
  room: ['/room/$id'],
  plan: ['/plans', '/plans/$id'],
  clients: ['/clients'],
  'new-client': ['/new-client'],
  client: ['/client/$id'],
  printed: ['/printed/$id'],
  keys: ['/keys'],
  consoles: ['/consoles'],
  people: ['/people'],
  audit: ['/audit'],
  round: ['/round'],
  shifts: ['/shifts'],
  car: ['/car'],
  teams: ['/teams'],
  paper: ['/paper'],
  receivers: ['/receivers'],
  connections: ['/connections'],
  organisation: ['/organisation'],
  more: ['/more'],
  statistics: ['/statistics'],
  'log-check': ['/log-check'],
  shadow: ['/shadow'],
  documents: ['/documents'],
  stock: ['/stock'],
  serve: ['/serve/$id'],
  faults: ['/faults'],
  updates: ['/updates'],
  'work-orders': ['/work-orders'],
  'work-order': ['/work-order/$id'],
  pair: ['/pair'],
  'install-record': ['/install-record/$id'],
  'install-papers': ['/install-papers/$id'],
  'first-steps': ['/first-steps'],
  months: ['/months'],
  month: ['/month/$id'],
  checklists: ['/checklists'],
  training: ['/training'],
  'break-glass': ['/break-glass', '/break-glass/$id'],
  'own-sign-in': ['/own-sign-in'],
  'sign-in-settings': ['/sign-in-settings'],
} as const satisfies Record<Page, readonly string[]>;

/** @param frame stands around every page, and shows it as its children */
export function openWays(
  frame: (props: { children: ReactNode }) => ReactNode,
  pages: Readonly<Record<Page, () => ReactNode>>,
  lost: () => ReactNode,
  broken: () => ReactNode,
) {
  const Frame = frame;
  const root = createRootRoute({
    component: () => (
      <Frame>
        <Outlet />
      </Frame>
    ),
    notFoundComponent: lost,
  });
  const routes = (Object.keys(pages) as Page[]).flatMap((page) =>
    patterns[page].map((path) => createRoute({ getParentRoute: () => root, path, component: pages[page] })),
  );
  return createRouter({ routeTree: root.addChildren(routes), defaultPreload: false, defaultErrorComponent: broken });
}
type Ways = ReturnType<typeof openWays>;

export const Walk = ({ ways }: { ways: Ways }) => <RouterProvider router={ways} />;

/** The id in the address of this page. */
export function useId(): string {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  return params['id'] ?? '';
}

export function useGo(): (address: Address) => void {
  const navigate = useNavigate();
  return (address) => void navigate({ to: pathOf(address) });
}

/**
 * What the address says behind its path, and how to change it: a page that is loaded again, or comes back to, is as it was. Never what
 * somebody has written: an address is kept by browsers and by servers.
 */
export function useKept(): readonly [
  Readonly<Record<string, string | undefined>>,
  (keep: Readonly<Record<string, string | undefined>>) => void,
] {
  const kept: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const navigate = useNavigate();
  return [kept, (keep) => void navigate({ to: '.', search: { ...kept, ...keep }, replace: true })];
}

/** The path now, for marking where one is. */
export const usePath = (): string => useRouterState({ select: (state) => state.location.pathname });

export const WayLink = ({
  to,
  ...rest
}: {
  to: Address;
  children: ReactNode;
  className?: string;
  'aria-current'?: 'page' | undefined;
  'aria-label'?: string;
  onClick?: () => void;
  'data-testid'?: string;
}) => <Link to={pathOf(to)} {...rest} />;
