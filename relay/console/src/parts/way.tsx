/** The only door to wouter: the addresses of the console, links to them, and going there. */
import { Component, createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useRef } from 'react';
import { Link, matchRoute, useLocation, useRouter, useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';

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

interface Ways {
  /** Stands around every page, and shows it as its children. */
  readonly frame: (props: { children: ReactNode }) => ReactNode;
  readonly pages: Readonly<Record<Page, () => ReactNode>>;
  /** For an address that there is not. */
  readonly lost: () => ReactNode;
  /** In place of a page that could not be drawn. */
  readonly broken: () => ReactNode;
}

const Id = createContext('');

export function Walk({ frame: Frame, pages, lost: Lost, broken }: Ways) {
  const [path] = useLocation();
  const { parser } = useRouter();
  useTop(path);
  const all = useMemo(
    () => (Object.keys(pages) as Page[]).flatMap((page) => patterns[page].map((pattern) => ({ page, pattern }))),
    [pages],
  );
  for (const { page, pattern } of all) {
    const [isThere, params] = matchRoute(parser, pattern.replace('$id', ':id'), path);
    if (!isThere) continue;
    const Shown = pages[page];
    // A page of another id is the same page; another pattern begins anew.
    return (
      <Id value={(params as { readonly id?: string }).id ?? ''}>
        <Frame>
          <Broken key={pattern} path={path} instead={broken}>
            <Shown />
          </Broken>
        </Frame>
      </Id>
    );
  }
  return (
    <Frame>
      <Lost />
    </Frame>
  );
}

/** Another page is read from its top. */
function useTop(path: string): void {
  const before = useRef(path);
  useLayoutEffect(() => {
    if (before.current !== path) window.scrollTo(0, 0);
    before.current = path;
  }, [path]);
}

/** What cannot be drawn is said, and another address is tried anew. */
class Broken extends Component<
  { readonly path: string; readonly instead: () => ReactNode; readonly children: ReactNode },
  { readonly failed: boolean }
> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override componentDidUpdate({ path }: { readonly path: string }): void {
    if (this.state.failed && path !== this.props.path) this.setState({ failed: false });
  }
  override render(): ReactNode {
    return this.state.failed ? this.props.instead() : this.props.children;
  }
}

/** The id in the address of this page. */
export const useId = (): string => useContext(Id);

/** Goes to a page, from outside of what is drawn. */
export const goTo = (address: Address): void => navigate(pathOf(address));

export const useGo = (): ((address: Address) => void) => goTo;

/**
 * What the address says behind its path, and how to change it: a page that is loaded again, or comes back to, is as it was. Never what
 * somebody has written: an address is kept by browsers and by servers.
 */
export function useKept(): readonly [
  Readonly<Record<string, string | undefined>>,
  (keep: Readonly<Record<string, string | undefined>>) => void,
] {
  const search = useSearch();
  const kept = useMemo(() => Object.fromEntries(new URLSearchParams(search)), [search]);
  return [kept, keep];
}

function keep(some: Readonly<Record<string, string | undefined>>): void {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(some)) {
    if (value === undefined) params.delete(name);
    else params.set(name, value);
  }
  const search = params.toString();
  navigate(search === '' ? location.pathname : `${location.pathname}?${search}`, { replace: true });
}

/** The path now, for marking where one is. */
export const usePath = (): string => useLocation()[0];

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
}) => <Link href={pathOf(to)} {...rest} />;
