/** A member's own credentials. Each change asks for the password again. */
import { post } from '../../shared/api/http.js';
import { queryClient } from '../../shared/api/query-client.js';

export const refreshSession = () => queryClient.invalidateQueries({ queryKey: ['session'] });

const codesOf = (answer: unknown) => (answer as { recoveryCodes: string[] }).recoveryCodes;

export const enableTotp = (password: string) =>
  post('/auth/totp/enable', { password }) as Promise<{ secret: string; uri: string }>;
/** Answers with the recovery codes; the session is read again once they are kept. */
export const confirmTotp = (code: string) => post('/auth/totp/confirm', { code }).then(codesOf);
export const disableTotp = (password: string, code: string) =>
  post('/auth/totp/disable', { password, code }).then(refreshSession);
export async function renewRecoveryCodes(password: string, code: string): Promise<string[]> {
  const codes = codesOf(await post('/auth/recovery-codes', { password, code }));
  void refreshSession();
  return codes;
}
export const changePassword = (currentPassword: string, password: string) =>
  post('/auth/password', { currentPassword, password });
