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
} from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A page of the console; `id`: of the alarm, look, or unit that it shows. */
export type Address =
  | { readonly page: 'watch' }
  | { readonly page: 'alarm'; readonly id: string }
  | { readonly page: 'look'; readonly id: string }
  | { readonly page: 'visits' }
  | { readonly page: 'units' }
  | { readonly page: 'room'; readonly id: string }
  | { readonly page: 'plan'; readonly id?: string }
  | { readonly page: 'consoles' }
  | { readonly page: 'people' }
  | { readonly page: 'audit' }
  | { readonly page: 'organisation' }
  | { readonly page: 'more' };
export type Page = Address['page'];

export function pathOf(address: Address): string {
  switch (address.page) {
    case 'watch':
      return '/';
    case 'alarm':
    case 'look':
    case 'room':
      return `/${address.page}/${address.id}`;
    case 'plan':
      return address.id ? `/plans/${address.id}` : '/plans';
    case 'visits':
    case 'units':
    case 'consoles':
    case 'people':
    case 'audit':
    case 'organisation':
    case 'more':
      return `/${address.page}`;
  }
}

const patterns = {
  watch: ['/'],
  alarm: ['/alarm/$id'],
  look: ['/look/$id'],
  visits: ['/visits'],
  units: ['/units'],
  room: ['/room/$id'],
  plan: ['/plans', '/plans/$id'],
  consoles: ['/consoles'],
  people: ['/people'],
  audit: ['/audit'],
  organisation: ['/organisation'],
  more: ['/more'],
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
  'data-testid'?: string;
}) => <Link to={pathOf(to)} {...rest} />;
