/** The bodies and answers of /auth/*. Strict: an unknown member is refused by its path. */
import { DisplayName } from '@reeve/policy';
import { z } from 'zod';
import { Password } from './passwords.js';
import { TotpCode } from './totp.js';

/** Compared in lower case; kept so. */
export const Email = z.email('not an e-mail address').max(254);
export const PersonName = DisplayName;
const Token = z.string().min(20).max(100);
const GivenPassword = z.string().min(1).max(200);

/** `tenant`: the one meant, where several accounts have this address and password. */
export const SignInBody = z
  .strictObject({
    email: z.string().min(1).max(254),
    password: GivenPassword,
    tenant: z.string().max(64).optional(),
  })
  .meta({ id: 'SignIn' });
export type SignInBody = z.infer<typeof SignInBody>;
/** Of an authenticator, or a recovery code. */
const AnyCode = z.string().trim().min(6).max(40);
export const AnyCodeBody = z.strictObject({ code: AnyCode }).meta({ id: 'Code' });
export type AnyCodeBody = z.infer<typeof AnyCodeBody>;
export const CodeBody = z.strictObject({ code: TotpCode }).meta({ id: 'TotpCode' });
export type CodeBody = z.infer<typeof CodeBody>;
export const LinkBody = z.strictObject({ token: Token }).meta({ id: 'OneTimeLink' });
export type LinkBody = z.infer<typeof LinkBody>;
export const JoinAsNewBody = z.strictObject({ token: Token, password: Password }).meta({ id: 'JoinAsNew' });
export type JoinAsNewBody = z.infer<typeof JoinAsNewBody>;
export const JoinAsExistingBody = z
  .strictObject({ token: Token, password: GivenPassword, newPassword: Password, code: AnyCode.optional() })
  .meta({ id: 'JoinAsExisting' });
export type JoinAsExistingBody = z.infer<typeof JoinAsExistingBody>;
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
  .strictObject({ password: GivenPassword, code: AnyCode })
  .meta({ id: 'DisableTotp' });
export type DisableTotpBody = z.infer<typeof DisableTotpBody>;
export const RecoveryCodesBody = z
  .strictObject({ password: GivenPassword, code: TotpCode })
  .meta({ id: 'RenewRecoveryCodes' });
export type RecoveryCodesBody = z.infer<typeof RecoveryCodesBody>;

/** `second_factor`: the password was right, POST /auth/totp next. `set_up`: nobody has been set up here yet. */
export const SessionState = z
  .object({ state: z.enum(['signed_out', 'second_factor', 'signed_in', 'set_up']) })
  .meta({ id: 'SessionState' });
export type SessionState = z.infer<typeof SessionState>;

/** Shown once: to type or to scan. It counts after POST /auth/totp/confirm. */
export const TotpSecret = z.object({ secret: z.string(), uri: z.string() }).meta({ id: 'TotpSecret' });
export type TotpSecret = z.infer<typeof TotpSecret>;

/** Shown once: each signs in once in place of an authenticator's code. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** Whose account a link is for, in which tenant, by whom and until when. */
export const LinkView = z
  .object({
    email: z.string(),
    tenant: z.object({ slug: z.string(), name: z.string() }),
    madeBy: z.string(),
    expiresAt: z.iso.datetime(),
    /** Somebody signs in for this place already; using the link replaces them. */
    replaces: z.boolean(),
  })
  .meta({ id: 'LinkView' });
export type LinkView = z.infer<typeof LinkView>;
