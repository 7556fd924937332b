/** The page of one client, on one screen: who, decided why, what is agreed, what is missing; and the signature at its end. */
import { cardsNeeded, type Lacking, lackingInPlan } from '@nattfrid/shared/care/lacking-in-plan';
import type { CarePlanState } from '@nattfrid/shared/care/plan-form';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import type { ClientAlias, ClientId } from '@nattfrid/shared/domain/ids';
import { dayOf, monthsAfter } from '@nattfrid/shared/domain/window';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { type ReactNode, useMemo, useState } from 'react';
import { useDesk, useNow } from '../around/around.tsx';
import { useClient } from '../around/asking-care.ts';
import { useTeams } from '../around/asking-night.ts';
import { HaltActs } from '../halt/halt-acts.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { useGo, useId, WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import { CardPart } from './card-part.tsx';
import css from './client.module.css';
import { ConsentsPart } from './consents-part.tsx';
import { DecisionPart } from './decision-part.tsx';
import { type Draft, draftOf, emptyDraft } from './draft.ts';
import { Ending } from './ending.tsx';
import { EventsPart } from './events-part.tsx';
import { type Form, ProvideForm } from './form.tsx';
import { LooksPart } from './looks-part.tsx';
import { ModePart } from './mode-part.tsx';
import { notesOf } from './notes.ts';
import { PersonPart } from './person-part.tsx';
import { readDraft, withPending } from './read-draft.ts';
import { recall, remember } from './remembered.ts';
import { RestPart } from './rest-part.tsx';
import { same, save } from './saving.ts';
import { plansOf } from './sign.ts';
import { SignPart } from './sign-part.tsx';
import { Stepper } from './stepper.tsx';
import { UnitsPart } from './units-part.tsx';

/** The same screen until it is signed, or left: what stands there to be read does not go. */
export function NewClientPage() {
  const [client, setClient] = useState<ClientId>();
  const go = useGo();
  const asked = useClient(client);
  return (
    <OneClient
      view={asked.data}
      made={(id, reads) => {
        setClient(id);
        if (!reads) go({ page: 'client', id });
      }}
    />
  );
}

export function ClientPage() {
  const client = useId() as ClientId;
  const asked = useClient(client);
  if (asked.data) return <OneClient key={client} view={asked.data} />;
  return asked.error ? <FaultWords fault={asFault(asked.error)} /> : <Loading />;
}

function OneClient({
  view,
  made,
}: {
  view: ClientView | undefined;
  /** A new one has been saved. `reads`: what is to be signed stands there to be read. */
  made?: (client: ClientId, reads: boolean) => void;
}) {
  const { say } = useWords();
  const today = dayOf(useNow(60_000));
  const [empty] = useState(() => emptyDraft(today, monthsAfter(today, 6), recall()));
  const [draft, setDraft] = useState<Draft>(() => (view ? draftOf(view, empty) : empty));
  /** The screen as it was when it was last the same as the relay's. */
  const [kept, setKept] = useState<Draft>(draft);
  const [alias, setAlias] = useState('');
  const known = view?.alias ?? (alias === '' ? undefined : (alias as ClientAlias));
  const units = [...useDesk().units.values()].filter(({ client }) => client === known);
  const read = useMemo(() => readDraft(draft), [draft]);
  const places = view?.plan ? view.plan.units.map(({ place }) => place) : units.map(({ place }) => place);
  const teams = useTeams().data?.teams;
  const around = {
    decision: read.decision,
    consents: withPending(view?.consents ?? [], read.consents),
    places,
    teams: teams && new Set(teams.map(({ team }) => team)),
  };
  const lacking: readonly Lacking[] = read.form ? lackingInPlan(read.form, around) : [];
  const notes = notesOf(draft, lacking, read.unread, say);
  const changed = !same(draft, kept);
  const put: Form['put'] = (part, change) => setDraft((now) => ({ ...now, [part]: { ...now[part], ...change } }));
  const isEnded = view?.state === 'ended';
  const saved = (now: ClientView, reads: boolean) => {
    const next = draftOf(now, empty);
    setDraft(next);
    setKept(next);
    remember(draft);
    made?.(now.client, reads);
  };
  const state = stateOf(view, changed, lacking.length + read.unread.length);
  return (
    <Page
      title={view ? view.personal.name : say('client.new')}
      lead={view ? say('client.alias', { alias: view.alias }) : say('client.new.lead')}
      beside={view ? <WayLink to={{ page: 'printed', id: view.client }}>{say('client.print')}</WayLink> : undefined}
      data-testid="client-page"
    >
      <Stepper state={state} />
      {view?.plan?.units.some(({ has }) => has === 'refused') ? (
        <p role="alert" className={css['lacks']}>
          {say('client.refused')}
        </p>
      ) : null}
      {view ? <HaltActs alias={view.alias} halt={view.halt} /> : null}
      <ProvideForm form={{ draft, put, note: (field) => notes.get(field), closed: isEnded }}>
        <Whole>
          <PersonPart />
          <DecisionPart />
          <EventsPart />
          <LooksPart cameras={places.length} />
          <ConsentsPart records={view?.consents ?? []} />
          <ModePart />
          <CardPart needed={read.form ? cardsNeeded(read.form) : ['technical']} />
          <RestPart />
          <UnitsPart view={view} alias={alias} choose={setAlias} lacking={notes.get('units')} />
        </Whole>
        <SignPart
          view={view}
          lacking={lacking.length + read.unread.length}
          changed={changed || !view}
          saved={saved}
          save={(toSign) => save(view, read, known, toSign)}
          plansOf={(now) => (read.form ? plansOf(now, read.form) : new Fault('request-invalid', 'The form has holes.'))}
        />
      </ProvideForm>
      {view && !isEnded ? <Ending view={view} /> : null}
    </Page>
  );
}

const Whole = ({ children }: { children: ReactNode }) => <div className={css['whole']}>{children}</div>;

/** What is on the screen and not saved is a draft again, whatever was signed before. */
function stateOf(view: ClientView | undefined, changed: boolean, lacking: number): CarePlanState {
  if (view?.plan && !changed) return view.plan.state;
  return lacking > 0 ? 'drafted' : 'complete';
}
