/** The only door to wouter: the addresses of the console, links to them, and going there. */
import { Component, type ReactNode, useLayoutEffect, useRef } from 'react';
import { Link, Route, Switch, useParams } from 'wouter';
import { navigate, usePathname, useSearch } from 'wouter/use-browser-location';

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

const routes = (Object.keys(patterns) as Page[]).flatMap((page) =>
  patterns[page].map((pattern) => ({ page, path: pattern.replace('$', ':') })),
);

/**
 * The page that the address means, inside its frame.
 * @param Frame stands around every page, and shows it as its children @param Lost for an address that is none of these @param Broken in the
 * place of a page that cannot be drawn, until one goes elsewhere
 */
export function Walk({
  Frame,
  pages,
  Lost,
  Broken,
}: {
  Frame: (props: { children: ReactNode }) => ReactNode;
  pages: Readonly<Record<Page, () => ReactNode>>;
  Lost: () => ReactNode;
  Broken: () => ReactNode;
}) {
  const path = usePathname();
  useTop(path);
  return (
    <Frame>
      <Catching path={path} instead={<Broken />}>
        <Switch>
          {routes.map(({ page, path: pattern }) => (
            <Route key={pattern} path={pattern} component={pages[page]} />
          ))}
          <Route component={Lost} />
        </Switch>
      </Catching>
    </Frame>
  );
}

/** Who goes to a page begins at its top; who goes back is where they were, which is the browser's work. */
function useTop(path: string): void {
  const before = useRef(path);
  useLayoutEffect(() => {
    if (before.current !== path && went === path) window.scrollTo(0, 0);
    before.current = path;
  }, [path]);
}

/** Where a press has led last, in place of the browser's own buttons. */
let went: string | undefined;
if (typeof window !== 'undefined')
  window.addEventListener('popstate', () => {
    went = undefined;
  });

function goTo(path: string): void {
  went = path;
  // The same page once more is no step that one would have to go back.
  navigate(path, { replace: path === location.pathname });
}

interface Caught {
  readonly path: string;
  readonly broken: boolean;
}

/** React tells only a class that what stands in it cannot be drawn; another page is tried anew. */
class Catching extends Component<{ path: string; children: ReactNode; instead: ReactNode }, Caught> {
  override state = { path: this.props.path, broken: false };
  static getDerivedStateFromError = () => ({ broken: true });
  static getDerivedStateFromProps = ({ path }: { path: string }, before: Caught): Caught =>
    path === before.path ? before : { path, broken: false };
  override render() {
    return this.state.broken ? this.props.instead : this.props.children;
  }
}

/** The id in the address of this page. */
export function useId(): string {
  const params = useParams();
  const path = usePathname();
  // As it stands there: what wouter gives is read as an address, in which a few signs stay as they were written.
  return 'id' in params ? read(path.slice(path.lastIndexOf('/') + 1)) : '';
}

/** @returns as it is where nobody can have written it so */
function read(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

export const useGo = (): ((address: Address) => void) => go;
export const go = (address: Address): void => goTo(pathOf(address));

/**
 * What the address says behind its path, and how to change it: a page that is loaded again, or comes back to, is as it was. Never what
 * somebody has written: an address is kept by browsers and by servers.
 */
export function useKept(): readonly [
  Readonly<Record<string, string | undefined>>,
  (keep: Readonly<Record<string, string | undefined>>) => void,
] {
  const search = useSearch();
  const kept = Object.fromEntries(new URLSearchParams(search));
  const keep = (more: Readonly<Record<string, string | undefined>>) => {
    const said = Object.entries({ ...kept, ...more }).filter((one): one is [string, string] => one[1] !== undefined);
    const words = new URLSearchParams(said).toString();
    navigate(words ? `${location.pathname}?${words}` : location.pathname, { replace: true });
  };
  return [kept, keep];
}

/** The path now, for marking where one is. */
export const usePath = (): string => usePathname();

export const WayLink = ({
  to,
  onClick,
  ...rest
}: {
  to: Address;
  children: ReactNode;
  className?: string;
  'aria-current'?: 'page' | undefined;
  'aria-label'?: string;
  onClick?: () => void;
  'data-testid'?: string;
}) => {
  const path = pathOf(to);
  const pressed = () => {
    went = path;
    onClick?.();
  };
  return <Link to={path} replace={path === location.pathname} onClick={pressed} {...rest} />;
};
