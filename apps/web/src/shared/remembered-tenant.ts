/** The tenant somebody was in last in this browser: which account is meant where several have one address. */
const KEY = 'reeve.tenant';

export const rememberTenant = (slug: string): void => localStorage.setItem(KEY, slug);
export const rememberedTenant = (): string | undefined => localStorage.getItem(KEY) ?? undefined;
