/** A field for a password, whose eye is named in the language of the screen and reached by Tab: whoever cannot see what they type has no other way to check it. */
import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useWords } from '../words/words.ts';

export function PasswordField(props: PasswordInputProps) {
  const { say } = useWords();
  return (
    <PasswordInput
      visibilityToggleButtonProps={{ 'aria-label': say('sign-in.show'), 'aria-hidden': false, tabIndex: 0 }}
      {...props}
    />
  );
}
