/** The organisation's own provider (OpenID Connect): where it is, what it calls us, which of its groups is which role here. */
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { Role } from '@nattfrid/shared/desk/role';
import { type SignInSettingsView, SingleSignOn } from '@nattfrid/shared/desk/sign-in-settings';
import { useState } from 'react';
import { useSelf } from '../around/around.tsx';
import { useSetSignIn } from '../around/asking-sign-in.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { useFields } from '../parts/fields.ts';
import form from '../parts/form.module.css';
import parts from '../parts/parts.module.css';
import { PasswordField } from '../parts/password-field.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { useWords } from '../words/words.ts';
import css from './sign-in-settings.module.css';

interface Row {
  readonly claim: string;
  readonly role: Role;
}

const empty: Row = { claim: '', role: 'operator' };

export function ProviderPart({ settings }: { readonly settings: SignInSettingsView }) {
  const { say } = useWords();
  const { organisation = '' } = useSelf();
  const { provider, lookAssurance } = settings;
  const { given, field, clear } = useFields('provider', {
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    roleClaim: provider?.roleClaim ?? '',
    secret: '',
  });
  const [roles, setRoles] = useState<readonly Row[]>(provider?.roles ?? []);
  const [letsInUnknown, setLetsIn] = useState(provider?.letsInUnknown ?? false);
  const [lacking, setLacking] = useState(false);
  const save = useSetSignIn();
  const remove = useSetSignIn(() => {
    clear();
    setRoles([]);
  });
  const change = (at: number, row: Partial<Row>) =>
    setRoles(roles.map((one, index) => (index === at ? { ...one, ...row } : one)));
  const submit = () => {
    const { issuer, clientId, roleClaim, secret } = given;
    const asked = SingleSignOn.safeParse({
      issuer: issuer.trim(),
      clientId: clientId.trim(),
      ...(roleClaim.trim() && { roleClaim: roleClaim.trim() }),
      roles: roles.filter(({ claim }) => claim.trim() !== ''),
      letsInUnknown,
    });
    setLacking(!asked.success);
    if (asked.success)
      save.run({ settings: { lookAssurance, provider: asked.data }, ...(secret !== '' && { secret }) });
  };
  return (
    <section className={`${parts['card']} ${css['part']}`} aria-labelledby="provider">
      <h2 id="provider">{say('provider.title')}</h2>
      <p className={css['sub']}>{say('provider.words')}</p>
      <p>
        {say('provider.redirect')}{' '}
        <code data-testid="provider-redirect">{`${location.origin}/api/sso/callback/${organisation}`}</code>
      </p>
      <form
        className={`${form['field']} ${css['form']}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          label={say('provider.issuer')}
          type="url"
          placeholder="https://"
          autoComplete="off"
          {...field('issuer')}
        />
        <TextInput label={say('provider.clientId')} autoComplete="off" {...field('clientId')} />
        <PasswordField
          label={say('provider.secret')}
          description={say(provider ? 'provider.secret.kept' : 'provider.secret.words')}
          autoComplete="off"
          {...field('secret')}
        />
        <TextInput
          label={say('provider.roleClaim')}
          description={say('provider.roleClaim.words')}
          autoComplete="off"
          {...field('roleClaim')}
        />
        <fieldset className={css['roles']}>
          <legend>{say('provider.roles')}</legend>
          {roles.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: their order is what counts
            <div key={at}>
              <TextInput
                label={say('provider.claim')}
                value={row.claim}
                onChange={(event) => change(at, { claim: event.currentTarget.value })}
                data-testid="provider-claim"
              />
              <NativeSelect
                label={say('people.role')}
                value={row.role}
                onChange={(event) => change(at, { role: Role.parse(event.currentTarget.value) })}
                data={Role.options.map((role) => ({ value: role, label: say(`role.${role}`) }))}
                data-testid="provider-role"
              />
              <Press press={() => setRoles(roles.toSpliced(at, 1))}>{say('provider.role.remove')}</Press>
            </div>
          ))}
          <div className={css['acts']}>
            <Press press={() => setRoles([...roles, empty])} data-testid="provider-add-role">
              {say('provider.role.add')}
            </Press>
          </div>
        </fieldset>
        <Checkbox
          label={say('provider.unknown')}
          checked={letsInUnknown}
          onChange={(event) => setLetsIn(event.currentTarget.checked)}
          data-testid="provider-unknown"
        />
        {lacking ? (
          <p role="alert" className={parts['fault']} data-testid="provider-lacking">
            {say('provider.lacking')}
          </p>
        ) : (
          <FaultWords fault={save.fault ?? remove.fault} data-testid="provider-fault" />
        )}
        <div className={css['acts']}>
          <Press submit tone="cool" busy={save.busy} data-testid="save-provider">
            {say('signInSettings.save')}
          </Press>
          {provider ? (
            <PressTwice
              sure={say('provider.remove.sure')}
              busy={remove.busy}
              press={() => remove.run({ settings: { lookAssurance } })}
              data-testid="remove-provider"
            >
              {say('provider.remove')}
            </PressTwice>
          ) : null}
          {save.done ? (
            <p role="status" data-testid="provider-saved">
              {say('signInSettings.saved')}
            </p>
          ) : null}
        </div>
      </form>
    </section>
  );
}
