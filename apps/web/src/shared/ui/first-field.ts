/** Fields in which typing begins. */
const FIELDS = 'input:not([hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled)';

/** The field marked `data-first`, or the first there is. */
export const firstField = (within: ParentNode | null): HTMLElement | null =>
  within?.querySelector<HTMLElement>('[data-first]') ?? within?.querySelector<HTMLElement>(FIELDS) ?? null;

/** The ref of a form that takes the place of what held the focus: the focus goes on to its first field. */
export const focusFirstField = (form: HTMLFormElement | null): void => firstField(form)?.focus();
