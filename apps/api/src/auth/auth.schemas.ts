/** The bodies and answers of /auth/*. Strict: an unknown member is refused by its path. */
import { z } from 'zod';
import { Password } from './passwords.js';
import { TotpCode } from './totp.js';

/** Compared in lower case; kept so. */
export const Email = z.email('not an e-mail address').max(254);
export const PersonName = z.string().trim().min(1, 'give a name').max(120);
const Token = z.string().min(20).max(100);
const GivenPassword = z.string().min(1).max(200);

export const SignInBody = z
  .strictObject({ email: z.string().min(1).max(254), password: GivenPassword })
  .meta({ id: 'SignIn' });
export type SignInBody = z.infer<typeof SignInBody>;
export const CodeBody = z.strictObject({ code: TotpCode }).meta({ id: 'TotpCode' });
export type CodeBody = z.infer<typeof CodeBody>;
export const SetPasswordBody = z
  .strictObject({ token: Token, password: Password })
  .meta({ id: 'SetPassword' });
export type SetPasswordBody = z.infer<typeof SetPasswordBody>;
export const SetUpBody = z
  .strictObject({ token: Token, email: Email, name: PersonName, password: Password })
  .meta({ id: 'SetUp' });
export type SetUpBody = z.infer<typeof SetUpBody>;
export const ChangePasswordBody = z
  .strictObject({ currentPassword: GivenPassword, password: Password })
  .meta({ id: 'ChangePassword' });
export type ChangePasswordBody = z.infer<typeof ChangePasswordBody>;
export const EnableTotpBody = z.strictObject({ password: GivenPassword }).meta({ id: 'EnableTotp' });
export type EnableTotpBody = z.infer<typeof EnableTotpBody>;
export const DisableTotpBody = z
  .strictObject({ password: GivenPassword, code: TotpCode })
  .meta({ id: 'DisableTotp' });
export type DisableTotpBody = z.infer<typeof DisableTotpBody>;

/** `second_factor`: the password was right, POST /auth/totp next. `set_up`: nobody has been set up here yet. */
export const SessionState = z
  .object({ state: z.enum(['signed_out', 'second_factor', 'signed_in', 'set_up']) })
  .meta({ id: 'SessionState' });
export type SessionState = z.infer<typeof SessionState>;

/** Shown once: to type or to scan. It counts after POST /auth/totp/confirm. */
export const TotpSecret = z.object({ secret: z.string(), uri: z.string() }).meta({ id: 'TotpSecret' });
export type TotpSecret = z.infer<typeof TotpSecret>;
