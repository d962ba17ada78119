/** The messages whose answer depends on the state, each with a valid argument. */
import {
  correctAddressUpdate,
  overrideUpdate,
  registerUpdate,
  remindUpdate,
  type OnboardingView,
  type Overridable,
} from '../../workflows/contract/index.ts';
import { registrationForm } from '../support/people.ts';
import type { SenderUnderTest } from '../support/sender.ts';
import type { Message } from './states.ts';

export const RIGHT_EMAIL = 'right@example.org';
export const OVERRIDE = { by: 'ops', reason: 'seen on paper' } as const;

export function send({ handle }: SenderUnderTest, message: Message): Promise<OnboardingView> {
  switch (message) {
    case 'remind':
      return handle.executeUpdate(remindUpdate);
    case 'register':
      return handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
    case 'correctAddress':
      return handle.executeUpdate(correctAddressUpdate, {
        args: [{ email: RIGHT_EMAIL, emailHashes: ['1.abc'], emailVerified: false, by: 'ops' }],
      });
    default: {
      const requirement = message.slice('override '.length) as Overridable;
      return handle.executeUpdate(overrideUpdate, { args: [{ requirement, ...OVERRIDE }] });
    }
  }
}
