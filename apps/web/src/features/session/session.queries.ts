/** A member's own credentials. Each change asks for the password again. */
import { post } from '../../shared/api/http.js';
import { queryClient } from '../../shared/api/query-client.js';

const refreshSession = () => queryClient.invalidateQueries({ queryKey: ['session'] });

export const enableTotp = (password: string) =>
  post('/auth/totp/enable', { password }) as Promise<{ secret: string; uri: string }>;
export const confirmTotp = (code: string) => post('/auth/totp/confirm', { code }).then(refreshSession);
export const disableTotp = (password: string, code: string) =>
  post('/auth/totp/disable', { password, code }).then(refreshSession);
export const changePassword = (currentPassword: string, password: string) =>
  post('/auth/password', { currentPassword, password });
