/** Attributes that tell a browser and a password manager about a credential's field. */
export const CODE = {
  name: 'code',
  inputMode: 'numeric',
  autoComplete: 'one-time-code',
  pattern: '\\d{6}',
  maxLength: 6,
  required: true,
} as const;
/** An authenticator's code or a recovery code. */
export const ANY_CODE = {
  name: 'code',
  autoComplete: 'one-time-code',
  maxLength: 40,
  required: true,
} as const;
export const PASSWORD = {
  name: 'password',
  type: 'password',
  autoComplete: 'current-password',
  required: true,
} as const;
