/** The page of the organisation, for administrators: the agreements with others, each with what it lets them do and taking it back. */
import type { Agreement, OrganisationView } from '@nattfrid/shared/desk/agreement';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useAgreements, useEndAgreement, useOrganisations } from '../around/asking-organisation.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { PressTwice } from '../parts/press-twice.tsx';
import { When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import { AddAgreement } from './add-agreement.tsx';

export function OrganisationPage() {
  const { say } = useWords();
  const organisations = useOrganisations();
  const agreements = useAgreements();
  const fault = organisations.error ?? agreements.error;
  const { own, organisations: all = [] } = organisations.data ?? {};
  const name = (organisation: string) => nameOf(all, organisation);
  const known = agreements.data?.agreements ?? [];
  return (
    <Page title={say('organisation.title')} lead={say('organisation.lead')} data-testid="organisation">
      <AddAgreement others={all.filter(({ organisation }) => organisation !== own)} />
      {fault ? <FaultWords fault={asFault(fault)} /> : null}
      {agreements.isPending || organisations.isPending ? <Loading /> : null}
      {agreements.data && known.length === 0 ? <Empty>{say('organisation.none')}</Empty> : null}
      {known
        .toReversed()
        .toSorted(byOver)
        .map((one) => (
          <AgreementCard key={one.agreement} one={one} ours={one.municipality === own} name={name} />
        ))}
    </Page>
  );
}

/** Those that hold stand first. */
const byOver = (a: Agreement, b: Agreement) => Number(a.endedAt !== undefined) - Number(b.endedAt !== undefined);

const nameOf = (all: readonly OrganisationView[], organisation: string): string =>
  all.find((one) => one.organisation === organisation)?.name ?? organisation;

function AgreementCard(props: { one: Agreement; ours: boolean; name: (organisation: string) => string }) {
  const { one, ours, name } = props;
  const { say } = useWords();
  const end = useEndAgreement(one.agreement);
  return (
    <article className={parts['card']} data-testid="agreement" data-over={one.endedAt !== undefined}>
      <h2>
        {ours
          ? say('agreement.with', { name: name(one.operator) })
          : say('agreement.by', { name: name(one.municipality) })}
      </h2>
      <p>{one.what.map((what) => say(`agreement.what.${what}`)).join(' · ')}</p>
      <p>{one.hours ? say('agreement.hours', one.hours) : say('agreement.always')}</p>
      <dl className={parts['facts']}>
        <dt>{say('agreement.from')}</dt>
        <dd>
          <When at={one.from} />
        </dd>
        {one.endedAt ? (
          <>
            <dt>{say('agreement.ended')}</dt>
            <dd>
              <When at={one.endedAt} />
            </dd>
          </>
        ) : null}
      </dl>
      <FaultWords fault={end.fault} />
      {ours && one.endedAt === undefined ? (
        <PressTwice
          sure={say('agreement.end.sure')}
          busy={end.busy}
          press={() => end.run(undefined)}
          data-testid="end-agreement"
        >
          {say('agreement.end')}
        </PressTwice>
      ) : null}
    </article>
  );
}
